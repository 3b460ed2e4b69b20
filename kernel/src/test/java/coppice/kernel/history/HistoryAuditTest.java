package coppice.kernel.history;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.kernel.LackingChunks;
import coppice.kernel.bytes.Bytes;
import coppice.kernel.bytes.Hash;
import coppice.kernel.platform.Tasks;
import coppice.kernel.store.MemoryChunks;
import coppice.kernel.tree.ChunkFacts;
import coppice.kernel.tree.Edit;
import coppice.kernel.tree.Edits;
import coppice.kernel.tree.Nodes;
import coppice.kernel.tree.Tree;
import coppice.testing.property.Property;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HistoryAuditTest {
    private final MemoryChunks chunks = new MemoryChunks();
    private final Nodes nodes = new Nodes(chunks, 1 << 20);
    private final History history = new History(nodes);
    private long commits;

    private List<Finding> audit(Nodes of, Hash head) {
        List<Finding> found = new ArrayList<>();
        HistoryAudit audit = new HistoryAudit(of, new History(of), new ChunkFacts(), found::add, _ -> {});
        audit.commits(Map.of("branch 'b'", head), Tasks.threads(), 2);
        commits = audit.commits();
        return found;
    }

    private Tree tree(int from, int to) {
        List<Edit> edits = new ArrayList<>();
        for (int i = from; i < to; i++) {
            edits.add(Edit.put(String.format("k%05d", i).getBytes(StandardCharsets.UTF_8), new byte[50]));
        }
        return Tree.empty(nodes).apply(Edits.of(edits));
    }

    private Hash catalog(int rows) {
        return Catalog.empty(nodes)
                .with("s", SpaceRecord.of("dict", tree(0, rows), null))
                .root();
    }

    private Hash commit(Hash catalog, List<Hash> parents) {
        return history.commit(CommitDraft.of(catalog, parents, "a", 1, "m" + parents.size()));
    }

    @Test
    void everyHistoryThatIsMadePasses() {
        Property.forAll(Graph.shapes(40)).runs(40).check(shape -> {
            Graph graph = Graph.of(history, catalog(300), shape);
            int last = graph.size() - 1;
            assertThat(audit(nodes, graph.hash(last))).isEmpty();
            assertThat(commits).isEqualTo(graph.withAncestors(last).size());
        });
    }

    @Test
    void aCountThatTheTreeDoesNotHaveIsFound() {
        SpaceRecord right = SpaceRecord.of("dict", tree(0, 10), null);
        Hash wrong = Catalog.empty(nodes)
                .with(Map.of("s", right, "t", right.with(right.root(), 11)))
                .root();
        List<Finding> found = audit(nodes, commit(wrong, List.of()));
        assertThat(found).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(Finding.Kind.WRONG_COUNT);
            assertThat(finding.subject()).startsWith("space 't' of commit ");
            assertThat(finding.expected()).startsWith("10 ");
            assertThat(finding.found()).isEqualTo("11");
        });
    }

    @Test
    void aCommitThatLiesAboutItsAncestorsIsFound() {
        Hash first = commit(catalog(5), List.of());
        Hash second = commit(catalog(6), List.of(first));
        Commit honest = history.read(second);
        Hash nobody = Tree.empty(nodes).root();
        Hash other = Tree.empty(nodes)
                .apply(Edits.of(List.of(Edit.put(Closure.key(0, Example.hash(9)), Bytes.EMPTY))))
                .root();
        for (Hash closure : List.of(nobody, other)) {
            Hash liar = history.write(altered(honest, honest.generation(), closure));
            assertThat(audit(nodes, liar)).extracting(Finding::kind).containsExactly(Finding.Kind.WRONG_CLOSURE);
        }
        Hash older = history.write(altered(honest, 7, honest.closure()));
        assertThat(audit(nodes, older)).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(Finding.Kind.WRONG_CLOSURE);
            assertThat(finding.expected()).isEqualTo("generation 1");
            assertThat(finding.found()).isEqualTo("generation 7");
        });
    }

    private static Commit altered(Commit commit, long generation, Hash closure) {
        return new Commit(
                commit.catalog(),
                commit.parents(),
                generation,
                closure,
                commit.author(),
                commit.authoredAt(),
                commit.committer(),
                commit.committedAt(),
                commit.message(),
                commit.metadata(),
                commit.signature());
    }

    /// Whatever chunk is lost: it is named, with who needs it, and nothing else is blamed.
    @Test
    void everyChunkThatIsMissingIsNamedOnce() {
        Hash first = commit(catalog(400), List.of());
        Hash second = commit(catalog(500), List.of(first));
        Hash side = commit(catalog(450), List.of(first));
        Hash merge = commit(catalog(550), List.of(second, side));
        Set<Hash> all = new HashSet<>();
        new Reachable(nodes, all::add).visitCommit(merge);
        all.remove(Tree.empty(nodes).root());
        for (Hash lost : all) {
            Nodes less = new Nodes(new LackingChunks(chunks, Set.of(lost)), 1 << 20);
            assertThat(audit(less, merge)).singleElement().satisfies(finding -> {
                assertThat(finding.kind())
                        .isEqualTo(lost.equals(merge) ? Finding.Kind.DANGLING : Finding.Kind.UNREADABLE);
                assertThat(finding.where()).isEqualTo("chunk " + lost);
                assertThat(finding.subject()).containsPattern("commit|branch");
            });
        }
    }
}
