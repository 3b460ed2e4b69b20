package coppice.engine.views;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.feed.ChangeFeed;
import coppice.api.feed.FeedStart;
import coppice.api.projection.Lookup;
import coppice.api.projection.ProjectionDefinition;
import coppice.api.projection.ProjectionView;
import coppice.api.query.Query;
import coppice.api.query.Row;
import coppice.api.query.RowPage;
import coppice.engine.query.Place;
import coppice.engine.query.Rows;
import coppice.engine.query.SpaceQuery;
import coppice.engine.state.BranchState;
import coppice.engine.storage.Gate;
import coppice.kernel.bytes.Bytes;
import coppice.projection.IndexShape;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// The API's face of a projection in one state, or in the states that a branch has.
public final class EmbeddedProjection implements ProjectionView {
    private final String name;
    private final Views views;
    private final ReadStates states;
    private final Gate gate;
    private final boolean isOnlyFresh;
    private final Optional<BiFunction<Defined, FeedStart, ChangeFeed>> watching;
    private volatile @Nullable Read last;

    /// What was read last.
    private record Read(Defined defined, BranchState state, Reader reader) {}

    /// A projection that must be there.
    ///
    /// @param watching follows a projection, where states come and go
    public static ProjectionView of(
            String name,
            Views views,
            ReadStates states,
            Gate gate,
            Optional<BiFunction<Defined, FeedStart, ChangeFeed>> watching) {
        views.require(name);
        return new EmbeddedProjection(name, views, states, gate, false, watching);
    }

    @Override
    public ChangeFeed watch(FeedStart from) {
        return gate.reading(() -> watching.orElseThrow(() -> new DatabaseException.Incorrect(
                        ErrorCode.INVALID_QUERY,
                        "The projection '" + name + "' of a snapshot never changes: watch that of a branch"))
                .apply(views.require(name), from));
    }

