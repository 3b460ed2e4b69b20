package coppice.kernel.tree;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.kernel.store.MemoryChunks;
import java.util.NavigableMap;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TreeFormatTest {
    @ParameterizedTest
    @EnumSource
    void aSecondImplementationGivesTheSameRoot(Rows.Shape shape) {
        Random random = new Random(17);
        for (int count : new int[] {0, 1, 2, 10, 100, 5_000}) {
            NavigableMap<byte[], byte[]> rows =
                    Rows.of(shape, shape == Rows.Shape.LONG_KEYS ? count / 10 : count, random);
            NaiveTree naive = new NaiveTree(TreeFormat.V2);
            Tree tree = Rows.build(new Nodes(new MemoryChunks(), 1 << 20), rows);
            assertThat(tree.root()).hasToString(naive.root(rows));
            assertThat(tree.height()).isEqualTo(naive.height);
            assertThat(tree.count()).isEqualTo(rows.size());
        }
    }
}
