package coppice.bench.people;

import coppice.api.Batch;
import coppice.api.Coppice;
import coppice.api.Database;
import coppice.api.Durability;
import coppice.api.Entry;
import coppice.api.Options;
import coppice.api.Snapshot;
import coppice.api.projection.Lookup;
import coppice.api.projection.ProjectionDefinition;
import coppice.api.projection.ProjectionView;
import coppice.api.query.Query;
import coppice.api.query.Row;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Coppice with projections, by its public interface.
public final class CoppicePeople implements PeopleStore {
    /// Where people are.
    public static final String SPACE = "people";

    private static final String PEOPLE = "people";
    private static final String AMOUNT = "amount";

    private @Nullable Database database;

    @Override
    public String settings() {
        return "documents in a space, projections; an index is built when it is on stable storage; readers hold one"
                + " snapshot";
    }

    @Override
    public void open(Path directory, long cacheBytes) {
        open(directory, cacheBytes, Durability.SYNC);
    }

    /// Opens it with another durability.
    public void open(Path directory, long cacheBytes, Durability durability) {
        database = Coppice.open(
                directory.resolve("coppice").toString(),
                Options.defaults().withMemoryBytes(cacheBytes).with(durability));
    }

    /// The open database.
    public Database database() {
        if (database == null) {
            throw new IllegalStateException("open the database first");
        }
        return database;
    }

    @Override
    public void load(Population population) {
        Iterator<Entry> rows = population
                .loaded()
                .map(person -> new Entry(person.key(), person.document()))
                .iterator();
        database().main().load(SPACE, rows);
        database().commit("rows");
    }

    /// The name of a projection.
    public static String name(Index index) {
        return switch (index) {
            case CITY_AGE -> "by_city";
            case EMAIL -> "by_email";
            case CITY_TOTALS -> "cities";
        };
    }

    private static ProjectionDefinition definition(Index index) {
        ProjectionDefinition rows = ProjectionDefinition.from(SPACE);
        return switch (index) {
            case CITY_AGE -> rows.index("city", "age");
            case EMAIL -> rows.index("email");
            case CITY_TOTALS -> rows.groupBy("city").count(PEOPLE).sum(AMOUNT, AMOUNT);
        };
    }

    @Override
    public void build(Index index) {
        database().projections().create(name(index), definition(index));
        database().projections().rebuild(name(index));
    }

    @Override
    public void put(List<Person> people) {
        Batch batch = new Batch();
        people.forEach(person -> batch.put(person.key(), person.document()));
        database().space(SPACE).apply(batch);
    }

    @Override
    public PeopleReader reader(boolean isQuerying) {
        Snapshot snapshot = database().main().snapshot();
        return isQuerying
                ? new QueryReader(snapshot.query(SPACE), new Views(snapshot::projection))
                : new Views(snapshot::projection);
    }

    @Override
    public PeopleReader latest() {
        return new Views(database().main()::projection);
    }

    @Override
    public void close() {
        if (database != null) {
            database.close();
        }
    }

    private static int give(List<Row> rows, Consumer<byte[]> documents) {
        rows.forEach(row -> documents.accept(row.document()));
        return rows.size();
    }

    private static int give(Stream<Row> rows, Consumer<byte[]> documents) {
        int count = 0;
        try (rows) {
            for (Iterator<Row> each = rows.iterator(); each.hasNext(); count++) {
                documents.accept(each.next().document());
            }
        }
        return count;
    }

    /// Reads projections, each of which is looked up once.
    private static final class Views implements PeopleReader {
        private final Function<String, ProjectionView> projections;
        private @Nullable ProjectionView byEmail;
        private @Nullable ProjectionView byCity;
        private @Nullable ProjectionView cities;

        Views(Function<String, ProjectionView> projections) {
            this.projections = projections;
        }

        private ProjectionView byCity() {
            ProjectionView view = byCity == null ? projections.apply(name(Index.CITY_AGE)) : byCity;
            byCity = view;
            return view;
        }

        @Override
        public int withEmail(String email, Consumer<byte[]> documents) {
            ProjectionView view = byEmail == null ? projections.apply(name(Index.EMAIL)) : byEmail;
            byEmail = view;
            return give(view.get(email), documents);
        }

        @Override
        public int inCity(String city, int age, int limit, Consumer<byte[]> documents) {
            return give(byCity().page(Lookup.equal(city).from(age), limit).rows(), documents);
        }

        @Override
        public int idsInCity(String city, int age, int limit, LongConsumer ids) {
            int count = 0;
            try (Stream<Row> rows =
                    byCity().entries(Lookup.equal(city).from(age)).limit(limit)) {
                for (Iterator<Row> each = rows.iterator(); each.hasNext(); count++) {
                    ids.accept(Person.id(each.next().key()));
                }
            }
            return count;
        }

        @Override
        public Totals totals(String city) {
            ProjectionView view = cities == null ? projections.apply(name(Index.CITY_TOTALS)) : cities;
            cities = view;
            Row row = view.first(Lookup.equal(city)).orElseThrow();
            return new Totals(
                    (Long) row.value(PEOPLE).orElseThrow(),
                    new BigDecimal(row.value(AMOUNT).orElseThrow().toString()).doubleValue());
        }

        @Override
        public void close() {}
    }

    /// Asks by queries, and leaves it to the planner what reads them.
    private record QueryReader(Query people, PeopleReader views) implements PeopleReader {
        @Override
        public int withEmail(String email, Consumer<byte[]> documents) {
            return give(people.where("email = ?", email).rows(), documents);
        }

        @Override
        public int inCity(String city, int age, int limit, Consumer<byte[]> documents) {
            return give(
                    people.where("city = ? AND age >= ?", city, age)
                            .orderBy("age")
                            .limit(limit)
                            .rows(),
                    documents);
        }

        @Override
        public int idsInCity(String city, int age, int limit, LongConsumer ids) throws Exception {
            return views.idsInCity(city, age, limit, ids);
        }

        @Override
        public Totals totals(String city) throws Exception {
            return views.totals(city);
        }

        @Override
        public void close() {
            views.close();
        }
    }
}
