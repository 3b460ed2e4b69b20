package coppice.engine;

import coppice.api.Change;
import coppice.api.ChangeCount;
import coppice.api.ChangePage;
import coppice.api.DiffQuery;
import coppice.api.Version;
import coppice.engine.state.BranchState;
import coppice.engine.state.Folding;
import coppice.engine.state.Spaces;
import coppice.kernel.bytes.Hash;
import coppice.kernel.history.Catalog;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/// Compares states.
final class Differences {
    private final Storage storage;
    private final Branches branches;
    private final RefResolver refs;

    Differences(Storage storage, Branches branches, RefResolver refs) {
        this.storage = storage;
        this.branches = branches;
        this.refs = refs;
    }

    /// Working states are made into trees for it, so it is asked for while no sweep can begin.
    private Changes changes(DiffQuery query) {
        return storage.roots()
                .writing(() -> new Changes(
                        state(query.from()),
                        state(query.to()),
                        storage.roots(),
                        query.space().map(Checks::spaceName),
                        query.keys(),
                        query.after()));
    }

    private Spaces state(Version version) {
        return switch (version) {
            case Version.Ref(String text) ->
                storage.stateAt(refs.resolve(text), 0).foldedSpaces();
            case Version.Working(String branch) ->
                working(branches.require(branch).shown());
            case Version.Empty() -> Spaces.of(storage.nodes(), storage.roots(), Catalog.empty(storage.nodes()));
        };
    }

    private static Spaces working(BranchState state) {
        return state.hasUnfolded() ? Folding.whole(state) : state.foldedSpaces();
    }

    Iterable<Change> all(DiffQuery query) {
        return changes(query);
    }

    List<ChangeCount> count(DiffQuery query) {
        return changes(query).counts();
    }

    ChangePage page(DiffQuery query, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("A page holds at least 1 change, asked for " + limit);
        }
        DiffQuery pinned =
                new DiffQuery(pinned(query.from()), pinned(query.to()), query.space(), query.keys(), query.after());
        Iterator<Change> walk = changes(pinned).iterator();
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

    private Version pinned(Version version) {
        return version instanceof Version.Ref(String text) ? pinned(refs.resolve(text)) : version;
    }

    static Version pinned(Hash commit) {
        return Version.of(commit.toString());
    }
}
