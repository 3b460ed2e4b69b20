package coppice.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Hash;
import coppice.kernel.platform.MemoryDisk;
import coppice.kernel.platform.Tasks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HaulTest {
    private static final PackOptions OPTIONS =
            PackOptions.standard().with(Compression.zstd(1)).withSizes(1 << 20, 2_000, 64 << 10);

    private final MemoryDisk there = new MemoryDisk();
    private final MemoryDisk here = new MemoryDisk();
    private final Map<Hash, byte[]> chunks = new HashMap<>();
    private PackStore from = open(there, PackState.EMPTY);
    private final PackStore to = open(here, PackState.EMPTY);

    private static PackStore open(MemoryDisk disk, PackState state) {
        return PackStore.open(disk, Tasks.threads(), "packs", OPTIONS, state);
    }

    @AfterEach
    void close() {
        from.close();
        to.close();
    }

    private record Plain(Hash hash, byte[] expected) implements Wanted {
        @Override
        public void check(byte[] chunk) {
            if (!Arrays.equals(chunk, expected)) {
                throw new CorruptException("chunk " + hash, -1, "what is expected", "something else");
            }
        }
    }

    private List<Wanted> wanted(int everySo) {
        List<Wanted> wanted = new ArrayList<>();
        int[] number = {0};
        chunks.forEach((hash, chunk) -> {
            if (number[0]++ % everySo == 0) {
                wanted.add(new Plain(hash, chunk));
            }
        });
        return wanted;
    }

    private void write(int count) {
        for (byte[] chunk : Samples.chunks(1, count)) {
            chunks.put(from.write(chunk), chunk);
        }
        byte[] long1 = Samples.random(5, Chunks.MAX_LENGTH);
        chunks.put(from.write(long1), long1);
    }

    private void move(List<? extends Wanted> wanted) {
        try (Haul haul = new Haul(from, to, wanted)) {
            Tasks.threads().together("test", 3, haul::work);
            haul.finish();
        }
    }

    @Test
    void movesWhatIsWantedAndNothingElse() {
        write(4_000);
        from.adopted(from.sync());
        for (byte[] chunk : Samples.chunks(2, 3)) {
            chunks.put(from.write(chunk), chunk); // waits to be written there, still
        }
        List<Wanted> some = wanted(3);
        move(some);
        PackState state = to.sync();
        to.adopted(state);
        Set<Hash> expected = new HashSet<>();
        some.forEach(chunk -> expected.add(chunk.hash()));
        chunks.forEach((hash, chunk) -> {
            assertThat(to.contains(hash)).isEqualTo(expected.contains(hash));
            if (expected.contains(hash)) {
                assertThat(to.read(hash)).isEqualTo(chunk);
            }
        });
        try (PackStore again = open(here, state)) {
            assertThat(again.check(e -> {
                        throw e;
                    }))
                    .isEqualTo(some.size());
        }
    }

    @Test
    void aGroupThatMovesAsAWholeStaysOne() {
        chunks.putAll(Samples.grouped(from, 100));
        move(wanted(1));
        to.adopted(to.sync());
        assertThat(to.statistics().storedBytes())
                .isLessThan(2 * from.statistics().storedBytes());
        chunks.forEach((hash, chunk) -> assertThat(to.read(hash)).isEqualTo(chunk));
        try (PackStore other = open(new MemoryDisk(), PackState.EMPTY);
                Haul haul = new Haul(from, other, wanted(2))) {
            haul.work();
            haul.finish();
            wanted(2).forEach(part -> assertThat(other.read(part.hash())).isEqualTo(chunks.get(part.hash())));
        }
    }

    @Test
    void refusesWhatIsDamagedOrNotAsExpectedOrMissing() {
        write(1_000);
        PackState state = from.sync();
        from.adopted(state);
        Hash any = chunks.keySet().iterator().next();
        assertThatThrownBy(() -> move(List.of(new Plain(any, new byte[1]))))
                .isInstanceOf(CorruptException.class)
                .hasMessageContaining("what is expected");
        Hash unknown = Hash.of(new byte[] {1, 2, 3});
        assertThatThrownBy(() -> move(List.of(new Plain(unknown, new byte[1]))))
                .isInstanceOf(MissingChunkException.class);
        from.close();
        Damage.flipBit(there, "packs/0000000000000001.pack", 8L * 5_000);
        from = open(there, state);
        assertThatThrownBy(() -> move(wanted(1)))
                .isInstanceOf(CorruptException.class)
                .hasMessageContaining("0000000000000001.pack");
    }

    @Test
    void whatIsCancelledIsNotTakenAsMoved() {
        write(2_000);
        from.adopted(from.sync());
        try (Haul haul = new Haul(from, to, wanted(1))) {
            haul.cancel();
            haul.work();
            assertThatThrownBy(haul::finish).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void findsItsChunksWhileTheyAreRewrittenOverThere() {
        write(3_000);
        from.adopted(from.sync());
        Haul haul = new Haul(from, to, wanted(1));
        haul.work();
        try (Sweep sweep = from.beginSweep()) {
            sweep.run(_ -> false);
        }
        from.adopted(from.sync());
        assertThat(from.statistics().chunks()).isZero();
        assertThat(there.list("packs")).as("held as long as the haul is open").isNotEmpty();
        haul.finish();
        haul.close();
        assertThat(there.list("packs")).isEmpty();
        chunks.forEach((hash, chunk) -> assertThat(to.read(hash)).isEqualTo(chunk));
    }
}
