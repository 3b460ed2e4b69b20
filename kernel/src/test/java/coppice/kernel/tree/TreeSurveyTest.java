package coppice.kernel.tree;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.kernel.CountingChunks;
import coppice.kernel.LackingChunks;
import coppice.kernel.bytes.Hash;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TreeSurveyTest {
    private final CountingChunks chunks = new CountingChunks();
    private final Nodes nodes = new Nodes(chunks, 1 << 20);

    private Tree tree() {
        NavigableMap<byte[], byte[]> rows = Rows.of(Rows.Shape.RANDOM, 2_000, new Random(1));
        rows.put(Rows.text("long"), new byte[200_000]);
        return Rows.build(nodes, rows);
    }

    private TreeSurvey survey(Set<Hash> lost, ChunkFacts facts) {
        return new TreeSurvey(new Nodes(new LackingChunks(chunks, lost), 1 << 20), facts);
    }

    @Test
    void aTreeIsWholeUntilAnyOfItsChunksIsGone() {
        Tree tree = tree();
        List<Hash> all = new ArrayList<>();
        tree.visitChunks(all::add);
        assertThat(survey(Set.of(), new ChunkFacts()).isWhole(tree.root())).isTrue();
        for (Hash lost : all) {
            TreeSurvey survey = survey(Set.of(lost), new ChunkFacts());
            assertThat(survey.isWhole(tree.root())).isFalse();
            assertThat(survey.isWhole(tree.root())).as("asked again").isFalse();
        }
        assertThat(survey(Set.of(), new ChunkFacts()).isWhole(Nodes.EMPTY_ROOT)).isTrue();
    }

    @Test
    void ofTwoTreesTheOneWithoutWhatIsGoneIsWhole() {
        Tree before = tree();
        Tree after = before.apply(Edits.of(List.of(Edit.put(Rows.text("more"), new byte[1]))));
        TreeSurvey survey = survey(Set.of(after.root()), new ChunkFacts());
        assertThat(survey.isWhole(after.root())).isFalse();
        assertThat(survey.isWhole(before.root())).isTrue();
    }

    @Test
    void whatIsProvedIsNotReadAndWhatIsSharedOnce() {
        Tree before = tree();
        ChunkFacts facts = new ChunkFacts();
        before.visitChunks(hash -> {
            facts.learn(hash, chunks.read(hash));
            return true;
        });
        facts.settle();
        chunks.reset();
        assertThat(survey(Set.of(), facts).isWhole(before.root())).isTrue();
        assertThat(chunks.reads()).isZero();
        TreeSurvey survey = survey(Set.of(), new ChunkFacts());
        assertThat(survey.isWhole(before.root())).isTrue();
        Tree after = before.apply(Edits.of(List.of(Edit.put(Rows.text("more"), new byte[1]))));
        chunks.reset();
        assertThat(survey.isWhole(after.root())).isTrue();
        assertThat(chunks.reads()).isLessThan(2L * after.height());
    }
}
