package coppice.testing.contract;

import static coppice.testing.contract.Person.ANN;
import static coppice.testing.contract.Person.BOB;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import coppice.api.Branch;
import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.Merge;
import coppice.api.MergeOutcome;
import coppice.api.feed.FeedStart;
import coppice.api.structure.DumpFormat;
import coppice.api.structure.Edge;
import coppice.api.structure.Graph;
import coppice.api.structure.GraphChange;
import coppice.api.structure.GraphView;
import coppice.api.structure.LoadMode;
import coppice.api.structure.Ranked;
import coppice.api.structure.Reach;
import coppice.api.structure.Route;
import coppice.api.structure.StructureFeed;
import coppice.api.structure.Visit;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Nodes and the edges between them.
abstract class GraphContract extends Contract {
    private Graph<Person> graph() {
        return graph(db.main());
    }

    private static Graph<Person> graph(Branch branch) {
        return branch.graph("graph", Person.class);
    }

    private static <T> List<T> list(Stream<T> stream) {
        try (stream) {
            return stream.toList();
        }
    }

    /// `from-label-to`, for readable comparisons.
    private static List<String> shown(Stream<? extends Edge<?>> edges) {
        return list(edges.map(edge -> edge.from() + "-" + edge.label() + "-" + edge.to()));
    }

    private static List<String> nodes(Stream<Visit> visits) {
        return list(visits.map(Visit::node));
    }

    @Test
    void edgesAreReadFromBothTheirEnds() {
        graph().link("ann", "knows", "bob");
        graph().link(Edge.<Person>of("ann", "likes", "bob").withWeight(0.5).withData(BOB));
        graph().link("cid", "knows", "bob");
        graph().link("bob", "knows", "bob");
        assertThat(shown(graph().out("ann"))).containsExactly("ann-knows-bob", "ann-likes-bob");
        assertThat(shown(graph().out("ann", "likes"))).containsExactly("ann-likes-bob");
        assertThat(shown(graph().in("bob")))
                .containsExactly("ann-knows-bob", "bob-knows-bob", "cid-knows-bob", "ann-likes-bob");
        assertThat(shown(graph().in("bob", "likes"))).containsExactly("ann-likes-bob");
        assertThat(graph().in("bob", "likes").findFirst().orElseThrow().data()).contains(BOB);
        assertThat(shown(graph().edges())).hasSize(4);
        assertThat(list(graph().nodes())).containsExactly("ann", "bob", "cid");
        assertThat(graph().count()).isEqualTo(4);
        assertThat(graph().linked("ann", "knows", "bob")).isTrue();
        assertThat(graph().linked("bob", "knows", "ann")).isFalse();
        assertThat(graph().edge("ann", "likes", "bob"))
                .contains(new Edge<>("ann", "likes", "bob", 0.5, Optional.of(BOB)));
        assertThat(db.query("graph").where("weight < 1").rows()).hasSize(1);
        reopenIfPossible();
        graph().link(Edge.<Person>of("ann", "likes", "bob").withData(ANN));
        assertThat(graph().in("bob", "likes").findFirst().orElseThrow().data()).contains(ANN);
        assertThat(graph().unlink("ann", "likes", "bob")).isTrue();
        assertThat(graph().unlink("ann", "likes", "bob")).isFalse();
        assertThat(graph().unlinkAll("bob")).isEqualTo(3);
        assertThat(list(graph().nodes())).isEmpty();
        assertThat(list(graph().in("bob"))).isEmpty();
    }

    @Test
    void aNodeIsNotOneWhoseNameBeginsWithIt() {
        graph().link("a", "x", "ab");
        graph().link("ab", "xy", "a");
        assertThat(shown(graph().out("a"))).containsExactly("a-x-ab");
        assertThat(shown(graph().out("ab", "x"))).isEmpty();
        assertThat(list(graph().nodes())).containsExactly("a", "ab");
    }

