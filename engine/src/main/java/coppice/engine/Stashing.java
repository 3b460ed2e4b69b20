package coppice.engine;

import coppice.api.Change;
import coppice.api.CommitMessage;
import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.Resolver;
import coppice.api.StashEntry;
import coppice.api.StashOutcome;
import coppice.engine.log.LogRecord;
import coppice.engine.log.Note;
import coppice.engine.state.BranchState;
import coppice.engine.state.Folding;
import coppice.engine.state.Spaces;
import coppice.kernel.bytes.Hash;
import coppice.kernel.history.Commit;
import coppice.kernel.history.Refs;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// Puts working states aside, as commits that refs of their own name. The names are numbers that grow, so their
/// order is that in which they were made.
final class Stashing {
    private static final String BRANCH = "stash.branch";
    private static final int DIGITS = 12;
    private static final int ATTEMPTS = 20;

    private final Storage storage;
    private final Checkpoint checkpoint;
    private final Versions versions;
    private final Branches branches;
    private final Moving moving;
    private final Replaying replaying;
    private final ReentrantLock changing = new ReentrantLock();

    Stashing(
            Storage storage,
            Checkpoint checkpoint,
            Versions versions,
            Branches branches,
            Moving moving,
            Replaying replaying) {
        this.storage = storage;
        this.checkpoint = checkpoint;
        this.versions = versions;
        this.branches = branches;
        this.moving = moving;
        this.replaying = replaying;
    }

    /// A stash and the whole name of its ref.
    private record Stashed(String ref, Hash commit, StashEntry entry) {}

    /// Does what changes the stack, and writes trees.
    private <T> T alone(Supplier<T> body) {
        changing.lock();
        try {
            return storage.roots().writing(body);
        } finally {
            changing.unlock();
        }
    }

    Optional<StashEntry> push(LiveBranch branch, Optional<String> message) {
        return alone(() -> {
            branch.folding().lock();
            try {
                return putAside(branch, message) ? Optional.of(require(0).entry()) : Optional.empty();
            } finally {
                branch.folding().unlock();
            }
        });
    }

    /// The mark puts the changes aside under the branch's own lock; they are folded beside later writers. The
    /// record then names the commit that replay must arrive at.
    private boolean putAside(LiveBranch branch, Optional<String> message) {
        BranchState frozen = branch.append(new LogRecord.Mark(branch.name()), BranchState::frozen);
        Spaces folded = Folding.fold(frozen);
        Hash head = frozen.commit();
        if (folded.root().equals(frozen.committedCatalog())) {
            branch.represent(newest -> newest.folded(folded));
            return false;
        }
        Spaces clean = Spaces.load(storage.nodes(), storage.roots(), frozen.committedCatalog());
        String text = message.orElseGet(
                () -> "WIP on " + branch.name() + ": " + head.toString().substring(0, 10) + " " + title(head));
        Commit commit = versions.prepare(
                folded.root(), List.of(head), CommitMessage.of(text).with(BRANCH, branch.name()));
        storage.history().write(commit);
        String ref = RefNames.STASH + String.format("%0" + DIGITS + "d", nextNumber());
        LogRecord.Stashed record =
                new LogRecord.Stashed(branch.name(), ref, commit.encode(), storage.note("stash", text));
        branches.stash(branch, record, newest -> newest.folded(clean).committed(head, frozen.committedCatalog()));
        return true;
    }

    private String title(Hash commit) {
        return replaying.read(commit).message().lines().findFirst().orElse("");
    }

    private long nextNumber() {
        List<Refs.Ref> refs = branches.list(RefNames.STASH);
        return refs.isEmpty() ? 1 : 1 + Long.parseLong(refs.getLast().name().substring(RefNames.STASH.length()));
    }

    List<StashEntry> list() {
        return storage.roots()
                .writing(() -> stack().stream().map(Stashed::entry).toList());
    }

    private List<Stashed> stack() {
        List<Refs.Ref> refs = branches.list(RefNames.STASH).reversed();
        return java.util.stream.IntStream.range(0, refs.size())
                .mapToObj(index -> stashed(refs.get(index), index))
                .toList();
    }

    private Stashed stashed(Refs.Ref ref, int index) {
        Hash commit = ref.value().commit();
        coppice.api.Commit described = versions.describe(commit);
        String branch = described.metadata().getOrDefault(BRANCH, "");
        StashEntry entry = new StashEntry(index, branch, described.parents().getFirst(), described);
        return new Stashed(ref.name(), commit, entry);
    }

    private Stashed require(int index) {
        List<Refs.Ref> refs = branches.list(RefNames.STASH).reversed();
        if (index < 0 || index >= refs.size()) {
            throw new DatabaseException.NotFound(
                            ErrorCode.UNKNOWN_STASH,
                            "There is no stash@{" + index + "}, there are " + refs.size() + ": see stash().list()")
                    .with("index", index);
        }
        return stashed(refs.get(index), index);
    }

    Iterable<Change> show(int index) {
        return storage.roots().writing(() -> {
            Hash commit = require(index).commit();
            return versions.diff(replaying.read(commit).parents().getFirst(), commit);
        });
    }

    StashOutcome apply(LiveBranch branch, int index, Resolver resolver) {
        return storage.roots().writing(() -> apply(branch, require(index), resolver));
    }

    StashOutcome pop(LiveBranch branch, int index, Resolver resolver) {
        return alone(() -> {
            Stashed stashed = require(index);
            StashOutcome outcome = apply(branch, stashed, resolver);
            if (outcome instanceof StashOutcome.Applied) {
                remove(stashed);
            }
            return outcome;
        });
    }

    StashEntry drop(int index) {
        return alone(() -> {
            Stashed stashed = require(index);
            remove(stashed);
            return stashed.entry();
        });
    }

    private void remove(Stashed stashed) {
        branches.remove(stashed.ref(), storage.note("stash", "dropped"), _ -> {});
    }

    private StashOutcome apply(LiveBranch branch, Stashed stashed, Resolver resolver) {
        Replaying.Change change = replaying.change(stashed.commit(), 1);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            branch.settle();
            BranchState state = checkpoint.fold(branch);
            Replaying.Result result = replaying.merge(
                    replaying.catalog(change.base()),
                    state.foldedSpaces().catalog(),
                    replaying.catalog(change.theirs()),
                    resolver);
            if (!result.conflicts().isEmpty()) {
                return new StashOutcome.Conflicted(stashed.entry(), result.conflicts());
            }
            Spaces merged = Spaces.of(storage.nodes(), storage.roots(), result.catalog());
            checkpoint.keepChunks();
            Note note =
                    storage.note("stash", "applied " + stashed.entry().commit().title());
            if (moving.replaceWorking(branch, state, merged, note)) {
                return new StashOutcome.Applied(stashed.entry());
            }
        }
        throw new DatabaseException.Conflict("Branch '" + branch.name() + "' was written to at every one of " + ATTEMPTS
                + " attempts to apply a stash: try again when there is less to do");
    }
}
