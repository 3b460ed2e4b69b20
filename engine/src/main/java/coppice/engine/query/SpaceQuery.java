package coppice.engine.query;

import coppice.api.KeyPattern;
import coppice.api.query.Query;
import coppice.api.query.QueryPlan;
import coppice.api.query.Row;
import coppice.api.query.RowPage;
import coppice.engine.query.Question.Order;
import coppice.expression.Declared;
import coppice.expression.Evaluator;
import coppice.expression.Expression;
import coppice.structure.ground.Filter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The API's face of a query. Each question that it is asked is answered from the rows as they are then.
public final class SpaceQuery implements Query {
    private static final Selection KEY_ALONE = Clauses.selection(List.of("$key AS key"));

    private final String name;
    private final Rows.Source source;
    private final Function<KeyPattern, Declared> declared;
    private final List<Consumer<Declared>> comparisons;
    private final Question question;

    /// @param comparisons compare each clause with what is known of the rows
    private SpaceQuery(
            String name,
            Rows.Source source,
            Function<KeyPattern, Declared> declared,
            List<Consumer<Declared>> comparisons,
            Question question) {
        this.name = name;
        this.source = source;
        this.declared = declared;
        this.comparisons = comparisons;
        this.question = question;
    }

    /// A question for all rows.
    ///
    /// @param name of what has them, for people
    /// @param declared what is known of all rows with some keys now: what can never be because of it is refused
    public static SpaceQuery of(String name, Rows.Source source, Function<KeyPattern, Declared> declared) {
        return new SpaceQuery(name, source, declared, List.of(), Question.all());
    }

    /// A question for all rows, of which nothing is known.
    ///
    /// @param name of what has them, for people
    public static SpaceQuery of(String name, Rows.Source source) {
        return of(name, source, _ -> Declared.ANYTHING);
    }

    private SpaceQuery with(Question other) {
        return new SpaceQuery(name, source, declared, comparisons, other);
    }

    @Override
    public Query keys(String glob) {
        SpaceQuery some = with(question.keys(KeyPattern.glob(glob)));
        some.compare(comparisons);
        return some;
    }

    @Override
    public Query where(String expression, @Nullable Object... values) {
        Expression condition = Clauses.condition(expression, values);
        return comparing(known -> Clauses.compareCondition(expression, known), question.and(condition));
    }

    @Override
    public Query orderBy(String... expressions) {
        List<Order> order = Arrays.stream(expressions).map(Clauses::order).toList();
        return comparing(
                known -> List.of(expressions).forEach(text -> Clauses.compareOrder(text, known)),
                question.order(order));
    }

    @Override
    public Query reversed() {
        return with(question.reversed());
    }

    @Override
    public Query limit(long rows) {
        if (rows < 1) {
            throw new IllegalArgumentException("A limit is at least 1, not " + rows);
        }
        return with(question.limit(rows));
    }

    @Override
    public Query offset(long rows) {
        if (rows < 0) {
            throw new IllegalArgumentException("An offset is at least 0, not " + rows);
        }
        return with(question.offset(rows));
    }

    @Override
    public Query select(String... expressions) {
        Selection selection = Clauses.selection(List.of(expressions));
        return comparing(
                known -> List.of(expressions).forEach(text -> Clauses.compareSelected(text, known)),
                question.select(selection));
    }

    @SuppressWarnings("ReferenceEquality") // the one that knows nothing
    private void compare(List<Consumer<Declared>> some) {
        Declared known = some.isEmpty() ? Declared.ANYTHING : declared.apply(question.keys());
        if (known != Declared.ANYTHING) {
            some.forEach(comparison -> comparison.accept(known));
        }
    }

    private SpaceQuery comparing(Consumer<Declared> comparison, Question other) {
        compare(List.of(comparison));
        List<Consumer<Declared>> all = new ArrayList<>(comparisons);
        all.add(comparison);
        return new SpaceQuery(name, source, declared, List.copyOf(all), other);
    }

    @Override
    public Query onlyFresh() {
        return new SpaceQuery(name, keys -> source.now(keys).onlyFresh(), declared, comparisons, question);
    }

    @Override
    public Stream<Row> rows() {
        return answer(Planner::whole).stream();
    }

    @Override
    public List<Row> list() {
        try (Answer answer = answer(Planner::whole)) {
            return answer.list();
        }
    }

    @Override
    public Optional<Row> first() {
        try (Answer answer = with(question.limit(1)).answer(Planner::whole)) {
            return answer.row();
        }
    }

    @Override
    public long count() {
        try (Answer answer = answer(Planner::unordered)) {
            return answer.count();
        }
    }

    @Override
    public RowPage page(int rows) {
        return page(rows, Optional.empty());
    }

    @Override
    public RowPage page(int rows, String next) {
        return page(rows, Optional.of(Place.of(next, identity())));
    }

    private RowPage page(int most, Optional<Place> after) {
        if (most < 1) {
            throw new IllegalArgumentException("A page holds at least 1 row, asked for " + most);
        }
        long before = after.map(Place::given).orElse(0L);
        long wanted = Math.min(question.limit() - before, most + 1L);
        List<Row> given = new ArrayList<>();
        try (Answer answer = answer(planner -> planner.plan(after, wanted)).expecting(wanted)) {
            Optional<Place> last = Optional.empty();
            for (Found found = answer.read(); found != null; found = answer.read()) {
                if (given.size() == most) {
                    return new RowPage(given, last.map(place -> place.text(identity())));
                }
                given.add(answer.row(found));
                if (given.size() == most) {
                    last = Optional.of(answer.place(found, before + most));
                }
            }
        }
        return new RowPage(given, Optional.empty());
    }

    @Override
    public QueryPlan explain() {
        try (Answer answer = answer(Planner::whole)) {
            return answer.plan();
        }
    }

    @Override
    public QueryPlan analyze() {
        try (Answer answer = answer(Planner::whole)) {
            return answer.analyze();
        }
    }

    /// Which rows a query is about, as a condition.
    ///
    /// @param query one of those that are made here
    public static Filter filter(Query query) {
        if (query instanceof SpaceQuery own) {
            return own.filter();
        }
        throw new IllegalArgumentException("The query is of another database: " + query);
    }

    private Filter filter() {
        Evaluator condition = Evaluator.of(question.where());
        return new Filter() {
            @Override
            public boolean holds(byte[] key, byte[] document) {
                return question.keys().fits(key) && condition.holds(key, document);
            }

            @Override
            public Optional<List<byte[]>> found(long most) {
                return foundByIndexes(most);
            }
        };
    }

    private Optional<List<byte[]>> foundByIndexes(long most) {
        try (Answer answer = with(question.select(KEY_ALONE)).answer(Planner::unordered)) {
            if (answer.plan().estimate() > most || scans(answer.plan())) {
                return Optional.empty();
            }
            return Optional.of(answer.stream().map(Row::key).toList());
        }
    }

    private static boolean scans(QueryPlan plan) {
        return plan.step().equals(ScanStep.STEP) || plan.inputs().stream().anyMatch(SpaceQuery::scans);
    }

    private Answer answer(Function<Planner, Step> plan) {
        return Answer.begin(name, question, source.now(question.keys().range()), plan);
    }

    /// What tokens belong to.
    private String identity() {
        return name.length() + ":" + name + question;
    }
}