    private EmbeddedProjection(
            String name,
            Views views,
            ReadStates states,
            Gate gate,
            boolean isOnlyFresh,
            Optional<BiFunction<Defined, FeedStart, ChangeFeed>> watching) {
        this.name = name;
        this.views = views;
        this.states = states;
        this.gate = gate;
        this.isOnlyFresh = isOnlyFresh;
        this.watching = watching;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public ProjectionDefinition definition() {
        return gate.reading(() -> views.require(name).projection().definition());
    }

    @Override
    public boolean isFresh() {
        return gate.reading(() -> views.isFresh(views.require(name), states.now()));
    }

    @Override
    public ProjectionView onlyFresh() {
        return new EmbeddedProjection(name, views, states, gate, true, watching);
    }

    /// One state, kept as long as it is read.
    private final class Reading implements AutoCloseable {
        private final Runnable release;
        private final Defined defined;
        private final BranchState state;

        Reading() {
            defined = views.require(name);
            state = states.now();
            release = states.keep(this, state);
            if (isOnlyFresh && !views.isFresh(defined, state)) {
                release.run();
                views.request(defined, state);
                throw new DatabaseException.Busy(
                                ErrorCode.REBUILDING,
                                "The projection '" + name + "' is being made for this state: try again soon, or read it"
                                        + " without onlyFresh(), which makes it first")
                        .with("projection", name);
            }
        }

        @SuppressWarnings("ReferenceEquality") // the very same state
        Reader reader() {
            Read before = last;
            if (before != null && before.defined() == defined && before.state() == state) {
                return before.reader();
            }
            Reader reader = views.reader(defined, state);
            last = new Read(defined, state, reader);
            return reader;
        }

        @Override
        public void close() {
            try {
                release.run();
            } finally {
                Reference.reachabilityFence(this); // and with it of what holds the state
            }
        }
    }

    private <T> T reading(Function<Reader, T> body) {
        return gate.reading(() -> {
            try (Reading reading = new Reading()) {
                return body.apply(reading.reader());
            }
        });
    }

    @Override
    public long count(Lookup lookup) {
        return reading(reader -> reader.count(lookup));
    }

    @Override
    public List<Row> get(@Nullable Object... values) { // as the default does, without a stream
        Lookup lookup = Lookup.equal(values);
        return reading(reader -> reader.rows(lookup));
    }

    @Override
    public Optional<Row> first(Lookup lookup) { // as the default does, without a stream
        return reading(reader -> Optional.ofNullable(
                        reader.walk(lookup, Optional.empty(), false, 1).next())
                .map(Reader.Found::row));
    }

    @Override
    public Stream<Row> rows(Lookup lookup) {
        return rows(lookup, false);
    }

    @Override
    public Stream<Row> entries(Lookup lookup) {
        return rows(lookup, true);
    }

    private Stream<Row> rows(Lookup lookup, boolean isCovered) {
        Reading reading = gate.reading(Reading::new);
        Reader.Walk walk = gate.reading(() -> reading.reader().walk(lookup, Optional.empty(), isCovered, 1));
        int traits = Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.IMMUTABLE;
        var all = new Spliterators.AbstractSpliterator<Row>(Long.MAX_VALUE, traits) {
            @Override
            public boolean tryAdvance(Consumer<? super Row> action) {
                Reader.Found found = gate.reading(walk::next);
                if (found == null) {
                    reading.close();
                    return false;
                }
                action.accept(found.row());
                return true;
            }
        };
        return StreamSupport.stream(all, false).onClose(reading::close);
    }

    @Override
    public RowPage page(Lookup lookup, int rows) {
        return page(lookup, rows, Optional.empty());
    }

    @Override
    public RowPage page(Lookup lookup, int rows, String next) {
        return page(lookup, rows, Optional.of(Place.of(next, identity(lookup)).order()));
    }

    /// What tokens belong to: the same for equal lookups.
    private String identity(Lookup lookup) {
        List<String> values =
                lookup.values().stream().map(EmbeddedProjection::shown).toList();
        return "projection " + name + ' ' + values + bounds(lookup) + lookup.isReversed();
    }

    private static String bounds(Lookup lookup) {
        return Stream.of(lookup.low(), lookup.high())
                .map(bound ->
                        bound.map(one -> shown(one.value()) + one.isInclusive()).orElse("open"))
                .toList()
                .toString();
    }

    private static String shown(@Nullable Object value) {
        String text = value instanceof byte[] key ? HexFormat.of().formatHex(key) : String.valueOf(value);
        return text.length() + ":" + text;
    }

    private RowPage page(Lookup lookup, int most, Optional<byte[]> after) {
        if (most < 1) {
            throw new IllegalArgumentException("A page holds at least 1 row, asked for " + most);
        }
        return reading(reader -> {
            int andWhetherThereAreMore = most == Integer.MAX_VALUE ? most : most + 1;
            Reader.Walk walk = reader.walk(lookup, after, false, andWhetherThereAreMore);
            List<Row> rows = new ArrayList<>();
            byte[] place = {};
            for (Reader.Found found = walk.next(); found != null; found = walk.next()) {
                if (rows.size() == most) {
                    return new RowPage(rows, Optional.of(new Place(0, place, Bytes.EMPTY).text(identity(lookup))));
                }
                rows.add(found.row());
                place = found.place();
            }
            return new RowPage(rows, Optional.empty());
        });
    }

    @Override
    public Query query() {
        Query all = SpaceQuery.of("projection " + name, _ -> rows());
        return gate.reading(() -> views.require(name).projection().shape() instanceof IndexShape index
                ? index.filter()
                        .map(condition -> all.where(condition.toString()))
                        .orElse(all)
                : all);
    }

    private Rows rows() {
        Reading reading = gate.reading(Reading::new);
        return new Rows(
                views.rows(reading.defined, reading.state),
                gate,
                reading,
                reading::close,
                views.indexes(Views.node(reading.defined), reading.state),
                isOnlyFresh);
    }
}
