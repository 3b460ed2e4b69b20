package coppice.engine.views;

import coppice.api.KeyPattern;
import coppice.api.query.Query;
import coppice.engine.live.Branches;
import coppice.engine.live.CurrentBranch;
import coppice.engine.live.LiveBranch;
import coppice.engine.live.Settings;
import coppice.engine.projection.Apart;
import coppice.engine.projection.Artefacts;
import coppice.engine.projection.Deriving;
import coppice.engine.projection.KeptFollowings;
import coppice.engine.projection.Node;
import coppice.engine.projection.Results;
import coppice.engine.query.Entries;
import coppice.engine.query.OrderedIndex;
import coppice.engine.query.Rows;
import coppice.engine.query.SpaceQuery;
import coppice.engine.reading.Access;
import coppice.engine.reading.HeldState;
import coppice.engine.state.BranchState;
import coppice.engine.state.SpaceState;
import coppice.engine.storage.Gate;
import coppice.engine.storage.Storage;
import coppice.engine.terms.Failures;
import coppice.engine.typing.Typing;
import coppice.engine.upkeep.Checkpoint;
import coppice.expression.Declared;
import coppice.projection.GroupShape;
import coppice.projection.IndexShape;
import coppice.projection.RowShape;
import java.util.ArrayList;
import java.util.List;

/// Projections in states of branches, to read. Safe for all threads.
public final class Views {
    /// So many threads make a projection of many rows.
    private static final int WORKERS = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 4);

    private final Catalogue catalogue;
    private final Defining defining;
    private final Typing typing;
    private final Results results;
    private final Refreshing refreshing;

    private Views(Catalogue catalogue, Defining defining, Typing typing, Results results, Refreshing refreshing) {
        this.catalogue = catalogue;
        this.defining = defining;
        this.typing = typing;
        this.results = results;
        this.refreshing = refreshing;
    }

    /// What reads the projections of a database.
    ///
    /// @param batchBytes how much heap entries may hold that wait to be put in order
    public static Views of(
            Storage storage,
            Branches branches,
            CurrentBranch current,
            Checkpoint checkpoint,
            Settings settings,
            Gate gate,
            long batchBytes) {
        Deriving deriving = new Deriving(storage.nodes(), storage.roots(), storage.tasks(), WORKERS, batchBytes);
        Artefacts artefacts = new Artefacts(deriving);
        Results results = new Results(artefacts, storage.roots(), storage.folds());
        Catalogue catalogue = new Catalogue(settings);
        Targets targets = new Targets(storage, branches, current);
        Refreshing refreshing =
                new Refreshing(storage, targets, checkpoint, settings, catalogue, results, artefacts, gate);
        storage.followings()
                .keepOn(new KeptFollowings(artefacts, storage.nodes(), storage.roots(), refreshing::resume));
        Typing typing = new Typing(results);
        Defining defining = new Defining(catalogue, new Uniques(catalogue, results), targets, refreshing, typing);
        return new Views(catalogue, defining, typing, results, refreshing);
    }

    /// The definitions.
    public Catalogue catalogue() {
        return catalogue;
    }

    /// What takes definitions up.
    public Defining defining() {
        return defining;
    }

    /// What makes the rows of projections, and of all else that follows from rows.
    public Results results() {
        return results;
    }

    /// What makes them ready in the background.
    public Refreshing refreshing() {
        return refreshing;
    }

    /// What refuses rows that may not stand together.
    public Fitting fitting() {
        return new Fitting(typing, new Uniques(catalogue, results));
    }

    /// A projection that must be there.
    public Defined require(String name) {
        refreshing.resume();
        return catalogue.require(name);
    }

    /// Whether it takes no time to speak of to read a projection.
    public boolean isFresh(Defined defined, BranchState state) {
        return results.isNear(defined.result(), state);
    }

    /// Has the background make a projection for a state next.
    public void request(Defined defined, BranchState state) {
        refreshing.request(defined, state);
    }

    /// What reads a projection in a state; makes it first, where it is not known.
    public Reader reader(Defined defined, BranchState state) {
        SpaceState entries = results.of(defined.result(), state);
        return switch (defined.projection().shape()) {
            case IndexShape shape ->
                new IndexReader(shape, entries, results.of(defined.rows(), state), Entries.hasLong(entries));
            case GroupShape shape -> new GroupReader(shape, entries);
            case RowShape _ ->
                new RowReader(entries, defined.projection().joins().size());
        };
    }

    /// The rows that a projection gives: of an index, those that it is about.
    public SpaceState rows(Defined defined, BranchState state) {
        return results.of(node(defined), state);
    }

    /// What has the rows that a projection gives.
    public static Node node(Defined defined) {
        return defined.projection().shape() instanceof IndexShape ? defined.rows() : defined.result();
    }

    /// A question for the rows of a space in a state.
    public Query query(HeldState held, String space) {
        BranchState state = held.state();
        return SpaceQuery.of(
                space,
                _ -> Failures.guarded(
                        () -> Rows.heldBy(held, state.space(space), held.gate()).with(indexes(space, state))),
                keys -> Failures.guarded(() -> declared(space, keys, state)));
    }

    /// A question for the rows that a space of a branch has whenever it is asked.
    public Query query(LiveBranch branch, String space, Access access) {
        Gate gate = access.gate();
        return SpaceQuery.of(
                space,
                _ -> gate.guarded(() -> {
                    BranchState shown = branch.shown();
                    return Rows.holding(shown, space, access.roots(), gate).with(indexes(space, shown));
                }),
                keys -> gate.guarded(() -> declared(space, keys, branch.shown())));
    }

    /// What types say of all rows of a space with some keys.
    public Declared declared(String space, KeyPattern keys, BranchState state) {
        return typing.types(state).declared(space, keys);
    }

    /// The indexes over the rows of a space, each of which is made for a state when a query may need it.
    public List<OrderedIndex> indexes(String space, BranchState state) {
        return indexes(new Node.OfSpace(space), state);
    }

    /// The indexes over the rows of a space as a transaction sees them.
    ///
    /// @param start the state that it began with
    public OwnIndexes ownIndexes(String space, BranchState start) {
        return new OwnIndexes(catalogue.indexes().over(new Node.OfSpace(space)), new Apart(results, start, space));
    }

    /// The indexes over rows that are written, or that another projection gives.
    List<OrderedIndex> indexes(Node rows, BranchState state) {
        List<OrderedIndex> indexes = new ArrayList<>();
        for (Indexes.Index index : catalogue.indexes().over(rows)) {
            Node entries = index.entries();
            indexes.add(new OrderedIndex(
                    index.traits(), () -> results.of(entries, state), most -> results.lag(entries, state, most)));
        }
        return indexes;
    }
}