    @Test
    void badInputIsRefusedAndNothingIsWritten() {
        incorrect(ErrorCode.INVALID_KEY, () -> graph().link("", "x", "b"));
        incorrect(ErrorCode.INVALID_KEY, () -> graph().link("a", "x\0y", "b"));
        incorrect(ErrorCode.INVALID_KEY, () -> graph().link("a", "x", "n".repeat(1_501)));
        incorrect(ErrorCode.INVALID_KEY, () -> graph().link("a", "x", "\uD83D"));
        incorrect(ErrorCode.INVALID_KEY, () -> graph().walk("", Reach.out()));
        incorrect(ErrorCode.INVALID_KEY, () -> graph().shortest("a", "", Reach.out()));
        for (double weight : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> Edge.of("a", "x", "b").withWeight(weight))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> graph().expand("a", -1, Reach.out())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Reach.out().within(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> graph().pageRank(Reach.out(), 1.5, 0)).isInstanceOf(IllegalArgumentException.class);
        incorrect(
                ErrorCode.VALUE_MISFIT,
                () -> db.graph("any").link(Edge.of("a", "x", "b").withData(Double.NaN)));
        graph().link("n".repeat(1_500), "l".repeat(500), "m".repeat(1_500));
        assertThat(graph().count()).isOne();
        db.space("graph").put("k", "{}");
        incorrect(ErrorCode.VALUE_MISFIT, () -> list(graph().edges()));
        db.space("graph").put("a\0x\0b", "{\"weight\":-1}");
        assertThatThrownBy(() -> graph().edge("a", "x", "b"))
                .isInstanceOf(DatabaseException.Incorrect.class)
                .hasMessageContainingAll("'x' from 'a' to 'b'", "weight");
        incorrect(ErrorCode.OTHER_STRUCTURE, () -> db.dict("graph"));
    }

    private void given(Object... edges) {
        Graph<Object> given = db.graph("g");
        for (int i = 0; i < edges.length; i += 3) {
            given.link(Edge.of((String) edges[i], "road", (String) edges[i + 1])
                    .withWeight(((Number) edges[i + 2]).doubleValue()));
        }
    }

    @Test
    void walksAndWaysGoAsFarAsTheyMay() {
        given("a", "b", 1, "b", "c", 1, "a", "c", 5, "c", "d", 1, "e", "a", 1);
        db.graph("g").link("a", "rail", "d");
        GraphView<Object> g = db.graph("g");
        assertThat(nodes(g.walk("a", Reach.out()))).containsExactly("a", "d", "b", "c");
        assertThat(nodes(g.walk("a", Reach.out().along("road")))).containsExactly("a", "b", "c", "d");
        assertThat(nodes(g.walk("a", Reach.out().along("road").within(1)))).containsExactly("a", "b", "c");
        assertThat(nodes(g.walk("a", Reach.out().within(0)))).containsExactly("a");
        assertThat(nodes(g.walk("d", Reach.in().along("road")))).containsExactly("d", "c", "a", "b", "e");
        assertThat(nodes(g.walk("d", Reach.both().along("rail")))).containsExactly("d", "a");
        assertThat(list(g.walk("a", Reach.out().within(1))))
                .contains(new Visit("a", Optional.empty(), 0, 0), new Visit("b", Optional.of("a"), 1, 1));
        assertThat(nodes(g.walk("nobody", Reach.out()))).containsExactly("nobody");
        Reach roads = Reach.out().along("road");
        assertThat(list(g.expand("a", 2, roads)))
                .containsExactly(
                        new Visit("a", Optional.empty(), 0, 0),
                        new Visit("b", Optional.of("a"), 1, 1),
                        new Visit("c", Optional.of("b"), 2, 2));
        assertThat(g.shortest("a", "d", roads)).map(Route::nodes).contains(List.of("a", "c", "d"));
        assertThat(g.cheapest("a", "d", roads)).map(Route::nodes).contains(List.of("a", "b", "c", "d"));
        assertThat(g.cheapest("a", "d", roads.within(2))).map(Route::cost).contains(6.0);
        assertThat(g.cheapest("a", "a", roads)).contains(new Route<>(List.of("a"), List.of(), 0));
        assertThat(g.shortest("d", "a", roads)).isEmpty();
        Route<Object> back = g.shortest("c", "e", Reach.in()).orElseThrow();
        assertThat(back.nodes()).containsExactly("c", "a", "e");
        assertThat(shown(back.edges().stream())).containsExactly("a-road-c", "e-road-a");
        assertThat(back.cost()).isEqualTo(2);
    }

    private static double rank(Map<String, Double> ranks, String node) {
        return Objects.requireNonNull(ranks.get(node));
    }

