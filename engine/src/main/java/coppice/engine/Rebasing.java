package coppice.engine;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.RebaseDecision;
import coppice.api.RebaseOutcome;
import coppice.api.RebasePlan;
import coppice.api.RebaseProgress;
import coppice.api.RebaseStep;
import coppice.api.Resolver;
import coppice.engine.edit.RebaseState;
import coppice.engine.edit.RebaseState.Step;
import coppice.engine.edit.RebaseState.Stop;
import coppice.kernel.bytes.Hash;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// Rebases branches. A rebase that runs through is worked out and moves the branch; nothing of it is remembered on
/// the way. One that stops is remembered by [RebaseShelf], which it then consults at every step, so that a crash
/// anywhere leaves a rebase that can go on or one that is over.
final class Rebasing {
    private static final String ACTION = "rebase";

    private final Storage storage;
    private final Checkpoint checkpoint;
    private final Versions versions;
    private final RefResolver refs;
    private final Moving moving;
    private final Vetting vetting;
    private final RebaseSteps steps;
    private final RebaseShelf shelf;
    private final Map<String, ReentrantLock> busy = new ConcurrentHashMap<>();

    Rebasing(
            Storage storage,
            Checkpoint checkpoint,
            Versions versions,
            RefResolver refs,
            Moving moving,
            Vetting vetting,
            RebaseSteps steps,
            RebaseShelf shelf) {
        this.storage = storage;
        this.checkpoint = checkpoint;
        this.versions = versions;
        this.refs = refs;
        this.moving = moving;
        this.vetting = vetting;
        this.steps = steps;
        this.shelf = shelf;
    }

    /// How a call ended, and the commits that were made for a branch that moved.
    private record Done(RebaseOutcome outcome, List<Hash> made) {}

    RebasePlan plan(LiveBranch branch, String onto, String since) {
        return storage.roots().writing(() -> {
            Hash head = branch.shown().commit();
            return new RebasePlan(
                    Descriptions.id(head),
                    Descriptions.id(refs.resolve(onto)),
                    steps.picks(refs.resolve(since), head).stream()
                            .map(RebaseSteps::shown)
                            .toList(),
                    Resolver.NONE,
                    false);
        });
    }

    RebaseOutcome start(LiveBranch branch, RebasePlan plan) {
        return told(branch, () -> {
            if (current(branch).isPresent()) {
                throw new DatabaseException.Incorrect(
                                ErrorCode.REBASE_UNDER_WAY,
                                "A rebase of '" + branch.name() + "' is under way: resume, skip or abort it first")
                        .with("branch", branch.name());
            }
            moving.cleanHead(branch, "rebase");
            List<Step> planned = plan.steps().stream()
                    .map(step -> new Step(step.action(), resolve(step.commit().hex()), step.message()))
                    .toList();
            RebaseState state = RebaseState.begin(
                    resolve(plan.onto().hex()), resolve(plan.from().hex()), plan.keepEmpty(), planned);
            shelf.check(branch, state);
            return go(branch, state, plan.resolver(), false);
        });
    }

    private Hash resolve(String hex) {
        return refs.resolve(hex);
    }

    Optional<RebaseProgress> progress(LiveBranch branch) {
        return alone(branch, () -> current(branch).map(state -> progress(branch, state)));
    }

    RebaseOutcome resume(LiveBranch branch, RebaseDecision decision) {
        return told(branch, () -> {
            RebaseState state = require(branch);
            RebaseState next = switch (state.stop()) {
                case NONE -> state;
                case CONFLICT -> steps.decided(state, decision.message());
                case REWORD -> state.advanced(steps.reworded(state.top(), decision.message()));
                case EDIT -> {
                    Hash edited = steps.reworded(shelf.edited(branch), decision.message());
                    yield shelf.put(branch, state.advanced(edited));
                }
            };
            return go(branch, next, decision.resolver(), true);
        });
    }

    RebaseOutcome skip(LiveBranch branch) {
        return told(branch, () -> {
            RebaseState state = require(branch);
            RebaseState next = state.stop() == Stop.NONE ? state : shelf.put(branch, state.dropped());
            return go(branch, next, Resolver.NONE, true);
        });
    }

    void abort(LiveBranch branch) {
        alone(branch, () -> {
            shelf.remove(branch, require(branch));
            return true;
        });
    }

    /// Does what is done by one at a time for each branch, and writes trees.
    private <T> T alone(LiveBranch branch, Supplier<T> body) {
        ReentrantLock lock = busy.computeIfAbsent(branch.name(), _ -> new ReentrantLock());
        lock.lock();
        try {
            return storage.roots().writing(body);
        } finally {
            lock.unlock();
        }
    }

    /// As [#alone], and tells hooks of the commits that were made.
    private RebaseOutcome told(LiveBranch branch, Supplier<Done> body) {
        Done done = alone(branch, body);
        vetting.tellCommits(branch, ACTION, done.made());
        return done.outcome();
    }

