package coppice.engine.transaction;

import coppice.api.CommitMessage;
import coppice.engine.live.LiveBranch;
import coppice.engine.live.LiveBranch.Step;
import coppice.engine.log.LogRecord;
import coppice.engine.log.SpaceWrites;
import coppice.engine.state.BranchState;
import coppice.engine.state.Folding;
import coppice.engine.state.Spaces;
import coppice.engine.storage.Storage;
import coppice.engine.terms.Descriptions;
import coppice.engine.typing.BranchTypes;
import coppice.engine.typing.Typing;
import coppice.engine.upkeep.Checkpoint;
import coppice.engine.version.Committing;
import coppice.engine.version.Vetting;
import coppice.engine.views.Fitting;
import coppice.engine.waiting.MergeStates;
import coppice.engine.waiting.Unfinished;
import coppice.kernel.bytes.Hash;
import coppice.kernel.history.Commit;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/// Makes transactions take effect: as writes, or as writes and a version in one journal record.
///
/// Such a transaction is folded while no write comes between. So replay can fold the same, and the chunks need no
/// sync of their own. What others left unfolded is folded before, beside them, and the journal is waited for with
/// nothing locked: transactions share its syncs.
///
/// Hooks that are asked and signers are called with nothing locked, about a state that is folded beside others.
/// Where those have written meanwhile, the version is what was asked about, and their writes stay uncommitted
/// over it; replay could not make it, so its chunks are synced first.
public final class Transacting {
    private static final String ACTION = "commit";

    /// What is worth folding before writers have to wait for it.
    private static final long FOLDED_BEFORE_BYTES = 256 << 10;

    private final Storage storage;
    private final Checkpoint checkpoint;
    private final MergeStates merges;
    private final Committing committing;
    private final Vetting vetting;
    private final Fitting fitting;
    private final Optional<CommitMessage> all;

    /// @param all makes every transaction a version
    public Transacting(
            Storage storage,
            Checkpoint checkpoint,
            MergeStates merges,
            Committing committing,
            Vetting vetting,
            Fitting fitting,
            Optional<CommitMessage> all) {
        this.storage = storage;
        this.checkpoint = checkpoint;
        this.merges = merges;
        this.committing = committing;
        this.vetting = vetting;
        this.fitting = fitting;
        this.all = all;
    }

    /// A transaction that is about to take effect.
    ///
    /// @param check throws when it conflicts with the newest state, the first one given, or leads to one that may
    ///     not be, the second
    public record Work(LiveBranch branch, List<SpaceWrites> writes, BiConsumer<BranchState, BranchState> check) {
        LogRecord written() {
            return new LogRecord.Writes(branch.name(), writes);
        }

        BranchState onto(BranchState newest) {
            BranchState next = newest.with(writes);
            check.accept(newest, next);
            return next;
        }
    }

    /// Writes without looking at what is there.
    void write(LiveBranch branch, List<SpaceWrites> writes) {
        run(new Work(branch, writes, (newest, next) -> {}));
    }

    /// Makes a transaction take effect, and a version where every transaction is one.
    void run(Work work) {
        typed(work, fitting -> {
            runAsItIs(fitting);
            return true;
        });
    }

    /// Does the first half of [#run]: what is written is the newest, but not kept yet and not shown. Where every
    /// transaction is a version, it is both.
    ///
    /// @return the state to wait for
    BranchState append(Work work) {
        return typed(work, fitting -> {
            if (all.isPresent()) {
                runAsItIs(fitting);
                return work.branch().newest();
            }
            return work.branch().append(work.written(), fitting::onto);
        });
    }

    /// As [#run], of what has nothing to do with types: the types themselves.
    public void runAsItIs(Work work) {
        Optional<CommitMessage> message = all.filter(_ -> isDue(work.branch()));
        if (message.isPresent()) {
            make(work, message.get());
        } else {
            work.branch().change(work.written(), work::onto);
        }
    }