    @Test
    void figuresAreThoseOfSmallGraphsThatAreKnown() {
        given("a", "b", 1, "b", "c", 1, "c", "a", 1, "d", "a", 1, "x", "y", 1, "y", "y", 1);
        GraphView<Object> g = db.graph("g");
        assertThat(g.components(Reach.out())).containsExactly(List.of("a", "b", "c", "d"), List.of("x", "y"));
        assertThat(g.cores(Reach.out())).isEqualTo(Map.of("a", 2, "b", 2, "c", 2, "d", 1, "x", 1, "y", 1));
        assertThat(g.components(Reach.out().along("rail"))).isEmpty();
        assertThat(g.cores(Reach.out().along("rail"))).isEmpty();
        assertThat(g.pageRank(Reach.out().along("rail"), 0.85, 0)).isEmpty();
        Map<String, Double> ranks =
                g.pageRank(Reach.out(), 0.5, 1e-12).stream().collect(Collectors.toMap(Ranked::node, Ranked::rank));
        double a = rank(ranks, "a");
        double c = rank(ranks, "c");
        // By hand: d and x get 1/12 each, y = 1/12 + (x + y) / 2, a = 1/12 + (c + d) / 2, b and c as their one edge.
        assertThat(rank(ranks, "d")).isCloseTo(1 / 12.0, within(1e-9));
        assertThat(rank(ranks, "y")).isCloseTo(0.25, within(1e-9));
        assertThat(a).isCloseTo(1 / 12.0 + (c + 1 / 12.0) / 2, within(1e-9));
        assertThat(rank(ranks, "b")).isCloseTo(1 / 12.0 + a / 2, within(1e-9));
        assertThat(ranks.values().stream().mapToDouble(rank -> rank).sum()).isCloseTo(1, within(1e-9));
        db.graph("w").link(Edge.of("a", "x", "b").withWeight(3));
        db.graph("w").link("a", "x", "c");
        List<Ranked> weighted = db.graph("w").pageRank(Reach.out(), 1, 0);
        assertThat(weighted).extracting(Ranked::node).containsExactly("b", "c", "a");
        assertThat(db.graph("w").pageRank(Reach.in(), 0.85, 1e-9).getFirst().node())
                .isEqualTo("a");
        assertThat(db.graph("w").pageRank(Reach.both(), 0.85, 1e-9).getFirst().node())
                .isEqualTo("a");
    }

    @Test
    void findsWhatPlainSearchesFindInAnyGraph() {
        for (long seed = 1; seed <= 30; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int n = 2 + random.nextInt(9);
            double[][] weights = new double[n][n];
            Graph<Object> g = db.graph("g" + seed);
            g.batched(batch -> {
                for (int i = 0; i < n * 2; i++) {
                    int a = random.nextInt(n);
                    int b = random.nextInt(n);
                    weights[a][b] = 1 + random.nextInt(9);
                    batch.link(Edge.of("n" + a, "x", "n" + b).withWeight(weights[a][b]));
                }
            });
            for (int hops = 0; hops < n; hops++) {
                double[] costs = costs(weights, hops);
                for (int to = 0; to < n; to++) {
                    Optional<Double> expected =
                            Double.isInfinite(costs[to]) ? Optional.empty() : Optional.of(costs[to]);
                    assertThat(g.cheapest("n0", "n" + to, Reach.out().within(hops))
                                    .map(Route::cost))
                            .as("seed %s, %s hops to %s", seed, hops, to)
                            .isEqualTo(expected);
                    assertThat(g.cheapest("n" + to, "n0", Reach.in().within(hops))
                                    .isPresent())
                            .isEqualTo(reaches(weights, to, hops));
                }
            }
            assertThat(g.cores(Reach.out())).isEqualTo(cores(weights));
        }
    }

    /// What the cheapest way from the first node costs, of no more than so many edges (Bellman and Ford).
    private static double[] costs(double[][] weights, int hops) {
        double[] costs = new double[weights.length];
        Arrays.fill(costs, Double.POSITIVE_INFINITY);
        costs[0] = 0;
        for (int hop = 0; hop < hops; hop++) {
            double[] next = costs.clone();
            for (int a = 0; a < weights.length; a++) {
                for (int b = 0; b < weights.length; b++) {
                    if (weights[a][b] > 0) {
                        next[b] = Math.min(next[b], costs[a] + weights[a][b]);
                    }
                }
            }
            costs = next;
        }
        return costs;
    }

    private static boolean reaches(double[][] weights, int to, int hops) {
        return !Double.isInfinite(costs(weights, hops)[to]);
    }

    /// By taking away nodes with too few neighbours, for each number.
    private static Map<String, Integer> cores(double[][] weights) {
        Map<Integer, Set<Integer>> near = new HashMap<>();
        Set<Integer> known = new HashSet<>();
        for (int a = 0; a < weights.length; a++) {
            for (int b = 0; b < weights.length; b++) {
                if (weights[a][b] > 0) {
                    known.addAll(List.of(a, b).stream().distinct().toList());
                    if (a != b) {
                        near.computeIfAbsent(a, _ -> new HashSet<>()).add(b);
                        near.computeIfAbsent(b, _ -> new HashSet<>()).add(a);
                    }
                }
            }
        }
        Map<String, Integer> cores = new TreeMap<>();
        known.forEach(node -> cores.put("n" + node, 0));
        for (int k = 1; k < weights.length; k++) {
            int least = k;
            Set<Integer> left = new HashSet<>(known);
            while (left.removeIf(node -> near.getOrDefault(node, Set.of()).stream()
                            .filter(left::contains)
                            .count()
                    < least)) {
                // until all that are left have enough
            }
            left.forEach(node -> cores.put("n" + node, least));
        }
        return cores;
    }

