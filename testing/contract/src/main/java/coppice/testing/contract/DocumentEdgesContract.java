package coppice.testing.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.Merge;
import coppice.api.Resolver;
import coppice.api.structure.Document;
import coppice.api.structure.Documents;
import coppice.api.structure.DocumentsView;
import coppice.api.structure.DumpFormat;
import coppice.api.structure.Edge;
import coppice.api.structure.GraphView;
import coppice.api.structure.LoadMode;
import coppice.api.structure.Reach;
import coppice.api.structure.Reached;
import coppice.api.structure.Structured;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What holds for edges between the documents of a collection.
abstract class DocumentEdgesContract extends Contract {
    private static final int STEPS = 40;
    private static final int IDS = 12;

    private Documents<String> docs;

    @BeforeEach
    void openACollection() {
        docs = open(db.main());
    }

    private static Documents<String> open(Structured state) {
        return state.collection("papers", String.class);
    }

    private void index(String... ids) {
        Stream.of(ids).forEach(id -> docs.index(id, "of " + id));
    }

    private static void refused(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        DatabaseException.class,
                        failure -> assertThat(failure.code()).isEqualTo(code));
    }

    private static List<String> neighbors(DocumentsView<String> docs, String id, Reach reach) {
        return docs.neighbors(id, reach).map(Document::id).toList();
    }

    private static List<String> walk(DocumentsView<String> docs, String id, Reach reach) {
        return docs.walk(id, reach).map(one -> one.document().id()).toList();
    }

    @Test
    void documentsAreConnectedAndFound() {
        index("a", "b", "c", "d");
        docs.connect("a", "cites", "b");
        docs.connect(Edge.of("a", "cites", "c").withWeight(2).withData(Map.of("page", 7L)));
        docs.connect("c", "follows", "d");
        docs.connect("d", "cites", "d");
        assertThat(docs.neighbors("a")).containsExactly(new Document<>("b", "of b"), new Document<>("c", "of c"));
        assertThat(neighbors(docs, "c", Reach.both())).containsExactly("d", "a");
        assertThat(neighbors(docs, "c", Reach.both().along("cites"))).containsExactly("a");
        assertThat(neighbors(docs, "d", Reach.in())).containsExactly("c");
        assertThat(docs.walk("a", Reach.out()))
                .containsExactly(
                        new Reached<>(new Document<>("a", "of a"), Optional.empty(), 0),
                        new Reached<>(new Document<>("b", "of b"), Optional.of("a"), 1),
                        new Reached<>(new Document<>("c", "of c"), Optional.of("a"), 1),
                        new Reached<>(new Document<>("d", "of d"), Optional.of("c"), 2));
        assertThat(walk(docs, "a", Reach.out().within(1))).containsExactly("a", "b", "c");
        assertThat(walk(docs, "nobody", Reach.out())).isEmpty();
        assertThat(docs.edges().edge("a", "cites", "c").orElseThrow().data()).hasValue(Map.of("page", 7L));
        assertThat(docs.edges().cheapest("a", "d", Reach.out()).orElseThrow().cost())
                .isEqualTo(3);
        assertThat(docs.disconnect("a", "cites", "b")).isTrue();
        assertThat(docs.disconnect("a", "cites", "b")).isFalse();
        docs.index("a", "of a, again");
        assertThat(neighbors(docs, "a", Reach.out())).containsExactly("c");
        assertThat(db.structures().all()).hasSize(1);
    }

    @Test
    void twinsDoTheSame() throws Exception {
        index("a", "b");
        docs.async().connect("a", "cites", "b").get();
        assertThat(docs.async().edges().get().count()).isOne();
        CompletableFuture<List<String>> ids = new CompletableFuture<>();
        docs.async().neighbors("a", Reach.out()).subscribe(new Gathering(ids));
        assertThat(ids.get()).containsExactly("b");
        assertThat(docs.async().disconnect("a", "cites", "b").get()).isTrue();
    }

    /// Gathers the ids of all that is published.
    private static final class Gathering implements Flow.Subscriber<Document<String>> {
        private final List<String> ids = new ArrayList<>();
        private final CompletableFuture<List<String>> all;

        Gathering(CompletableFuture<List<String>> all) {
            this.all = all;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(Document<String> one) {
            ids.add(one.id());
        }

        @Override
        public void onError(Throwable failure) {
            all.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            all.complete(ids);
        }
    }

    @Test
    void edgesNeedDocuments() {
        index("a");
        refused(ErrorCode.UNKNOWN_DOCUMENT, () -> docs.connect("a", "cites", "b"));
        refused(ErrorCode.UNKNOWN_DOCUMENT, () -> docs.connect("b", "cites", "a"));
        refused(ErrorCode.INVALID_KEY, () -> docs.connect("a", "", "a"));
        refused(ErrorCode.INVALID_KEY, () -> docs.connect("a", "cites", "a\0"));
        refused(
                ErrorCode.VALUE_MISFIT,
                () -> docs.connect(Edge.of("a", "cites", "a").withData(Double.NaN)));
        assertThat(docs.edges().count()).isZero();
    }

    @Test
    void edgesGoWithTheirDocuments() {
        String longId = "x".repeat(3_000);
        index("a", "b", "c", longId);
        docs.connect("a", "cites", "b");
        docs.connect("b", "cites", "c");
        docs.connect("c", "cites", "a");
        docs.connect("b", "cites", "b");
        docs.drop("b");
        assertThat(docs.drop(longId)).isTrue();
        assertThat(docs.edges().edges()).containsExactly(Edge.of("c", "cites", "a"));
        index("b");
        assertThat(neighbors(docs, "b", Reach.both())).isEmpty();
        docs.clear();
        index("a", "c");
        assertThat(docs.edges().count()).isZero();
        docs.connect("a", "cites", "c");
        db.structures().rename("papers", "texts");
        assertThat(neighbors(db.collection("texts", String.class), "a", Reach.out()))
                .containsExactly("c");
        db.structures().drop("texts");
        assertThat(db.collection("texts", String.class).edges().count()).isZero();
    }

    @Test
    void transactionsAndVersionsHaveTheirOwn() {
        index("a", "b");
        db.commit("unconnected");
        db.main().run(tx -> {
            Documents<String> own = open(tx);
            own.index("c", "of c");
            own.connect("a", "cites", "c");
            assertThat(neighbors(own, "a", Reach.out())).containsExactly("c");
            assertThat(neighbors(docs, "a", Reach.out())).isEmpty();
        });
        GraphView<Object> before = docs.edges();
        docs.connect("a", "cites", "b");
        assertThat(before.count()).isOne();
        assertThat(neighbors(docs, "a", Reach.out())).containsExactly("b", "c");
        assertThat(db.at("main").collection("papers", String.class).neighbors("a"))
                .isEmpty();
        assertThatThrownBy(() -> docs.batched(own -> {
                    own.disconnect("a", "cites", "b");
                    own.connect("a", "cites", "nobody");
                }))
                .hasMessageContaining("no document 'nobody'");
        assertThat(docs.edges().count()).isEqualTo(2);
    }

    @Test
    void dumpsHaveThem() throws IOException {
        index("a", "b");
        docs.connect("b", "cites", "a");
        docs.connect(Edge.of("b", "follows", "b").withWeight(0.5).withData("why"));
        for (DumpFormat format : DumpFormat.values()) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            docs.dump(out, format);
            Documents<String> other = db.collection("of " + format, String.class);
            other.index("z", "z");
            other.connect("z", "cites", "z");
            other.load(new ByteArrayInputStream(out.toByteArray()), format, LoadMode.REPLACE);
            assertThat(other.edges().edges())
                    .containsExactlyElementsOf(docs.edges().edges().toList());
        }
        load("{\"id\":\"c\",\"value\":\"c\",\"edges\":[{\"label\":\"cites\",\"to\":\"a\"}]}");
        assertThat(neighbors(docs, "a", Reach.in())).containsExactly("b", "c");
        refused(
                ErrorCode.UNKNOWN_DOCUMENT,
                () -> load("{\"id\":\"d\",\"value\":\"d\",\"edges\":[{\"label\":\"cites\",\"to\":\"e\"}]}"));
        refused(ErrorCode.INVALID_IMPORT, () -> load("{\"id\":\"d\",\"value\":\"d\",\"edges\":[{\"to\":\"a\"}]}"));
        refused(ErrorCode.INVALID_IMPORT, () -> load("{\"id\":\"d\",\"value\":\"d\",\"edges\":[1]}"));
        assertThat(docs.contains("d")).isFalse();
    }

    private void load(String item) throws IOException {
        docs.load(new ByteArrayInputStream(item.getBytes(UTF_8)), DumpFormat.LINES, LoadMode.ADD);
    }

    @Test
    void whatAMergeLeavesWithoutADocumentIsNotSeen() {
        index("a", "b", "c");
        db.commit("base");
        Documents<String> other = open(db.branch("other", db.head()));
        other.connect("a", "cites", "b");
        other.connect("b", "cites", "c");
        db.branch("other").commit("connected");
        docs.drop("b");
        db.commit("dropped");
        db.merge("other", Merge.into("main"));
        GraphView<Object> edges = docs.edges();
        assertThat(walk(docs, "a", Reach.out())).containsExactly("a");
        assertThat(neighbors(docs, "c", Reach.in())).isEmpty();
        assertThat(walk(docs, "b", Reach.both())).isEmpty();
        assertThat(edges.count()).isZero();
        assertThat(edges.nodes()).isEmpty();
        assertThat(edges.out("a")).isEmpty();
        assertThat(edges.linked("a", "cites", "b")).isFalse();
        assertThat(edges.edge("b", "cites", "c")).isEmpty();
        assertThat(edges.shortest("b", "c", Reach.out())).isEmpty();
        assertThat(edges.components(Reach.out())).isEmpty();
        index("b");
        assertThat(walk(docs, "a", Reach.out())).containsExactly("a", "b", "c");
        assertThat(docs.edges().nodes()).containsExactly("a", "b", "c");
    }

    /// What is there, and the edges that were made, of which some may have lost a document in a merge.
    private record Model(Set<String> ids, Set<Edge<Object>> edges) {
        Model() {
            this(new TreeSet<>(), new HashSet<>());
        }

        Model copy() {
            return new Model(new TreeSet<>(ids), new HashSet<>(edges));
        }

        void change(Documents<String> docs, SplittableRandom random) {
            String id = "d" + random.nextInt(IDS);
            Edge<Object> edge = Edge.of(id, "l" + random.nextInt(2), "d" + random.nextInt(IDS));
            switch (random.nextInt(5)) {
                case 0 -> {
                    assertThat(docs.drop(id)).isEqualTo(ids.contains(id));
                    if (ids.remove(id)) {
                        edges.removeIf(one -> one.from().equals(id) || one.to().equals(id));
                    }
                }
                case 1 -> {
                    docs.index(id, "of " + id);
                    ids.add(id);
                }
                case 2 ->
                    assertThat(docs.disconnect(edge.from(), edge.label(), edge.to()))
                            .isEqualTo(edges.remove(edge));
                default -> {
                    if (ids.contains(edge.from()) && ids.contains(edge.to())) {
                        docs.connect(edge);
                        edges.add(edge);
                    }
                }
            }
        }

        /// What is in either where nobody removed it.
        static <T> Set<T> merged(Set<T> base, Set<T> ours, Set<T> theirs) {
            Set<T> all = new HashSet<>(ours);
            all.addAll(theirs);
            all.removeIf(one -> base.contains(one) && !(ours.contains(one) && theirs.contains(one)));
            return all;
        }

        static Model merged(Model base, Model ours, Model theirs) {
            return new Model(
                    new TreeSet<>(merged(base.ids, ours.ids, theirs.ids)),
                    new HashSet<>(merged(base.edges, ours.edges, theirs.edges)));
        }

        void check(DocumentsView<String> docs, SplittableRandom random) {
            assertThat(docs.documents().map(Document::id)).containsExactlyElementsOf(ids);
            Predicate<Edge<Object>> isSeen = one -> ids.contains(one.from()) && ids.contains(one.to());
            assertThat(docs.edges().edges())
                    .containsExactlyInAnyOrderElementsOf(
                            edges.stream().filter(isSeen).toList());
            String start = "d" + random.nextInt(IDS);
            Reach reach = List.of(
                            Reach.out(), Reach.in(), Reach.both(), Reach.out().along("l1"))
                    .get(random.nextInt(4))
                    .within(1 + random.nextInt(4));
            Map<String, Integer> hops = new TreeMap<>();
            docs.walk(start, reach).forEach(one -> hops.put(one.document().id(), one.hops()));
            assertThat(hops).isEqualTo(hops(start, reach, isSeen));
        }

        private Map<String, Integer> hops(String start, Reach reach, Predicate<Edge<Object>> isSeen) {
            Map<String, Integer> hops = new TreeMap<>();
            Deque<String> open = new ArrayDeque<>();
            if (ids.contains(start)) {
                hops.put(start, 0);
                open.add(start);
            }
            while (!open.isEmpty()) {
                String one = open.remove();
                int next = hops.getOrDefault(one, 0) + 1;
                edges.stream()
                        .filter(isSeen)
                        .filter(edge ->
                                reach.labels().isEmpty() || reach.labels().contains(edge.label()))
                        .flatMap(edge -> others(edge, one, reach.direction()))
                        .filter(other -> next <= reach.hops() && !hops.containsKey(other))
                        .distinct()
                        .toList()
                        .forEach(other -> {
                            hops.put(other, next);
                            open.add(other);
                        });
            }
            return hops;
        }

        private static Stream<String> others(Edge<Object> edge, String one, Reach.Direction direction) {
            Stream<String> out =
                    direction != Reach.Direction.IN && edge.from().equals(one) ? Stream.of(edge.to()) : Stream.empty();
            Stream<String> in =
                    direction != Reach.Direction.OUT && edge.to().equals(one) ? Stream.of(edge.from()) : Stream.empty();
            return Stream.concat(out, in);
        }
    }

    /// Two branches change as they like and are merged into one, of which both go on.
    @Test
    void anyHistoryReadsAsItsModel() {
        SplittableRandom random = new SplittableRandom(23);
        Model base = new Model();
        for (int step = 0; step < STEPS; step++) {
            db.commit("base " + step);
            Documents<String> other = open(db.branch("b" + step, db.head()));
            Model ours = base.copy();
            Model theirs = base.copy();
            for (int i = random.nextInt(20); i > 0; i--) {
                ours.change(docs, random);
                theirs.change(other, random);
            }
            ours.check(docs, random);
            theirs.check(other, random);
            docs.index("ours", "1");
            db.commit("ours");
            docs.drop("ours");
            other.index("theirs", "1");
            db.branch("b" + step).commit("theirs");
            other.drop("theirs");
            db.commit("ours is gone");
            db.branch("b" + step).commit("theirs is gone");
            db.merge("b" + step, Merge.into("main").resolving(conflict -> new Resolver.Take(conflict.ours())));
            base = Model.merged(base, ours, theirs);
            base.check(docs, random);
            ours.check(db.at("main~1").collection("papers", String.class), random);
        }
    }
}
