package coppice.kernel.history;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.kernel.LackingChunks;
import coppice.kernel.bytes.Hash;
import coppice.kernel.store.MemoryChunks;
import coppice.kernel.tree.ChunkFacts;
import coppice.kernel.tree.Edit;
import coppice.kernel.tree.Edits;
import coppice.kernel.tree.Nodes;
import coppice.kernel.tree.Tree;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A history of which chunks are lost: first, left and right of it, and a merge of both.
class HistorySurveyTest {
    private final MemoryChunks chunks = new MemoryChunks();
    private final Nodes nodes = new Nodes(chunks, 1 << 20);
    private final History history = new History(nodes);
    private final List<Hash> commits = new ArrayList<>();

    @BeforeEach
    void make() {
        commit(1, List.of());
        commit(2, List.of(commits.get(0)));
        commit(3, List.of(commits.get(0)));
        commit(4, List.of(commits.get(1), commits.get(2)));
    }

    private void commit(int number, List<Hash> parents) {
        byte[] key = ("k" + number).getBytes(StandardCharsets.UTF_8);
        Tree rows = Tree.empty(nodes).apply(Edits.of(List.of(Edit.put(key, new byte[10]))));
        Hash catalog = Catalog.empty(nodes)
                .with("s", SpaceRecord.of("dict", rows, null))
                .root();
        commits.add(history.commit(CommitDraft.of(catalog, parents, "a", number, "m")));
    }

    private HistorySurvey survey(Hash... lost) {
        return survey(0, lost);
    }

    private HistorySurvey survey(long floor, Hash... lost) {
        Nodes less = new Nodes(new LackingChunks(chunks, Set.of(lost)), 1 << 20);
        return new HistorySurvey(less, new History(less, () -> floor), new ChunkFacts());
    }

    private Hash rows(int commit) {
        return Catalog.load(nodes, history.read(commits.get(commit)).catalog())
                .space("s")
                .orElseThrow()
                .root();
    }

    @Test
    void aHistoryThatIsThereIsWhole() {
        HistorySurvey survey = survey();
        assertThat(survey.isWhole(commits.get(3))).isTrue();
        assertThat(survey.broken()).isEmpty();
        assertThat(survey.newestWhole(commits.get(3))).contains(commits.get(3));
    }

    @Test
    void whatDescendsFromALostCommitIsNotWholeAndTheNewestWholeIsBesideIt() {
        HistorySurvey survey = survey(commits.get(1));
        assertThat(survey.isWhole(commits.get(3))).isFalse();
        assertThat(survey.newestWhole(commits.get(3))).contains(commits.get(2));
        assertThat(survey.broken()).containsExactlyInAnyOrder(commits.get(1), commits.get(3));
        assertThat(survey.read(commits.get(1))).isEmpty();
    }

    @Test
    void aCommitWithoutItsRowsItsCatalogOrItsAncestorsIsNotWhole() {
        Commit merged = history.read(commits.get(3));
        for (Hash lost : List.of(rows(3), merged.catalog(), merged.closure())) {
            HistorySurvey survey = survey(lost);
            assertThat(survey.isWhole(commits.get(3))).isFalse();
            assertThat(survey.isWhole(commits.get(2))).isTrue();
            assertThat(survey.newestWhole(commits.get(3)))
                    .hasValueSatisfying(newest -> assertThat(newest).isIn(commits.get(1), commits.get(2)));
        }
        assertThat(survey(rows(3)).isCatalogWhole(merged.catalog())).isFalse();
        assertThat(survey(rows(3)).isTreeWhole(merged.catalog())).isTrue();
    }

    @Test
    void withoutTheFirstCommitNothingIsWholeUnlessHistoryBeginsLater() {
        assertThat(survey(commits.get(0)).newestWhole(commits.get(3))).isEmpty();
        assertThat(survey(1, commits.get(0)).isWhole(commits.get(3))).isTrue();
    }

    @Test
    void treesOfAncestorsAreMadeAgainFromTheCommits() {
        Hash closure = history.read(commits.get(3)).closure();
        MemoryChunks fewer = new MemoryChunks();
        for (Hash commit : commits) {
            fewer.write(chunks.read(commit));
        }
        Nodes left = new Nodes(fewer, 1 << 20);
        assertThat(fewer.contains(closure)).isFalse();
        new HistorySurvey(left, new History(left), new ChunkFacts()).remakeAncestors(List.of(commits.get(3)));
        assertThat(fewer.contains(closure)).isTrue();
        assertThat(Tree.load(left, closure).count()).isEqualTo(3);
    }
}