    @Test
    void forksAndMergesFromBothEnds() {
        graph().link("a", "x", "b");
        graph().link("b", "x", "c");
        db.commit("base");
        Branch draft = db.branch("draft", db.head());
        graph(draft).link("c", "x", "a");
        graph(draft).unlink("a", "x", "b");
        draft.commit("there");
        graph().link(Edge.<Person>of("b", "x", "c").withWeight(2));
        graph().link("d", "x", "a");
        db.commit("here");
        assertThat(db.merge("draft", Merge.into("main"))).isInstanceOf(MergeOutcome.Merged.class);
        assertThat(shown(graph().edges())).containsExactly("b-x-c", "c-x-a", "d-x-a");
        List<String> turned = new ArrayList<>();
        list(graph().nodes()).forEach(node -> turned.addAll(shown(graph().in(node))));
        assertThat(turned).containsExactlyInAnyOrder("b-x-c", "c-x-a", "d-x-a");
        assertThat(graph().in("c").findFirst().orElseThrow().weight()).isEqualTo(2);
        assertThat(db.at("HEAD~1").graph("graph", Person.class).linked("a", "x", "b"))
                .isTrue();
    }

    @Test
    void takesPartInTransactionsAndTellsWhatHappens() {
        try (StructureFeed<GraphChange<Person>> feed = graph().watch(FeedStart.now())) {
            db.transact(transaction -> {
                Graph<Person> graph = transaction.graph("graph", Person.class);
                graph.link("a", "x", "b");
                assertThat(graph.shortest("a", "b", Reach.out())).isPresent();
                assertThat(graph().count()).isZero();
                return true;
            });
            Edge<Person> before = Edge.of("a", "x", "b");
            Edge<Person> after = before.withWeight(2);
            graph().link(after);
            graph().unlinkAll("b");
            assertThat(feed.next()).containsExactly(new GraphChange.Linked<>(Optional.empty(), before));
            assertThat(feed.next()).containsExactly(new GraphChange.Linked<>(Optional.of(before), after));
            assertThat(feed.next()).containsExactly(new GraphChange.Unlinked<>(after));
        }
        assertThatThrownBy(() -> graph().batched(batch -> {
                    batch.link("a", "x", "b");
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");
        assertThat(graph().count()).isZero();
        graph().async().link("a", "x", "b").join();
        assertThat(graph().async().count().join()).isOne();
    }

    @Test
    void whatIsDumpedIsLoaded() throws IOException {
        graph().link(Edge.<Person>of("a", "x", "b").withWeight(0.5).withData(ANN));
        graph().link("b", "x", "c");
        for (DumpFormat format : DumpFormat.values()) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            assertThat(graph().dump(out, format)).isEqualTo(2);
            Graph<Person> copy = db.graph("copy" + format, Person.class);
            copy.link("old", "x", "old");
            assertThat(copy.load(new ByteArrayInputStream(out.toByteArray()), format, LoadMode.ADD))
                    .isEqualTo(2);
            assertThat(copy.count()).isEqualTo(3);
            copy.load(new ByteArrayInputStream(out.toByteArray()), format, LoadMode.REPLACE);
            assertThat(list(copy.edges())).isEqualTo(list(graph().edges()));
            assertThat(list(copy.in("b"))).isEqualTo(list(graph().in("b")));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        graph().dump(out, DumpFormat.LINES);
        assertThat(out.toString(UTF_8))
                .startsWith("{\"from\":\"a\",\"label\":\"x\",\"to\":\"b\",\"weight\":0.5,"
                        + "\"data\":{\"name\":\"Ann\",\"age\":41}}\n");
        incorrect(
                ErrorCode.INVALID_IMPORT,
                () -> graph().load(
                                new ByteArrayInputStream(utf8("{\"from\":\"a\",\"to\":\"b\"}\n")),
                                DumpFormat.LINES,
                                LoadMode.ADD));
        graph().clear();
        assertThat(list(graph().in("b"))).isEmpty();
        db.structures().rename("copyJSON", "other");
        assertThat(list(db.graph("other", Person.class).in("b"))).hasSize(1);
        assertThat(db.structures().drop("other")).isTrue();
        assertThat(db.current().spaces()).doesNotContain("@graph/other", "other");
    }
}