    private RebaseState require(LiveBranch branch) {
        return current(branch)
                .orElseThrow(() -> new DatabaseException.Incorrect(
                                ErrorCode.NO_REBASE,
                                "No rebase of '" + branch.name() + "' is under way: begin one with rebase().onto(ref)")
                        .with("branch", branch.name()));
    }

    /// What is remembered, unless a crash came between the branch's move and forgetting it.
    private Optional<RebaseState> current(LiveBranch branch) {
        Optional<RebaseState> found = shelf.find(branch);
        if (found.isPresent() && isOver(found.get(), branch.shown().commit())) {
            shelf.remove(branch, found.get());
            return Optional.empty();
        }
        return found;
    }

    private boolean isOver(RebaseState state, Hash head) {
        return state.stop() == Stop.NONE
                && state.steps().isEmpty()
                && storage.history().isAncestor(state.reached(), head)
                && (state.reached().equals(state.original())
                        || !storage.history().isAncestor(state.original(), head));
    }

    /// Does all steps that are left, until it stops or is done.
    ///
    /// @param remembered whether the shelf has an earlier state
    private Done go(LiveBranch branch, RebaseState begin, Resolver resolver, boolean remembered) {
        RebaseState state = steps.advance(begin, resolver);
        while (state.stop() == Stop.NONE) {
            if (remembered) {
                shelf.put(branch, state);
            }
            Hash head = moving.cleanHead(branch, "rebase");
            if (head.equals(state.original())) {
                List<Hash> made = made(state);
                if (isMoved(branch, state, made)) {
                    shelf.remove(branch, state);
                    return new Done(outcome(state), made);
                }
            } else if (storage.history().isAncestor(state.original(), head)) {
                state = steps.advance(state.following(head, steps.picks(state.original(), head)), resolver);
            } else {
                throw overtaken(branch, state);
            }
        }
        shelf.put(branch, state);
        return new Done(new RebaseOutcome.Stopped(progress(branch, state)), List.of());
    }

    private boolean isMoved(LiveBranch branch, RebaseState state, List<Hash> made) {
        if (state.reached().equals(state.original())) {
            return true;
        }
        return vetting.alone(branch, () -> {
            vetting.ask(new Vetting.Move(branch, ACTION, state.original(), state.reached(), made));
            checkpoint.keepChunks();
            String onto = "onto " + state.onto().toString().substring(0, 12);
            return moving.move(branch, state.original(), state.reached(), storage.note(ACTION, onto));
        });
    }

    /// The commits that the rebase made, oldest first, if somebody wants to know.
    private List<Hash> made(RebaseState state) {
        if (vetting.isIdle()) {
            return List.of();
        }
        return steps.picks(state.onto(), state.reached()).stream()
                .map(Step::commit)
                .filter(commit -> !storage.history().isAncestor(commit, state.original()))
                .toList();
    }

    private RebaseOutcome outcome(RebaseState state) {
        coppice.api.Commit head = versions.describe(state.reached());
        return state.reached().equals(state.original())
                ? new RebaseOutcome.UpToDate(head)
                : new RebaseOutcome.Rebased(
                        head, state.skipped().stream().map(Descriptions::id).toList());
    }

    private static DatabaseException overtaken(LiveBranch branch, RebaseState state) {
        return new DatabaseException.Incorrect(
                        ErrorCode.REBASE_OVERTAKEN,
                        "Branch '" + branch.name() + "' was at " + state.original()
                                + " when the rebase was planned, and is at a commit that does not follow from that: "
                                + "it stays there; abort the rebase and start again")
                .with("branch", branch.name());
    }

    private RebaseProgress progress(LiveBranch branch, RebaseState state) {
        List<RebaseStep> left = state.steps().stream().map(RebaseSteps::shown).toList();
        boolean isAtStep = state.stop() != Stop.NONE;
        return new RebaseProgress(
                branch.name(),
                Descriptions.id(state.onto()),
                Descriptions.id(state.original()),
                versions.describe(state.reached()),
                reason(branch, state),
                isAtStep ? left.subList(1, left.size()) : left);
    }

    private RebaseProgress.Reason reason(LiveBranch branch, RebaseState state) {
        return switch (state.stop()) {
            case NONE -> new RebaseProgress.Reason.Interrupted();
            case CONFLICT ->
                new RebaseProgress.Reason.Conflicted(RebaseSteps.shown(state.step()), steps.conflicts(state));
            case EDIT ->
                new RebaseProgress.Reason.Editing(RebaseSteps.shown(state.step()), RebaseShelf.editBranch(branch));
            case REWORD ->
                new RebaseProgress.Reason.Rewording(RebaseSteps.shown(state.step()), steps.message(state.top()));
        };
    }
}
