package coppice.engine.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.api.DatabaseException;
import coppice.api.KeyPattern;
import coppice.api.Range;
import coppice.engine.log.SpaceWrites;
import coppice.engine.state.Roots;
import coppice.engine.state.SpaceState;
import coppice.kernel.store.MemoryChunks;
import coppice.kernel.tree.Nodes;
import coppice.kernel.tree.Tree;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SortStepTest {
    private static final int ROWS = 1_000;

    private static SpaceState rows() {
        byte[][] keys = IntStream.range(0, ROWS)
                .mapToObj(i -> utf8("k%04d".formatted(i)))
                .toArray(byte[][]::new);
        byte[][] values = IntStream.range(0, ROWS)
                .mapToObj(i -> utf8("{\"a\":" + i * 7 % 10 + "}"))
                .toArray(byte[][]::new);
        return SpaceState.of(new Roots(), Tree.empty(new Nodes(new MemoryChunks(), 1 << 20)))
                .with(new SpaceWrites("s", keys, values));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(UTF_8);
    }

    private static List<String> sorted(long needed, long mostBytes) {
        Ordering ordering = new Ordering(Question.all().order(List.of(Clauses.order("a DESC"))), Coverage.NONE);
        Step scan = new ScanStep(rows(), List.of(Range.all()), KeyPattern.all(), "s", ROWS);
        Step sort = new SortStep(scan, ordering, needed, mostBytes, ROWS);
        return Stream.iterate(sort.next(), found -> found != null, _ -> sort.next())
                .map(found -> new String(found.key(), UTF_8))
                .toList();
    }

    @Test
    void theFirstThatAreNeededAreThoseOfAll() {
        List<String> all = sorted(Long.MAX_VALUE, 1 << 20);
        assertThat(all).hasSize(ROWS).startsWith("k0007", "k0017", "k0027");
        assertThat(sorted(150, 1 << 20)).isEqualTo(all.subList(0, 150));
        assertThat(sorted(ROWS + 1, 1 << 20)).isEqualTo(all);
    }

    @Test
    void moreThanFitsInMemoryIsRefusedUnlessFewAreNeeded() {
        assertThatThrownBy(() -> sorted(Long.MAX_VALUE, 20_000))
                .isInstanceOf(DatabaseException.Incorrect.class)
                .hasMessageContaining("limit(..)");
        assertThat(sorted(50, 20_000)).hasSize(50);
        assertThatThrownBy(() -> sorted(500, 20_000)).isInstanceOf(DatabaseException.Incorrect.class);
    }
}