    /// The types changed while something was compared with them.
    private static final class TypesMoved extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TypesMoved() {
            super("The types have changed", null, false, false);
        }
    }

    /// Does something with a transaction whose documents fit the types of its branch.
    private <T> T typed(Work work, Function<Work, T> body) {
        while (true) {
            BranchTypes types = fitting.typing().types(work.branch().newest());
            List<SpaceWrites> writes = fitting.typing().completed(types, work.writes());
            fitting.prepare(work.branch().newest(), writes);
            try {
                return body.apply(new Work(work.branch(), writes, (newest, next) -> {
                    work.check().accept(newest, next);
                    if (!Typing.isSame(types, newest)) {
                        throw new TypesMoved();
                    }
                    fitting.check(types, writes, newest, next);
                }));
            } catch (TypesMoved _) {
                // Compare with the new ones.
            }
        }
    }

    /// Makes what took effect in other ways a version, where every transaction is one.
    public void settle(LiveBranch branch) {
        all.filter(_ -> isDue(branch)).ifPresent(message -> committing.commit(branch, message));
    }

    /// Whether to commit unasked: not what a hook writes that is asked about something else, and not over the
    /// content of a merge that waits to be committed.
    private boolean isDue(LiveBranch branch) {
        return !vetting.isInside()
                && merges.find(branch).filter(Unfinished::isStaged).isEmpty();
    }

    /// Makes a transaction take effect, and a version.
    ///
    /// @return the latest commit of the branch then
    coppice.api.Commit commit(Work work, CommitMessage message) {
        Hash latest = typed(work, fitting -> make(fitting, message));
        return Descriptions.of(latest, storage.history().read(latest));
    }

    private Hash make(Work work, CommitMessage message) {
        LiveBranch branch = work.branch();
        return committing.make(
                branch,
                ACTION,
                () -> vetting.asks() || message.signer().isPresent()
                        ? vetting.untilDone(branch.name(), () -> new Question(work, message).ask())
                        : unasked(work, message));
    }

    private Committing.Outcome unasked(Work work, CommitMessage message) {
        LiveBranch branch = work.branch();
        if (branch.newest().unfoldedBytes() > FOLDED_BEFORE_BYTES) {
            checkpoint.fold(branch);
        }
        return take(branch, newest -> {
                    BranchState written = work.onto(newest);
                    Folded folded = folded(written);
                    Optional<Commit> commit = committing.next(branch, newest, folded.spaces(), message);
                    return commit.isPresent()
                            ? Optional.of(version(work, folded, commit.get()))
                            : writes(work, written);
                })
                .orElseGet(() -> new Committing.Outcome(branch.newest().commit(), false));
    }

    /// A state with all its changes put aside, and what they fold to.
    private record Folded(BranchState frozen, Spaces spaces) {}

    private Folded folded(BranchState written) {
        BranchState frozen = written.frozen();
        return new Folded(frozen, storage.folds().fold(frozen));
    }

    private Step version(Work work, Folded folded, Commit commit) {
        Hash name = storage.history().write(commit);
        BranchState next = folded.frozen().folded(folded.spaces()).committed(name, commit.catalog());
        return new Step(record(work, commit, false), next);
    }

    private LogRecord record(Work work, Commit commit, boolean isKept) {
        return new LogRecord.Transacted(
                work.branch().name(), work.writes(), commit.encode(), isKept, storage.note(ACTION, commit.message()));
    }

    private static Optional<Step> writes(Work work, BranchState written) {
        return work.writes().isEmpty() ? Optional.empty() : Optional.of(new Step(work.written(), written));
    }

    /// Takes a step while nobody folds.
    private static Optional<Committing.Outcome> take(LiveBranch branch, Function<BranchState, Optional<Step>> work) {
        Optional<Step> taken;
        branch.folding().lock();
        try {
            taken = branch.advance(work);
        } finally {
            branch.folding().unlock();
        }
        return taken.map(step -> {
            branch.acknowledge(step.next());
            return new Committing.Outcome(step.next().commit(), step.entry() instanceof LogRecord.Transacted);
        });
    }

    /// One attempt at a transaction that hooks are asked about, or that is signed.
    private final class Question {
        private final Work work;
        private final CommitMessage message;
        private final LiveBranch branch;
        private final long movedAt;
        private final BranchState base;

        Question(Work work, CommitMessage message) {
            this.work = work;
            this.message = message;
            this.branch = work.branch();
            branch.settle();
            this.movedAt = branch.movedAt();
            this.base = branch.newest();
        }

        /// Takes effect if hooks agree and the branch is then where it was.
        Optional<Committing.Outcome> ask() {
            BranchState written = work.onto(base);
            Spaces whole = Folding.whole(written);
            Optional<Commit> commit = committing.next(branch, base, whole, message);
            if (commit.isEmpty()) {
                return justWritten();
            }
            Hash name = storage.history().write(commit.get());
            vetting.ask(new Vetting.Move(branch, ACTION, base.commit(), name, List.of(name)));
            return take(branch, newest -> unwritten(newest, commit.get())).or(() -> {
                checkpoint.keepChunks();
                return take(branch, newest -> anyway(newest, commit.get()));
            });
        }

        private Optional<Committing.Outcome> justWritten() {
            if (work.writes().isEmpty()) {
                return Optional.of(new Committing.Outcome(base.commit(), false));
            }
            return take(branch, newest -> isAsItWas(newest) ? writes(work, work.onto(newest)) : Optional.empty());
        }

        private boolean isAsItWas(BranchState newest) {
            return newest.lsn() == base.lsn();
        }

        private Optional<Step> unwritten(BranchState newest, Commit commit) {
            return isAsItWas(newest) ? Optional.of(version(work, folded(work.onto(newest)), commit)) : Optional.empty();
        }

        private Optional<Step> anyway(BranchState newest, Commit commit) {
            if (branch.movedAt() != movedAt) {
                return Optional.empty();
            }
            BranchState written = work.onto(newest);
            return Optional.of(new Step(
                    record(work, commit, true), written.committed(Hash.of(commit.encode()), commit.catalog())));
        }
    }
}
