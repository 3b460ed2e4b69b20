package coppice.engine.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coppice.api.KeyPattern;
import coppice.api.Range;
import coppice.api.projection.ProjectionDefinition;
import coppice.engine.delta.Delta;
import coppice.engine.log.SpaceWrites;
import coppice.engine.query.Question.Order;
import coppice.engine.state.DeltaEdits;
import coppice.engine.state.Roots;
import coppice.engine.state.SpaceState;
import coppice.engine.state.StateCursor;
import coppice.engine.storage.Gate;
import coppice.expression.Direction;
import coppice.expression.Evaluator;
import coppice.expression.JointEvaluator;
import coppice.expression.Value;
import coppice.json.Json;
import coppice.kernel.store.MemoryChunks;
import coppice.kernel.tree.Nodes;
import coppice.kernel.tree.Tree;
import coppice.projection.CompiledProjection;
import coppice.projection.IndexShape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Every way to answer a question gives the answer that looking at each row gives.
class PlannerTest {
    private static final int ROWS = 60;
    private static final long SEED = Long.getLong("coppice.seed", 1);
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "false",
            "0",
            "1",
            "1.0",
            "2",
            "-1",
            "10",
            "0.50",
            "\"\"",
            "\"x\"",
            "\"\\u0078\"",
            "\"xy\"",
            "\"y\\u0000\"",
            "[]",
            "[1,\"x\"]",
            "[1.0, 2]",
            "[\"x\",\"x\",null]",
            "{\"p\":1}",
            "{\"q\":2,\"p\":1}",
            "1e9999999999");
    private static final List<String> CONSTANTS =
            List.of("NULL", "TRUE", "FALSE", "0", "1", "2", "-1", "0.5", "''", "'x'", "'xy'", "JSON '[1,\"x\"]'");
    private static final List<String> OPERANDS = List.of("a", "b", "c", "n.p", "lower(a)", "a + b", "$key");
    private static final List<ProjectionDefinition> INDEXES = List.of(
            from().index("a"),
            from().index("a DESC"),
            from().index("b", "a"),
            from().index("a", "b DESC"),
            from().index("a DESC", "c", "b").storing("n"),
            from().index("EACH t"),
            from().index("a", "EACH t"),
            from().index("EACH t", "b DESC"),
            from().where("b = 1").index("a"),
            from().where("b > 0 AND c IS NOT NULL").index("c"),
            from().index("n.p", "$key"),
            from().index("c").storing("a", "b", "t"),
            from().compute("low", "lower(a)").index("low").storing("c"),
            from().index("a + b"),
            from().keys("k*").index("c", "a"),
            from().keys("k?1").index("a"));

    private final Nodes nodes = new Nodes(new MemoryChunks(), 1 << 22);
    private final Roots roots = new Roots();
    private final Map<String, Integer> used = new TreeMap<>();

    private static ProjectionDefinition from() {
        return ProjectionDefinition.from("s");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(UTF_8);
    }

    private static <T> T one(List<T> of, SplittableRandom random) {
        return of.get(random.nextInt(of.size()));
    }

    private static byte[] document(SplittableRandom random) {
        if (random.nextInt(12) == 0) {
            return random.nextBoolean() ? utf8("no JSON") : new byte[] {(byte) 0xFF};
        }
        List<String> members = new ArrayList<>();
        for (String name : List.of("a", "b", "c")) {
            if (random.nextInt(5) > 0) {
                members.add('"' + name + "\":" + (random.nextInt(60) == 0 ? far(random) : one(VALUES, random)));
            }
        }
        if (random.nextInt(3) > 0) {
            String items = Stream.generate(() -> one(VALUES, random))
                    .limit(random.nextInt(4))
                    .reduce((x, y) -> x + "," + y)
                    .orElse("");
            members.add("\"t\":[" + items + "]");
        }
        if (random.nextBoolean()) {
            members.add("\"n\": {\"p\":" + one(VALUES, random) + "}");
        }
        return utf8("{" + String.join(",", members) + "}");
    }

    /// Too long for the key of an entry.
    private static String far(SplittableRandom random) {
        return '"' + "x".repeat(4_000 + random.nextInt(3) * 100) + random.nextInt(3) + '"';
    }

    /// The rows, partly folded, partly put aside, partly new.
    private SpaceState layered(Map<byte[], byte[]> rows, SplittableRandom random) {
        SpaceState state = SpaceState.of(roots, Tree.empty(nodes));
        List<Map.Entry<byte[], byte[]>> left = new ArrayList<>(rows.entrySet());
        while (!left.isEmpty()) {
            int count = Math.min(left.size(), 1 + random.nextInt(40));
            List<Map.Entry<byte[], byte[]>> part = left.subList(0, count);
            state = state.with(new SpaceWrites(
                    "s",
                    part.stream().map(Map.Entry::getKey).toArray(byte[][]::new),
                    part.stream().map(Map.Entry::getValue).toArray(byte[][]::new)));
            part.clear();
            state = random.nextBoolean() ? state.frozen() : state;
            state = random.nextBoolean() ? folded(state) : state;
        }
        return state;
    }

    private static SpaceState folded(SpaceState state) {
        SpaceState frozen = state.frozen();
        return frozen.folded(frozen.base().apply(new DeltaEdits(frozen.aside())));
    }

    private SpaceState rows(SplittableRandom random) {
        Map<byte[], byte[]> rows = new TreeMap<>(Arrays::compareUnsigned);
        for (int i = 0; i < ROWS; i++) {
            byte[] key = random.nextInt(20) == 0
                    ? new byte[] {(byte) 0xF0, (byte) i}
                    : utf8((random.nextInt(4) == 0 ? "m" : "k") + random.nextInt(100));
            rows.put(key, document(random));
        }
        SpaceState state = layered(rows, random);
        List<byte[]> gone =
                rows.keySet().stream().filter(_ -> random.nextInt(8) == 0).toList();
        byte[][] removed = new byte[gone.size()][];
        Arrays.fill(removed, Delta.REMOVED);
        return state.with(new SpaceWrites("s", gone.toArray(byte[][]::new), removed));
    }

    private OrderedIndex index(String name, ProjectionDefinition definition, SpaceState rows, SplittableRandom random) {
        IndexShape shape = (IndexShape) CompiledProjection.of(name, definition).shape();
        KeyPattern keys = KeyPattern.glob(((ProjectionDefinition.OfSpace) definition.source()).keys());
        Map<byte[], byte[]> entries = new TreeMap<>(Arrays::compareUnsigned);
        for (StateCursor cursor = rows.scan(Range.all()); cursor.next(); ) {
            if (keys.fits(cursor.key())) {
                shape.entries(cursor.key(), cursor.value(), entries::put);
            }
        }
        SpaceState state = layered(entries, random);
        return new OrderedIndex(new IndexTraits(name, keys, shape), () -> state, _ -> 0);
    }

    private static String condition(SplittableRandom random, int depth) {
        String operand = one(OPERANDS, random);
        return switch (random.nextInt(depth > 1 ? 12 : 15)) {
            case 0, 1, 2 -> operand + " = " + one(CONSTANTS, random);
            case 3 -> operand + one(List.of(" < ", " <= ", " > ", " >= ", " <> "), random) + one(CONSTANTS, random);
            case 4 -> one(CONSTANTS, random) + " < " + operand;
            case 5 -> operand + " IN (" + one(CONSTANTS, random) + ", " + one(CONSTANTS, random) + ")";
            case 6 -> operand + " BETWEEN " + one(CONSTANTS, random) + " AND " + one(CONSTANTS, random);
            case 7 -> operand + one(List.of(" IS NULL", " IS NOT NULL"), random);
            case 8 -> one(List.of("a IS MISSING", "a", "NOT b", "c IS NOT MISSING", "b > 0", "c IS NOT NULL"), random);
            case 9 -> "t CONTAINS " + one(CONSTANTS, random);
            case 10 -> operand + " LIKE " + one(List.of("'x%'", "'x'", "'k1%'", "'%'", "'_y'"), random);
            case 11 -> "a = b";
            case 12 -> "(" + condition(random, depth + 1) + " OR " + condition(random, depth + 1) + ")";
            case 13 -> "NOT (" + condition(random, depth + 1) + " AND " + condition(random, depth + 1) + ")";
            default -> "(" + condition(random, depth + 1) + " AND " + condition(random, depth + 1) + ")";
        };
    }

    private static Question question(SplittableRandom random) {
        Question question = Question.all();
        for (int i = random.nextInt(4); i > 0; i--) {
            question = question.and(Clauses.condition(condition(random, 0)));
        }
        List<Order> order = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            order.add(Clauses.order(one(OPERANDS, random) + one(List.of("", " DESC"), random)));
        }
        question = question.order(order);
        question = random.nextInt(3) == 0 ? question.reversed() : question;
        question = random.nextInt(3) == 0 ? question.limit(1 + random.nextInt(8)) : question;
        question = random.nextInt(4) == 0 ? question.offset(random.nextInt(6)) : question;
        question = random.nextInt(4) == 0
                ? question.keys(KeyPattern.glob(one(List.of("k*", "m*", "k1*", "*1", "k1", "k?1"), random)))
                : question;
        return switch (random.nextInt(4)) {
            case 0 -> question.select(Clauses.selection(List.of("a", "$key", "lower(a) AS low")));
            case 1 -> question.select(Clauses.selection(List.of("b", "n", "a + b AS sum")));
            case 2 -> question.select(Clauses.selection(List.of("c", "t")));
            default -> question;
        };
    }

    /// A row, and what it is ordered by.
    private record Plain(byte[] key, byte[] document, List<Value> order) {
        String shown(Question question) {
            return HexFormat.of().formatHex(key) + " " + new String(given(question), UTF_8);
        }

        private byte[] given(Question question) {
            if (question.selection().isNone()) {
                return document;
            }
            List<Selection.Column> columns = question.selection().columns();
            JointEvaluator.Values values = JointEvaluator.of(
                            columns.stream().map(Selection.Column::expression).toList())
                    .values(key, document);
            StringBuilder object = new StringBuilder();
            for (int i = 0; i < columns.size(); i++) {
                object.append(i == 0 ? "{" : ",")
                        .append(Json.of(columns.get(i).name()).text())
                        .append(':')
                        .append(new String(values.json(i), UTF_8));
            }
            return utf8(object.append('}').toString());
        }
    }

    /// All rows that count, in order, found by looking at each.
    private static List<Plain> plain(Question question, SpaceState rows) {
        Evaluator where = Evaluator.of(question.where());
        JointEvaluator order =
                JointEvaluator.of(question.order().stream().map(Order::by).toList());
        List<Plain> all = new ArrayList<>();
        for (StateCursor cursor = rows.scan(Range.all()); cursor.next(); ) {
            byte[] key = cursor.key();
            byte[] document = cursor.value();
            if (question.keys().fits(key) && where.holds(key, document)) {
                JointEvaluator.Values values = order.values(key, document);
                List<Value> by = new ArrayList<>();
                for (int i = 0; i < question.order().size(); i++) {
                    by.add(values.value(i));
                }
                all.add(new Plain(key, document, by));
            }
        }
        Comparator<Plain> comparator = Comparator.comparing(Plain::key, Arrays::compareUnsigned);
        for (int i = question.order().size() - 1; i >= 0; i--) {
            int term = i;
            Comparator<Plain> by = Comparator.comparing(one -> one.order().get(term), Value.ORDER);
            boolean isDown = question.order().get(i).direction() == Direction.DESCENDING;
            comparator = (isDown ? by.reversed() : by).thenComparing(comparator);
        }
        all.sort(question.isReversed() ? comparator.reversed() : comparator);
        return all;
    }

    private static List<String> run(Step step) {
        List<String> rows = new ArrayList<>();
        for (Found found = step.next(); found != null; found = step.next()) {
            rows.add(HexFormat.of().formatHex(found.key()) + " " + new String(found.given(), UTF_8));
        }
        return rows;
    }

    @Test
    void everyWayGivesTheSameAnswer() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int round = 0; round < 25; round++) {
            SpaceState state = rows(random);
            List<OrderedIndex> indexes = INDEXES.stream()
                    .filter(_ -> random.nextInt(3) > 0)
                    .map(definition -> index("i" + INDEXES.indexOf(definition), definition, state, random))
                    .toList();
            Rows rows = Rows.heldBy(this, state, new Gate()).with(indexes);
            for (int i = 0; i < 40; i++) {
                check(question(random), rows, random);
            }
        }
        assertThat(used.keySet()).contains("index", "keys", "intersect", "union", "scan", "ties");
    }

    private void check(Question question, Rows rows, SplittableRandom random) {
        List<Plain> all = plain(question, rows.state());
        List<String> expected = all.stream()
                .skip(question.offset())
                .limit(question.limit())
                .map(row -> row.shown(question))
                .toList();
        Planner planner = new Planner("s", question, rows);
        assertThat(run(planner.plan(Optional.empty(), question.limit())))
                .as(question.toString())
                .isEqualTo(expected);
        assertThat(run(planner.unordered())).hasSameSizeAs(expected);
        planner.knownCount()
                .ifPresent(count -> assertThat(count).as(question.toString()).isEqualTo(expected.size()));
        for (Access access : planner.ways().all(true)) {
            Step step = planner.plan(access, Optional.empty(), question.limit());
            String plan = question + "\n" + step.plan();
            if (plan.contains(" within equal ")) {
                used.merge("ties", 1, Integer::sum);
            }
            count(access.step(Optional.empty()));
            assertThat(run(step)).as(plan).isEqualTo(expected);
            if (!all.isEmpty()) {
                int at = random.nextInt(all.size());
                Found last =
                        new Found(rows.state(), all.get(at).key(), all.get(at).document());
                Place place = new Place(0, planner.ordering().ordered(last).order(), last.key());
                List<String> rest = all.stream()
                        .skip(at + 1)
                        .limit(5)
                        .map(row -> row.shown(question))
                        .toList();
                assertThat(run(planner.plan(access, Optional.of(place), 5)))
                        .as("after " + at + ": " + plan)
                        .isEqualTo(rest);
            }
        }
    }

    private void count(Step step) {
        used.merge(step.plan().step(), 1, Integer::sum);
    }

    private String planned(SpaceState state, List<OrderedIndex> indexes, Question question) {
        Rows rows = Rows.heldBy(this, state, new Gate()).with(indexes);
        return new Planner("s", question, rows)
                .plan(Optional.empty(), question.limit())
                .plan()
                .toString();
    }

    private SpaceState numbered() {
        SplittableRandom random = new SplittableRandom(1);
        Map<byte[], byte[]> content = new TreeMap<>(Arrays::compareUnsigned);
        for (int i = 0; i < 2_000; i++) {
            content.put(
                    utf8("k%04d".formatted(i)),
                    utf8("{\"a\":%d,\"b\":\"%d\",\"c\":%d,\"t\":[%d]}".formatted(i % 1_000, i % 100, i % 2, i % 500)));
        }
        return folded(layered(content, random));
    }

    private List<OrderedIndex> indexes(SpaceState state, ProjectionDefinition... definitions) {
        SplittableRandom random = new SplittableRandom(2);
        List<OrderedIndex> indexes = new ArrayList<>();
        for (ProjectionDefinition definition : definitions) {
            indexes.add(index("i" + indexes.size(), definition, state, random));
        }
        return indexes;
    }

    @Test
    void whatReadsLeastIsChosen() {
        SpaceState state = numbered();
        List<OrderedIndex> indexes =
                indexes(state, from().index("a"), from().index("b", "a"), from().index("c"), from().index("EACH t"));
        Question all = Question.all();
        assertThat(planned(state, indexes, all.and(Clauses.condition("a = 7"))))
                .contains("index")
                .contains("a = 7");
        assertThat(planned(state, indexes, all.and(Clauses.condition("c = 1"))))
                .contains("scan")
                .doesNotContain("index");
        assertThat(planned(state, indexes, all.and(Clauses.condition("t CONTAINS 3"))))
                .contains("t CONTAINS 3  (about 4 ");
        assertThat(planned(state, indexes, all.and(Clauses.condition("b = '5' AND a BETWEEN 100 AND 110"))))
                .contains("index")
                .doesNotContain("filter");
        assertThat(planned(state, indexes, all.and(Clauses.condition("a = 7 OR t CONTAINS 3"))))
                .contains("union");
        assertThat(planned(
                        state,
                        indexes,
                        all.order(List.of(Clauses.order("a DESC"))).limit(10)))
                .contains("index")
                .doesNotContain("sort");
        assertThat(planned(
                        state,
                        indexes,
                        all.order(List.of(Clauses.order("a + b"))).limit(10)))
                .contains("sort", "scan");
        assertThat(planned(
                        state,
                        indexes,
                        all.select(Clauses.selection(List.of("b")))
                                .order(List.of(Clauses.order("b"), Clauses.order("a")))))
                .contains("index");
        assertThat(planned(state, indexes, all.limit(3))).contains("scan");
    }

    @Test
    void tiesAloneAreSortedWhereAnIndexHasTheFirstTerms() {
        SpaceState state = numbered();
        List<OrderedIndex> indexes = indexes(state, from().index("a"), from().index("b", "c", "a"));
        List<OrderedIndex> other = indexes(state, from().index("c", "b"));
        Question all = Question.all();
        assertThat(planned(state, indexes, order(all, "a", "b").limit(10)))
                .contains("sort a, b, $key within equal a", "index");
        assertThat(planned(state, indexes, order(all, "a DESC").limit(10).reversed()))
                .contains("index")
                .doesNotContain("sort");
        assertThat(planned(state, indexes, order(all, "b").limit(10))).contains("sort b, $key within equal b");
        assertThat(planned(
                        state,
                        other,
                        order(all.and(Clauses.condition("c = 1")), "b", "a DESC")
                                .limit(10)))
                .contains("within equal c, b");
        assertThat(planned(state, other, order(all, "c", "a").limit(10))) // half of all tie
                .doesNotContain("within");
    }

    @Test
    void anIndexOfSomeKeysServesQuestionsAboutThem() {
        SpaceState state = numbered();
        List<OrderedIndex> indexes = indexes(state, from().keys("k0*").index("a"));
        Question seven = Question.all().and(Clauses.condition("a = 7"));
        assertThat(planned(state, indexes, seven)).contains("scan");
        assertThat(planned(state, indexes, seven.keys(KeyPattern.glob("k0*")))).contains("index");
        assertThat(planned(state, indexes, seven.keys(KeyPattern.glob("k0?0*"))))
                .contains("index");
        assertThat(planned(state, indexes, seven.keys(KeyPattern.glob("k*")))).contains("scan");
        assertThat(planned(state, indexes, seven.and(Clauses.condition("$key BETWEEN 'k01' AND 'k05'"))))
                .contains("index");
        assertThat(planned(state, indexes, seven.and(Clauses.condition("$key LIKE 'k00%'"))))
                .contains("index");
        assertThat(planned(state, indexes, seven.and(Clauses.condition("$key >= 'k01'"))))
                .contains("scan");
    }

    @Test
    void anIndexThatLeavesRowsOutServesTogetherWithOthers() {
        SpaceState state = numbered();
        List<OrderedIndex> indexes = indexes(
                state,
                from().where("a < 20").index("c"),
                from().index("b"),
                from().where("t CONTAINS 3").index("c"));
        Question all = Question.all();
        assertThat(planned(state, indexes, all.and(Clauses.condition("a < 20 OR b = '77'"))))
                .contains("union", "i0", "i1");
        assertThat(planned(state, indexes, all.and(Clauses.condition("a < 10 OR b = '77'"))))
                .contains("union", "i0", "i1", "filter");
        assertThat(planned(state, indexes, all.and(Clauses.condition("t CONTAINS 3 OR b = '77'"))))
                .contains("union", "i2", "i1");
    }

    private static Question order(Question question, String... terms) {
        return question.order(Stream.of(terms).map(Clauses::order).toList());
    }
}
