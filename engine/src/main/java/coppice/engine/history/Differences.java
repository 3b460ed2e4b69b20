package coppice.engine.history;

import coppice.api.Change;
import coppice.api.ChangeCount;
import coppice.api.ChangePage;
import coppice.api.DiffQuery;
import coppice.api.Version;
import coppice.engine.live.Branches;
import coppice.engine.refs.RefResolver;
import coppice.engine.state.BranchState;
import coppice.engine.state.Folding;
import coppice.engine.state.Spaces;
import coppice.engine.storage.Storage;
import coppice.engine.terms.Checks;
import coppice.engine.version.Changes;
import coppice.kernel.bytes.Hash;
import coppice.kernel.history.Catalog;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/// Compares states.
public final class Differences {
    private final Storage storage;
    private final Branches branches;
    private final RefResolver refs;

    public Differences(Storage storage, Branches branches, RefResolver refs) {
        this.storage = storage;
        this.branches = branches;
        this.refs = refs;
    }

    /// One side of a comparison.
    ///
    /// @param version names it; a commit by its hash, so that it stays what it is
    private record Side(Version version, Spaces state) {}

    private Changes changes(DiffQuery query) {
        return storage.roots().writing(() -> changes(query, side(query.from()), side(query.to())));
    }

    /// Working states are made into trees for it, so it is asked for while no sweep can begin.
    private Changes changes(DiffQuery query, Side from, Side to) {
        return new Changes(
                from.state(),
                to.state(),
                storage.roots(),
                query.space().map(Checks::spaceName),
                query.keys(),
                query.after());
    }

    private Side side(Version version) {
        return switch (version) {
            case Version.Ref(String text) -> {
                Hash commit = refs.resolve(text);
                yield new Side(
                        Version.of(commit.toString()),
                        storage.stateAt(commit, 0).foldedSpaces());
            }
            case Version.Working(String branch) ->
                new Side(version, working(branches.require(branch).shown()));
            case Version.Empty() ->
                new Side(version, Spaces.of(storage.nodes(), storage.roots(), Catalog.empty(storage.nodes())));
        };
    }

    private static Spaces working(BranchState state) {
        return state.hasUnfolded() ? Folding.whole(state) : state.foldedSpaces();
    }

    /// All changes between two states as of now, found while one walks over them.
    public Iterable<Change> all(DiffQuery query) {
        return changes(query);
    }

    /// How many changes there are, by space.
    public List<ChangeCount> count(DiffQuery query) {
        return changes(query).counts();
    }

    /// Some changes, and where the next page begins. Both states are pinned, so that all pages are of the same.
    ///
    /// @param limit at least 1
    public ChangePage page(DiffQuery query, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("A page holds at least 1 change, asked for " + limit);
        }
        return storage.roots().writing(() -> {
            Side from = side(query.from());
            Side to = side(query.to());
            DiffQuery pinned = new DiffQuery(from.version(), to.version(), query.space(), query.keys(), query.after());
            return page(pinned, changes(pinned, from, to).iterator(), limit);
        });
    }

    private static ChangePage page(DiffQuery pinned, Iterator<Change> walk, int limit) {
        List<Change> page = new ArrayList<>();
        while (page.size() < limit && walk.hasNext()) {
            page.add(walk.next());
        }
        boolean more = page.size() == limit && walk.hasNext();
        return new ChangePage(
                page,
                more
                        ? Optional.of(pinned.after(
                                page.getLast().space(), page.getLast().key()))
                        : Optional.empty());
    }
}
