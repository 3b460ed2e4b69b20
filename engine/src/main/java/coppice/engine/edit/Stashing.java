package coppice.engine.edit;

import coppice.api.Change;
import coppice.api.CommitMessage;
import coppice.api.Conflict;
import coppice.api.ConflictSides;
import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.Resolver;
import coppice.api.StashEntry;
import coppice.api.StashOutcome;
import coppice.api.StashPick;
import coppice.engine.live.Branches;
import coppice.engine.live.LiveBranch;
import coppice.engine.live.RefNames;
import coppice.engine.live.Reflog;
import coppice.engine.log.LogRecord;
import coppice.engine.log.Note;
import coppice.engine.merge.Replaying;
import coppice.engine.merge.ThreeWay;
import coppice.engine.merge.Writings;
import coppice.engine.merge.Written;
import coppice.engine.state.BranchState;
import coppice.engine.state.Spaces;
import coppice.engine.storage.Storage;
import coppice.engine.upkeep.Checkpoint;
import coppice.engine.version.Moving;
import coppice.engine.version.Versions;
import coppice.engine.waiting.Decision;
import coppice.engine.waiting.Decisions;
import coppice.engine.waiting.Unfinished;
import coppice.engine.waiting.Unstash;
import coppice.engine.waiting.Waiting;
import coppice.kernel.bytes.Hash;
import coppice.kernel.history.Catalog;
import coppice.kernel.history.Commit;
import coppice.kernel.history.RefValue;
import coppice.kernel.history.Refs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// Puts working states aside, as commits that refs of their own name. The names are numbers that grow, so their
/// order is that in which they were made.
public final class Stashing {
    /// What the reflog calls it.
    static final String WORD = "stash";

    private static final String BRANCH = "stash.branch";
    private static final int DIGITS = 12;
    private static final int ATTEMPTS = 20;

    private final Storage storage;
    private final Checkpoint checkpoint;
    private final Versions versions;
    private final Branches branches;
    private final Moving moving;
    private final Replaying replaying;
    private final Waiting waiting;
    private final ReentrantLock changing = new ReentrantLock();

