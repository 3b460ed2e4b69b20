package coppice.engine.version;

import coppice.api.CommitMessage;
import coppice.api.DatabaseException;
import coppice.api.EmptyCommit;
import coppice.api.ErrorCode;
import coppice.api.Operation;
import coppice.engine.flight.RecordedCommit;
import coppice.engine.live.LiveBranch;
import coppice.engine.log.LogRecord;
import coppice.engine.log.Note;
import coppice.engine.state.BranchState;
import coppice.engine.state.Spaces;
import coppice.engine.storage.Storage;
import coppice.engine.upkeep.Checkpoint;
import coppice.engine.waiting.MergeStates;
import coppice.kernel.bytes.Hash;
import coppice.kernel.history.Commit;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Makes the working states of branches versions.
///
/// Without hooks, a mark puts the changes aside under the branch's own lock; they are folded beside later writers. The
/// record then names the commit that replay must arrive at, so the chunks need no sync of their own.
///
/// Hooks are asked about a folded state, with nothing locked. If nobody has written meanwhile, the commit is made as
/// above. Else it becomes the latest one as in a soft reset, and what was written stays uncommitted over it; replay
/// could not make that commit, so its chunks are synced first.
public final class Committing {
    /// What the reflog says when a commit was made on top of the latest one.
    public static final String COMMIT = "commit";

    private final Storage storage;
    private final Checkpoint checkpoint;
    private final Versions versions;
    private final MergeStates merges;
    private final Moving moving;
    private final Vetting vetting;

    public Committing(
            Storage storage,
            Checkpoint checkpoint,
            Versions versions,
            MergeStates merges,
            Moving moving,
            Vetting vetting) {
        this.storage = storage;
        this.checkpoint = checkpoint;
        this.versions = versions;
        this.merges = merges;
        this.moving = moving;
        this.vetting = vetting;
    }

    /// What is to become of a working state.
    private interface Plan {
        String action();

        /// The commit, or nothing when none is to be made.
        ///
        /// @param state as of now
        /// @param folded the whole of its working state
        Optional<Commit> commit(BranchState state, Spaces folded);
    }

    /// The latest commit of a branch afterwards.
    ///
    /// @param isNew whether it was made
    public record Outcome(Hash commit, boolean isNew) {}

    /// Commits a branch's working state as of now.
    public Hash commit(LiveBranch branch, CommitMessage message) {
        return run(branch, new Plan() {
            @Override
            public String action() {
                return COMMIT;
            }

            @Override
            public Optional<Commit> commit(BranchState state, Spaces folded) {
                return next(branch, state, folded, message);
            }
        });
    }

    /// The commit of a branch's working state on top of its latest one, not stored yet; nothing when nothing has
    /// changed and none is to be made then.
    ///
    /// @param folded the whole of the working state
    public Optional<Commit> next(LiveBranch branch, BranchState state, Spaces folded, CommitMessage message) {
        List<Hash> parents = parents(branch, state.commit());
        boolean isEmpty = parents.size() == 1 && folded.root().equals(state.committedCatalog());
        if (isEmpty && message.whenEmpty() == EmptyCommit.REFUSE) {
            throw nothing(branch);
        }
        return isEmpty && message.whenEmpty() == EmptyCommit.SKIP
                ? Optional.empty()
                : Optional.of(versions.prepare(folded.root(), parents, message));
    }

    private static DatabaseException nothing(LiveBranch branch) {
        return new DatabaseException.Incorrect(
                        ErrorCode.NOTHING_TO_COMMIT,
                        "Nothing has changed on branch '" + branch.name()
                                + "' since its latest commit: change something, or allow an empty commit")
                .with("branch", branch.name());
    }

    /// The parents of the next commit of a branch: after a merge that was not committed, there are two.
    private List<Hash> parents(LiveBranch branch, Hash head) {
        return merges.otherParent(branch, head)
                .map(theirs -> List.of(head, theirs))
                .orElse(List.of(head));
    }

    /// Commits a branch's working state as of now in place of its latest commit.
    public Hash amend(LiveBranch branch, CommitMessage message) {
        return run(branch, new Plan() {
            @Override
            public String action() {
                return "amend";
            }

            @Override
            public Optional<Commit> commit(BranchState state, Spaces folded) {
                Commit replaced = storage.history().read(state.commit());
                if (replaced.parents().isEmpty()) {
                    throw new DatabaseException.Incorrect(
                            ErrorCode.UNKNOWN_REF,
                            "The first commit of a database cannot be amended: make a commit on top of it");
                }
                CommitMessage as = message.author().isPresent() ? message : message.by(replaced.author());
                CommitMessage full =
                        as.authored().isPresent() ? as : as.at(Instant.ofEpochMilli(replaced.authoredAt()));
                return Optional.of(versions.prepare(folded.root(), replaced.parents(), full));
            }
        });
    }

