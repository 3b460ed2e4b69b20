package coppice.engine.past;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coppice.engine.state.Folds;
import coppice.engine.state.Roots;
import coppice.kernel.bytes.Bytes;
import coppice.kernel.bytes.Hash;
import coppice.kernel.history.Catalog;
import coppice.kernel.history.CommitDraft;
import coppice.kernel.history.History;
import coppice.kernel.history.SpaceRecord;
import coppice.kernel.platform.Tasks;
import coppice.kernel.store.MemoryChunks;
import coppice.kernel.tree.Cursor;
import coppice.kernel.tree.Edit;
import coppice.kernel.tree.Edits;
import coppice.kernel.tree.Nodes;
import coppice.kernel.tree.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IndexAuditTest {
    private final Nodes nodes = new Nodes(new MemoryChunks(), 1 << 22);
    private final List<Hash> commits = new ArrayList<>();
    private History history = new History(nodes);
    private ChangeIndex index = ChangeIndex.none(Tree.empty(nodes));

    /// Thirty commits of two branches that are merged now and then, indexed in several runs.
    @BeforeEach
    void make() {
        ChangeIndexing indexing = new ChangeIndexing(nodes, history, new Roots(), new Folds(), Optional::empty);
        Catalog catalog = Catalog.empty(nodes);
        for (int i = 0; i < 30; i++) {
            catalog = put(put(catalog, "s", i % 7, i), i % 2 == 0 ? "t" : "u", i, i);
            List<Hash> parents = switch (i) {
                case 0 -> List.of();
                case 10, 20 -> List.of(commits.get(i - 1), commits.get(i - 4));
                default -> List.of(commits.get(i - (i % 10 == 5 ? 3 : 1)));
            };
            commits.add(history.commit(CommitDraft.of(catalog.root(), parents, "a", i, "")));
            if (i % 4 == 3) {
                indexing.advance(List.of(commits.getLast()), 1, () -> {});
            }
        }
        indexing.advance(commits, 1, () -> {});
        index = indexing.current();
        assertThat(index.covered().count()).isEqualTo(30);
        assertThat(index.runs()).hasSizeGreaterThan(1);
    }

    private static Catalog put(Catalog catalog, String space, int key, int value) {
        Edit edit = Edit.put(key(key), ("" + value).getBytes(UTF_8));
        return catalog.with(space, SpaceRecord.of("keys", catalog.rows(space).apply(Edits.of(List.of(edit))), null));
    }

    private static byte[] key(int number) {
        return ("key\0" + number).getBytes(UTF_8);
    }

    private List<String> audit(ChangeIndex audited) {
        List<String> told = new ArrayList<>();
        IndexEntries entries = new IndexEntries(nodes, history, Catalog.empty(nodes), new Folds());
        IndexDifferences listed = (subject, expected, found) -> {
            synchronized (told) {
                told.add(subject + ": " + expected + " / " + found);
            }
        };
        long[] done = {0};
        new IndexAudit(audited, entries, listed, compared -> done[0] = Math.max(done[0], compared))
                .run(Tasks.threads(), 1);
        assertThat(done[0]).isEqualTo(audited.covered().count());
        return told;
    }

    private ChangeIndex with(Edit edit) {
        List<Tree> runs = new ArrayList<>(index.runs());
        runs.set(0, runs.getFirst().apply(Edits.of(List.of(edit))));
        return new ChangeIndex(index.covered(), runs);
    }

    @Test
    void whatFollowsFromTheCommitsPasses() {
        assertThat(audit(index)).isEmpty();
        assertThat(audit(ChangeIndex.none(Tree.empty(nodes)))).isEmpty();
    }

    @Test
    void eachEntryThatIsMissingIsNamed() {
        List<byte[]> all = new ArrayList<>();
        Cursor cursor = index.runs().getFirst().cursor();
        while (cursor.next()) {
            all.add(cursor.key());
        }
        assertThat(all).hasSizeGreaterThan(30);
        for (byte[] entry : all) {
            assertThat(audit(with(Edit.delete(entry))))
                    .singleElement()
                    .asString()
                    .contains(IndexKeys.text(entry) + " / no entry of it");
        }
    }

    @Test
    void anEntryTooManyIsNamed() {
        Mark mark = new Mark(history.read(commits.get(3)).generation(), commits.get(3));
        for (byte[] prefix : List.of(IndexKeys.row("s", key(99)), IndexKeys.changed("x"), IndexKeys.wide("s"))) {
            byte[] entry = IndexKeys.marked(prefix, mark);
            assertThat(audit(with(Edit.put(entry, Bytes.EMPTY))))
                    .containsExactly(
                            "commit " + commits.get(3) + ": what the commit changed / also " + IndexKeys.text(entry));
        }
        assertThat(IndexKeys.text(IndexKeys.marked(IndexKeys.row("s", new byte[] {7}), mark)))
                .isEqualTo("a change of key 07 of space 's'");
    }

    @Test
    void anEntryOfNoCommitOrThatIsNoneIsNoticed() {
        byte[] foreign = IndexKeys.marked(IndexKeys.changed("s"), new Mark(3, Hash.of(1, 2, 3, 4)));
        for (byte[] entry : List.of(foreign, new byte[] {0, 2, 1}, "nonsense".getBytes(UTF_8))) {
            assertThat(audit(with(Edit.put(entry, Bytes.EMPTY))))
                    .containsExactly(
                            ChangeIndexing.NAME + ": entries of commits that it covers / 1 that are of no such commit");
        }
    }

    @Test
    void aCommitWhoseParentIsNotCoveredIsNamed() {
        byte[] gone = ChangeIndex.coveredKey(
                commits.get(12), history.read(commits.get(12)).generation());
        ChangeIndex less = new ChangeIndex(index.covered().apply(Edits.of(List.of(Edit.delete(gone)))), index.runs());
        assertThat(audit(less))
                .anyMatch(told -> told.startsWith("commit " + commits.get(13) + ": its parent " + commits.get(12)))
                .anyMatch(told -> told.endsWith("that are of no such commit"));
    }

    @Test
    void aCommitThatIsCoveredUnderAnotherGenerationIsNamed() {
        Tree covered = index.covered()
                .apply(Edits.of(List.of(Edit.put(ChangeIndex.coveredKey(commits.get(5), 1_000), Bytes.EMPTY))));
        assertThat(audit(new ChangeIndex(covered, index.runs())))
                .singleElement()
                .asString()
                .startsWith("commit " + commits.get(5))
                .endsWith("generation 1000");
    }

    @Test
    void commitsThatAreGoneAreLeftOut() {
        Mark gone = new Mark(7, Hash.of(5, 6, 7, 8));
        Tree covered = index.covered()
                .apply(Edits.of(List.of(Edit.put(ChangeIndex.coveredKey(gone.commit(), 7), Bytes.EMPTY))));
        List<Tree> runs = new ArrayList<>(index.runs());
        Edit entry = Edit.put(IndexKeys.marked(IndexKeys.changed("s"), gone), Bytes.EMPTY);
        runs.add(Tree.empty(nodes).apply(Edits.of(List.of(entry))));
        assertThat(audit(new ChangeIndex(covered, runs))).isEmpty();
    }

    @Test
    void whereAShallowHistoryEndsACommitIsTakenForAFirstOne() {
        long floor = history.read(commits.get(15)).generation();
        history = new History(nodes, () -> floor);
        ChangeIndexing shallow = new ChangeIndexing(nodes, history, new Roots(), new Folds(), Optional::empty);
        shallow.advance(List.of(commits.getLast()), 1, () -> {});
        assertThat(audit(shallow.current())).isEmpty();
        history = new History(nodes);
        assertThat(audit(shallow.current()))
                .as("once there is more of it, another index is needed")
                .anyMatch(told -> told.contains("to be covered as well"));
    }
}