    Stashing(
            Storage storage,
            Checkpoint checkpoint,
            Versions versions,
            Branches branches,
            Moving moving,
            Replaying replaying,
            Waiting waiting) {
        this.storage = storage;
        this.checkpoint = checkpoint;
        this.versions = versions;
        this.branches = branches;
        this.moving = moving;
        this.replaying = replaying;
        this.waiting = waiting;
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

    /// Puts the working state of a branch aside, and takes the branch back to its commit.
    ///
    /// @return the entry, or empty when there was nothing to put aside
    public Optional<StashEntry> push(LiveBranch branch, Optional<String> message) {
        return alone(() -> {
            branch.folding().lock();
            try {
                requireNotMerged(branch);
                return putAside(branch, message) ? Optional.of(require(0).entry()) : Optional.empty();
            } finally {
                branch.folding().unlock();
            }
        });
    }

    /// Putting merged content aside would leave a merge behind whose commit has nothing of it.
    private void requireNotMerged(LiveBranch branch) {
        if (waiting.merges().find(branch).filter(Unfinished::isStaged).isPresent()) {
            throw new DatabaseException.Incorrect(
                            ErrorCode.MERGE_IN_PROGRESS,
                            "The working state of '" + branch.name() + "' is that of a merge that is not finished: "
                                    + "commit or abort it (see merging()), then stash")
                    .with("branch", branch.name());
        }
    }

    /// The mark puts the changes aside under the branch's own lock; they are folded beside later writers. The
    /// record then names the commit that replay must arrive at.
    private boolean putAside(LiveBranch branch, Optional<String> message) {
        BranchState frozen = branch.append(new LogRecord.Mark(branch.name()), BranchState::frozen);
        Spaces folded = storage.folds().fold(frozen);
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
        String ref = nextRef();
        LogRecord.Stashed record = new LogRecord.Stashed(branch.name(), ref, commit.encode(), storage.note(WORD, text));
        branches.stash(branch, record, newest -> newest.folded(clean).committed(head, frozen.committedCatalog()));
        return true;
    }

    private String title(Hash commit) {
        return replaying.read(commit).message().lines().findFirst().orElse("");
    }

    private String nextRef() {
        List<Refs.Ref> refs = branches.list(RefNames.STASH);
        long number =
                refs.isEmpty() ? 1 : 1 + Long.parseLong(refs.getLast().name().substring(RefNames.STASH.length()));
        return RefNames.STASH + String.format("%0" + DIGITS + "d", number);
    }

    /// All entries, newest first.
    public List<StashEntry> list() {
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

    /// What an entry would change.
    ///
    /// @param index from 0, the newest
    public Iterable<Change> show(int index) {
        return storage.roots().writing(() -> {
            Hash commit = require(index).commit();
            return versions.diff(replaying.read(commit).parents().getFirst(), commit);
        });
    }

    /// Brings an entry back.
    ///
    /// @param pop whether it is dropped then
    public StashOutcome bring(LiveBranch branch, StashPick pick, boolean pop) {
        return alone(() -> {
            waiting.requireNoMergedContent(branch);
            if (pick.keepConflicts()) {
                waiting.requireNothing(branch);
            }
            Stashed stashed = require(pick.index());
            long now = storage.clock().millis();
            Unstash how = new Unstash(stashed.ref(), stashed.commit(), pop, now, branch.createdAt(), pick.rules());
            Note note =
                    storage.note(WORD, how.words(": " + stashed.entry().commit().title()));
            return bring(branch, stashed, how, pick.resolver(), pick.keepConflicts(), note);
        });
    }

    /// What waits on a branch.
    public Optional<Unstash> waiting(LiveBranch branch) {
        return alone(() -> waiting.stashes().find(branch));
    }

    /// The entry of what waits.
    public StashEntry entry(Unstash waits) {
        return alone(() -> find(waits).entry());
    }

    private Stashed find(Unstash waits) {
        return stack().stream()
                .filter(stashed -> stashed.ref().equals(waits.ref()))
                .findFirst()
                .orElseThrow();
    }

    /// Goes on with one that waits for its conflicts to be decided.
    public StashOutcome resume(LiveBranch branch, Unstash waits) {
        return alone(() -> {
            require(branch, waits);
            Resolver decided = waiting.decisions().resolver(branch);
            return bring(branch, find(waits), waits, decided, true, waits.note(storage.author()));
        });
    }

    /// Gives up what waits; the branch and the entry stay as they are.
    public void abort(LiveBranch branch, Unstash waits) {
        alone(() -> {
            require(branch, waits);
            waiting.stashes().end(branch.name());
            return true;
        });
    }

    /// Refuses to go on with what is over.
    public void require(LiveBranch branch, Unstash waits) {
        if (waiting.stashes().find(branch).filter(waits::equals).isEmpty()) {
            throw Replays.over(branch, WORD);
        }
    }

    /// What works out what an entry makes of a state of a branch.
    ThreeWay work(Unstash how, BranchState state, Resolver resolver) {
        return replaying.work(
                replaying.change(how.commit(), 1),
                state.foldedSpaces().catalog(),
                writings -> written(writings, state),
                how.rules(),
                resolver);
    }

    /// What works out what an entry makes of a branch as it is now.
    public ThreeWay work(LiveBranch branch, Unstash how, Resolver resolver) {
        branch.settle();
        return work(how, checkpoint.fold(branch), resolver);
    }

    /// What is not committed is written now.
    private Written written(Writings writings, BranchState state) {
        Written committed = writings.of(state.commit());
        Catalog before = Catalog.load(storage.nodes(), state.committedCatalog());
        Catalog now = state.foldedSpaces().catalog();
        return (space, key) ->
                Arrays.equals(before.rows(space).get(key), now.rows(space).get(key))
                        ? committed.millis(space, key)
                        : storage.clock().millis();
    }

    /// How to call the sides of the conflicts of one that waits.
    public ConflictSides sides(LiveBranch branch, Unstash how) {
        Hash base = replaying.read(how.commit()).parents().getFirst();
        return new ConflictSides(
                replaying.title(base), branch.name(), find(how).entry().ref());
    }

    private StashOutcome bring(
            LiveBranch branch, Stashed stashed, Unstash how, Resolver resolver, boolean keep, Note note) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            branch.settle();
            BranchState state = checkpoint.fold(branch);
            List<Decision> decided = new ArrayList<>();
            List<Conflict> conflicts = new ArrayList<>();
            Catalog merged =
                    work(how, state, Decisions.noting(resolver, decided)).merge(conflicts::add);
            if (!conflicts.isEmpty()) {
                if (keep) {
                    waiting.stashes().put(branch, how, decided);
                }
                return new StashOutcome.Conflicted(stashed.entry(), sides(branch, how), conflicts);
            }
            Spaces content = Spaces.of(storage.nodes(), storage.roots(), merged);
            checkpoint.keepChunks();
            if (moving.replaceWorking(branch, state, content, note)) {
                return done(branch, stashed, how);
            }
        }
        throw new DatabaseException.Conflict("Branch '" + branch.name() + "' was written to at every one of " + ATTEMPTS
                + " attempts to apply a stash: try again when there is less to do");
    }