    private Hash run(LiveBranch branch, Plan plan) {
        return make(
                branch,
                plan.action(),
                () -> vetting.asks()
                        ? vetting.untilDone(branch.name(), () -> asking(branch, plan))
                        : unasked(branch, plan));
    }

    /// Makes a commit of a branch: alone when hooks are asked, and telling them afterwards.
    public Hash make(LiveBranch branch, String action, Supplier<Outcome> making) {
        return storage.meters().of(Operation.COMMIT).time(() -> {
            RecordedCommit recorded = new RecordedCommit();
            long folded = branch.newest().unfoldedBytes();
            Outcome outcome = vetting.alone(branch, () -> storage.roots().writing(making));
            if (outcome.isNew()) {
                vetting.tellCommits(branch, action, List.of(outcome.commit()));
            }
            recorded.done(branch.name(), action, outcome.commit(), folded);
            return outcome.commit();
        });
    }

    /// Makes the commit, and waits for the journal with nothing locked: commits share its syncs.
    private Outcome unasked(LiveBranch branch, Plan plan) {
        Optional<BranchState> made;
        branch.folding().lock();
        try {
            made = folding(branch, plan);
        } finally {
            branch.folding().unlock();
        }
        made.ifPresent(branch::acknowledge);
        return new Outcome(made.orElseGet(branch::newest).commit(), made.isPresent());
    }

    /// Makes the commit; again when the branch was moved by somebody who does not fold.
    ///
    /// @return the state that it made, not kept yet; nothing when no commit is to be made
    private Optional<BranchState> folding(LiveBranch branch, Plan plan) {
        while (true) {
            BranchState frozen = branch.append(new LogRecord.Mark(branch.name()), BranchState::frozen);
            Spaces folded = storage.folds().fold(frozen);
            Optional<Commit> commit = plan.commit(frozen, folded);
            if (commit.isEmpty()) {
                branch.represent(newest -> newest.folded(folded));
                return Optional.empty();
            }
            storage.history().write(commit.get());
            Predicate<BranchState> unmoved = newest -> newest.commit().equals(frozen.commit());
            Optional<BranchState> made = take(branch, unmoved, plan, commit.get(), folded);
            if (made.isPresent()) {
                return made;
            }
        }
    }

    /// Moves the branch to a commit of what was put aside last.
    private Optional<BranchState> take(
            LiveBranch branch, Predicate<BranchState> condition, Plan plan, Commit commit, Spaces folded) {
        byte[] bytes = commit.encode();
        LogRecord record = new LogRecord.Committed(branch.name(), bytes, note(plan, commit));
        return branch.appendIf(
                condition, record, newest -> newest.folded(folded).committed(Hash.of(bytes), folded.root()));
    }

    private Note note(Plan plan, Commit commit) {
        return storage.note(plan.action(), commit.message());
    }

    /// Makes the commit if hooks agree and the branch is then where it was.
    private Optional<Outcome> asking(LiveBranch branch, Plan plan) {
        branch.settle();
        long movedAt = branch.movedAt();
        BranchState state = checkpoint.fold(branch);
        Optional<Commit> commit = plan.commit(state, state.foldedSpaces());
        if (commit.isEmpty()) {
            return Optional.of(new Outcome(state.commit(), false));
        }
        Hash name = storage.history().write(commit.get());
        vetting.ask(new Vetting.Move(branch, plan.action(), state.commit(), name, List.of(name)));
        Predicate<BranchState> unmoved = _ -> branch.movedAt() == movedAt;
        boolean done = takeUnwritten(branch, unmoved, plan, commit.get())
                || takeAnyway(branch, unmoved, name, note(plan, commit.get()));
        return done ? Optional.of(new Outcome(name, true)) : Optional.empty();
    }

    /// Moves the branch to a commit of its working state, if that is what it still is.
    private boolean takeUnwritten(LiveBranch branch, Predicate<BranchState> unmoved, Plan plan, Commit commit) {
        Optional<BranchState> made = Optional.empty();
        branch.folding().lock();
        try {
            BranchState frozen = branch.append(new LogRecord.Mark(branch.name()), BranchState::frozen);
            Spaces folded = storage.folds().fold(frozen);
            if (folded.root().equals(commit.catalog())) {
                made = take(branch, unmoved, plan, commit, folded);
            }
        } finally {
            branch.folding().unlock();
        }
        made.ifPresent(branch::acknowledge);
        return made.isPresent();
    }

    /// Moves the branch to a commit under its working state, which has been written to.
    private boolean takeAnyway(LiveBranch branch, Predicate<BranchState> unmoved, Hash commit, Note why) {
        if (!unmoved.test(branch.newest())) {
            return false;
        }
        checkpoint.keepChunks();
        return moving.replaceCommit(branch, unmoved, commit, why);
    }
}
