package coppice.kernel.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.kernel.CountingChunks;
import coppice.kernel.bytes.Bytes;
import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Hash;
import coppice.kernel.store.MissingChunkException;
import coppice.kernel.tree.Edit;
import coppice.kernel.tree.Edits;
import coppice.kernel.tree.Nodes;
import coppice.kernel.tree.Tree;
import coppice.testing.property.Property;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HistoryTest {
    private final CountingChunks chunks = new CountingChunks();
    private final History history = new History(new Nodes(chunks, 64 << 20));

    private static List<Integer> log(Graph graph, CommitLog log) {
        List<Integer> numbers = new ArrayList<>();
        while (log.next()) {
            numbers.add(graph.number(log.hash()));
            assertThat(log.commit().generation()).isEqualTo(log.generation());
        }
        return numbers;
    }

    @Test
    void aCommitIsReadBackUnderItsName() {
        Hash first = history.commit(CommitDraft.of(Example.hash(1), List.of(), "Ada", 5, "first"));
        Commit second = history.prepare(
                new CommitDraft(Example.hash(2), List.of(first), "Ada", 6, "Bob", 7, "second", Map.of("tool", "test")));
        Hash name = history.write(second);
        History stored = new History(new Nodes(chunks, 64 << 20));
        assertThat(stored.read(name)).isEqualTo(second);
        long reads = chunks.reads();
        assertThat(stored.read(name)).isEqualTo(second);
        assertThat(history.read(name)).isEqualTo(second);
        assertThat(chunks.reads())
                .as("nobody reads a commit twice, or what it wrote")
                .isEqualTo(reads);
        assertThat(name).isEqualTo(second.hash());
        assertThat(second.generation()).isEqualTo(1);
        assertThat(history.ancestorCount(name)).isEqualTo(1);
        assertThatThrownBy(() -> history.read(Example.hash(9))).isInstanceOf(MissingChunkException.class);
        assertThatThrownBy(() -> history.read(second.closure())).isInstanceOf(CorruptException.class);
    }

    @Test
    void closuresHoldExactlyTheAncestors() {
        Property.forAll(Graph.shapes(60)).runs(60).check(shape -> {
            Graph graph = Graph.of(history, shape);
            for (int commit = 0; commit < graph.size(); commit++) {
                Set<Integer> ancestors = graph.withAncestors(commit);
                assertThat(history.ancestorCount(graph.hash(commit))).isEqualTo(ancestors.size() - 1);
                long generation = graph.parents(commit).stream()
                        .mapToLong(parent -> history.read(graph.hash(parent)).generation() + 1)
                        .max()
                        .orElse(0);
                assertThat(history.read(graph.hash(commit)).generation()).isEqualTo(generation);
                for (int other = 0; other < graph.size(); other++) {
                    assertThat(history.isAncestor(graph.hash(other), graph.hash(commit)))
                            .isEqualTo(ancestors.contains(other));
                }
            }
        });
    }

    @Test
    void mergeBasesAreTheBestCommonAncestors() {
        Property.forAll(Graph.shapes(40)).runs(80).check(shape -> {
            Graph graph = Graph.of(history, shape);
            for (int a = 0; a < graph.size(); a++) {
                for (int b = Math.max(0, a - 12); b < graph.size() && b < a + 12; b++) {
                    List<Hash> bases = history.mergeBases(graph.hash(a), graph.hash(b));
                    assertThat(bases).doesNotHaveDuplicates();
                    Set<Integer> numbers = new TreeSet<>();
                    bases.forEach(base -> numbers.add(graph.number(base)));
                    assertThat(numbers).isEqualTo(graph.mergeBases(a, b));
                }
            }
        });
    }

    @Test
    void crossedMergesHaveTwoBases() {
        Graph graph = new Graph(history);
        int root = graph.add(List.of());
        int a = graph.add(List.of(root));
        int b = graph.add(List.of(root));
        int left = graph.add(List.of(a, b));
        int right = graph.add(List.of(b, a));
        assertThat(history.mergeBases(graph.hash(left), graph.hash(right)))
                .containsExactlyInAnyOrder(graph.hash(a), graph.hash(b));
        int other = graph.add(List.of());
        assertThat(history.mergeBases(graph.hash(left), graph.hash(other))).isEmpty();
    }

    @Test
    void theLogIsCompleteWithChildrenBeforeParents() {
        Property.forAll(Graph.shapes(60)).runs(80).check(shape -> {
            Graph graph = Graph.of(history, shape);
            int last = graph.size() - 1;
            int middle = last / 2;
            List<Integer> numbers = log(graph, history.log(List.of(graph.hash(last), graph.hash(middle))));
            Set<Integer> expected = graph.withAncestors(last);
            expected.addAll(graph.withAncestors(middle));
            assertThat(numbers).doesNotHaveDuplicates();
            assertThat(new TreeSet<>(numbers)).isEqualTo(expected);
            for (int commit : numbers) {
                for (int parent : graph.parents(commit)) {
                    assertThat(numbers.indexOf(parent)).isGreaterThan(numbers.indexOf(commit));
                }
            }
        });
    }

    @Test
    void anExcludedHeadTakesItsAncestorsOut() {
        Property.forAll(Graph.shapes(50)).runs(60).check(shape -> {
            Graph graph = Graph.of(history, shape);
            int last = graph.size() - 1;
            for (int excluded = 0; excluded < graph.size(); excluded++) {
                int another = excluded / 2;
                List<Integer> numbers = log(
                        graph,
                        history.log(
                                List.of(graph.hash(last), graph.hash(last / 2)),
                                List.of(graph.hash(excluded), graph.hash(another))));
                Set<Integer> expected = graph.withAncestors(last);
                expected.addAll(graph.withAncestors(last / 2));
                expected.removeAll(graph.withAncestors(excluded));
                expected.removeAll(graph.withAncestors(another));
                assertThat(numbers).doesNotHaveDuplicates();
                assertThat(new TreeSet<>(numbers)).isEqualTo(expected);
            }
        });
    }

    @Test
    void findsCommitsByTheBeginningOfTheirNames() {
        Graph graph = new Graph(history);
        graph.add(List.of());
        for (int commit = 1; commit < 300; commit++) {
            graph.add(List.of(commit - 1));
        }
        int side = graph.add(List.of(100));
        List<Hash> heads = List.of(graph.hash(299), graph.hash(side));
        for (int number : new int[] {0, 150, 299, side}) {
            String name = graph.hash(number).toString();
            for (int digits : new int[] {10, 16, 17, 40, 64}) {
                assertThat(history.find(name.substring(0, digits), heads, 2)).containsExactly(graph.hash(number));
            }
        }
        String digit = graph.hash(7).toString().substring(0, 1);
        List<Hash> all = IntStream.range(0, graph.size())
                .mapToObj(graph::hash)
                .filter(hash -> hash.toString().startsWith(digit))
                .sorted()
                .toList();
        assertThat(history.find(digit.toUpperCase(Locale.ROOT), heads, 1_000)).isEqualTo(all);
        assertThat(history.find(digit, heads, 3)).hasSize(3);
        assertThat(history.find(graph.hash(299).toString(), List.of(graph.hash(side)), 9))
                .isEmpty();
        String catalog = history.read(graph.hash(0)).catalog().toString();
        assertThat(history.find(catalog, heads, 1)).isEmpty();
        assertThat(history.find("0".repeat(64), heads, 1)).isEmpty();
        assertThatThrownBy(() -> history.find("", heads, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> history.find("xyz", heads, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aCommitThatLiesAboutItsAncestorsIsFound() {
        Graph graph = new Graph(history);
        graph.add(List.of());
        graph.add(List.of(0));
        graph.add(List.of(0));
        Hash merge = graph.hash(graph.add(List.of(1, 2)));
        assertThatCode(() -> history.check(merge)).doesNotThrowAnyException();
        Commit honest = history.read(merge);
        Hash wrongGeneration = history.write(with(honest, honest.generation() + 1, honest.closure()));
        assertThatThrownBy(() -> history.check(wrongGeneration))
                .isInstanceOf(CorruptException.class)
                .hasMessageContaining("generation 2");
        Hash wrongClosure = history.write(
                with(honest, honest.generation(), history.read(graph.hash(1)).closure()));
        assertThatThrownBy(() -> history.check(wrongClosure))
                .isInstanceOf(CorruptException.class)
                .hasMessageContaining("closure");
    }

    @Test
    void aCommitThatLiesAboutTheAncestorsOfItsOneParentIsFound() {
        Nodes nodes = new Nodes(chunks, 64 << 20);
        Graph graph = new Graph(history);
        Hash parent = graph.hash(graph.add(List.of(graph.add(List.of()))));
        Hash child = graph.hash(graph.add(List.of(1)));
        assertThatCode(() -> history.check(child)).doesNotThrowAnyException();
        Commit honest = history.read(child);
        Tree before = Tree.load(nodes, history.read(parent).closure());
        Tree after = Tree.load(nodes, honest.closure());
        byte[] key = Closure.key(history.read(parent).generation(), parent);
        byte[] other = Closure.key(0, parent);
        for (Tree wrong : List.of(
                before,
                before.apply(Edits.of(List.of(Edit.put(other, Bytes.EMPTY)))),
                before.apply(Edits.of(List.of(Edit.put(key, new byte[] {1})))),
                after.apply(Edits.of(List.of(Edit.put(other, Bytes.EMPTY)))),
                after.apply(Edits.of(List.of(Edit.delete(Closure.key(0, graph.hash(0)))))))) {
            Hash liar = history.write(with(honest, honest.generation(), wrong.root()));
            assertThatThrownBy(() -> history.check(liar))
                    .isInstanceOf(CorruptException.class)
                    .hasMessageContaining("closure");
        }
    }

    private static Commit with(Commit commit, long generation, Hash closure) {
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

    // What it may cost.

    /// Two branches of 50 commits each, from a line of 5,000.
    private Graph fork() {
        Graph graph = new Graph(history);
        graph.add(List.of());
        for (int commit = 1; commit < 5_000; commit++) {
            graph.add(List.of(commit - 1));
        }
        int left = 4_999;
        int right = 4_999;
        for (int commit = 0; commit < 50; commit++) {
            left = graph.add(List.of(left));
            right = graph.add(List.of(right));
        }
        return graph;
    }

    @Test
    void questionsCostAPathAndNotTheHistory() {
        Graph graph = fork();
        Hash left = graph.hash(graph.size() - 2);
        Hash right = graph.hash(graph.size() - 1);
        int height = Tree.load(new Nodes(chunks, 1 << 20), history.read(left).closure())
                .height();
        History cold = new History(new Nodes(chunks, 64 << 20));
        chunks.reset();
        assertThat(cold.isAncestor(graph.hash(2_000), left)).isTrue();
        assertThat(chunks.reads()).isLessThanOrEqualTo(height + 2L);

        cold = new History(new Nodes(chunks, 64 << 20));
        chunks.reset();
        assertThat(cold.mergeBases(left, right)).containsExactly(graph.hash(4_999));
        assertThat(chunks.reads()).isLessThanOrEqualTo(6L * height + 4);

        cold = new History(new Nodes(chunks, 64 << 20));
        chunks.reset();
        CommitLog log = cold.log(List.of(left), List.of(right));
        int count = 0;
        while (log.next()) {
            count++;
        }
        assertThat(count).isEqualTo(50);
        assertThat(chunks.reads()).isLessThanOrEqualTo(6L * height + 4);
    }

    @Test
    void aCommitWritesAFewNodesOfItsClosure() {
        Graph graph = fork();
        chunks.reset();
        graph.add(List.of(graph.size() - 1));
        assertThat(chunks.written()).isLessThanOrEqualTo(5);
        chunks.reset();
        graph.add(List.of(graph.size() - 1, graph.size() - 3));
        assertThat(chunks.written()).isLessThanOrEqualTo(12);
    }

    @Test
    void aBaseUnderALongDivergenceIsFoundByReadingTheDivergedLeavesOnly() {
        Graph graph = new Graph(history);
        int base = graph.add(List.of());
        int left = base;
        int right = base;
        for (int commit = 0; commit < 5_000; commit++) {
            left = graph.add(List.of(left));
            right = graph.add(List.of(right));
        }
        History cold = new History(new Nodes(chunks, 64 << 20));
        chunks.reset();
        assertThat(cold.mergeBases(graph.hash(left), graph.hash(right))).containsExactly(graph.hash(base));
        assertThat(chunks.reads()).isLessThanOrEqualTo(2 * 5_000 / 50);
    }
}