    private StashOutcome done(LiveBranch branch, Stashed stashed, Unstash how) {
        if (how.pop()) {
            remove(stashed);
        }
        if (waiting.stashes().isFor(branch, how)) {
            waiting.stashes().end(branch.name());
        }
        return new StashOutcome.Applied(stashed.entry());
    }

    /// What was dropped of the stack.
    private record Dropped(long lsn, String ref, Hash commit) {}

    /// Puts an entry back that was dropped when it came back to a branch: at its place on the stack, or on top when
    /// another is there by now.
    ///
    /// @param came what the reflog says of its return
    /// @return its ref, if there was something to put back
    Optional<String> putBack(Reflog.Entry came, Note why) {
        return Unstash.popped(came.move().note())
                .flatMap(digits -> alone(() -> dropped(digits, came.lsn()).map(dropped -> place(dropped, why))));
    }

    private String place(Dropped dropped, Note why) {
        String ref = branches.ref(dropped.ref()).isPresent() ? nextRef() : dropped.ref();
        branches.place(ref, RefValue.pointer(dropped.commit(), 0, why.millis()), why, _ -> {});
        return ref;
    }

    /// The first drop of an entry since a position, unless it is on the stack again.
    private Optional<Dropped> dropped(String digits, long since) {
        List<Dropped> all = new ArrayList<>();
        branches.reflog().refs().stream()
                .filter(ref -> ref.startsWith(RefNames.STASH))
                .forEach(ref -> branches.visitMoves(ref, (lsn, move) -> {
                    Hash commit = move.from();
                    if (commit != null && move.to() == null && commit.toString().startsWith(digits)) {
                        all.add(new Dropped(lsn, ref, commit));
                    }
                    return lsn > since;
                }));
        return all.stream()
                .filter(dropped -> dropped.lsn() > since)
                .min(Comparator.comparingLong(Dropped::lsn))
                .filter(dropped -> branches.list(RefNames.STASH).stream()
                        .noneMatch(ref -> ref.value().commit().equals(dropped.commit())));
    }

    /// Forgets an entry.
    ///
    /// @param index from 0, the newest
    public StashEntry drop(int index) {
        return alone(() -> {
            Stashed stashed = require(index);
            remove(stashed);
            return stashed.entry();
        });
    }

    private void remove(Stashed stashed) {
        branches.remove(stashed.ref(), storage.note(WORD, "dropped"), _ -> {});
    }
}
