package coppice.engine.edit;

import coppice.api.Conflict;
import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.RebaseDecision;
import coppice.api.RebaseOutcome;
import coppice.api.RebasePlan;
import coppice.api.RebaseProgress;
import coppice.api.RebaseStep;
import coppice.api.Resolver;
import coppice.engine.edit.ReplaySteps.Reached;
import coppice.engine.live.LiveBranch;
import coppice.engine.refs.RefResolver;
import coppice.engine.storage.Storage;
import coppice.engine.terms.Descriptions;
import coppice.engine.version.Moving;
import coppice.engine.version.Versions;
import coppice.engine.waiting.Replay;
import coppice.engine.waiting.Replay.Step;
import coppice.engine.waiting.Replay.Stop;
import coppice.engine.waiting.ReplayShelf;
import coppice.engine.waiting.Waiting;
import coppice.kernel.bytes.Hash;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Rebases branches.
public final class Rebasing {
    private final Storage storage;
    private final Versions versions;
    private final RefResolver refs;
    private final Moving moving;
    private final Replays replays;
    private final ReplaySteps steps;
    private final ReplayShelf shelf;
    private final Waiting waiting;

    Rebasing(Storage storage, Versions versions, RefResolver refs, Moving moving, Replays replays, Waiting waiting) {
        this.storage = storage;
        this.versions = versions;
        this.refs = refs;
        this.moving = moving;
        this.replays = replays;
        this.steps = replays.steps();
        this.shelf = replays.shelf();
        this.waiting = waiting;
    }

    /// What a rebase of a branch would do: pick each commit since some commit, oldest first.
    ///
    /// @param onto where they are to go
    /// @param since the first commit that stays where it is; what it reaches is not picked
    public RebasePlan plan(LiveBranch branch, String onto, String since) {
        return storage.roots().writing(() -> {
            Hash head = branch.shown().commit();
            return new RebasePlan(
                    Descriptions.id(head),
                    Descriptions.id(refs.resolve(onto)),
                    steps.picks(refs.resolve(since), head).stream()
                            .map(Rebasing::shown)
                            .toList(),
                    Resolver.NONE,
                    false,
                    List.of());
        });
    }

    private static RebaseStep shown(Step step) {
        RebaseStep.Action action = RebaseStep.Action.valueOf(step.action().name());
        return new RebaseStep(action, Descriptions.id(step.commit()), step.message());
    }

    private Step planned(RebaseStep step) {
        Replay.Action action = Replay.Action.valueOf(step.action().name());
        return new Step(action, refs.resolve(step.commit().hex()), 1, step.message());
    }

    /// Begins a rebase.
    ///
    /// @throws DatabaseException.Incorrect when something waits on the branch, or it has uncommitted changes
    public RebaseOutcome start(LiveBranch branch, RebasePlan plan) {
        return told(branch, () -> {
            waiting.requireNothing(branch);
            moving.cleanHead(branch, "rebase");
            List<Step> all = plan.steps().stream().map(this::planned).toList();
            Hash onto = refs.resolve(plan.onto().hex());
            String words = "onto " + plan.onto().abbreviated();
            Replay.Terms terms =
                    new Replay.Terms(Replay.Kind.REBASE, words, branch.createdAt(), plan.keepEmpty(), plan.rules());
            Replay state = Replay.begin(terms, onto, refs.resolve(plan.from().hex()), all);
            shelf.check(branch, state);
            return replays.begin(branch, state, plan.resolver());
        });
    }

    private RebaseOutcome told(LiveBranch branch, Supplier<Reached> body) {
        return replays.told(branch, body, reached -> outcome(branch, reached));
    }

    /// How far the rebase is that waits on a branch; empty when none does.
    public Optional<RebaseProgress> progress(LiveBranch branch) {
        return replays.alone(
                branch, () -> current(branch).map(state -> progress(branch, state, conflicts(branch, state))));
    }

    private List<Conflict> conflicts(LiveBranch branch, Replay state) {
        List<Conflict> open = new ArrayList<>();
        if (state.stop() == Stop.CONFLICT) {
            steps.work(state, waiting.decisions().resolver(branch)).visit(open::add);
        }
        return open;
    }

    /// Goes on with the rebase that waits.
    ///
    /// @param decision what becomes of the commit at which it stopped
    public RebaseOutcome resume(LiveBranch branch, RebaseDecision decision) {
        return told(branch, () -> {
            Replay state = require(branch);
            Replay next = switch (state.stop()) {
                case NONE -> state;
                case CONFLICT -> steps.decided(state, decision.message());
                case REWORD -> state.advanced(steps.reworded(state.top(), decision.message()));
                case EDIT -> {
                    Replay edited =
                            state.advanced(steps.reworded(steps.edited(shelf.editState(branch)), decision.message()));
                    shelf.put(branch, edited, List.of());
                    yield edited;
                }
            };
            return replays.resume(branch, next, decision.resolver());
        });
    }

    /// Goes on without the commit at which it stopped.
    public RebaseOutcome skip(LiveBranch branch) {
        return told(branch, () -> replays.skip(branch, require(branch)));
    }

    /// Gives up the rebase that waits; the branch stays as it is.
    public void abort(LiveBranch branch) {
        replays.alone(branch, () -> {
            require(branch);
            shelf.end(branch.name());
            return true;
        });
    }

    private Optional<Replay> current(LiveBranch branch) {
        return replays.current(branch).filter(Replay::isRebase);
    }

    private Replay require(LiveBranch branch) {
        return current(branch)
                .orElseThrow(() -> new DatabaseException.Incorrect(
                                ErrorCode.NO_REBASE,
                                "No rebase of '" + branch.name() + "' is under way: begin one with rebase().onto(ref)")
                        .with("branch", branch.name()));
    }

    private RebaseOutcome outcome(LiveBranch branch, Reached reached) {
        Replay state = reached.state();
        if (state.stop() != Stop.NONE) {
            return new RebaseOutcome.Stopped(progress(branch, state, reached.conflicts()));
        }
        coppice.api.Commit head = versions.describe(state.reached());
        return state.reached().equals(state.original())
                ? new RebaseOutcome.UpToDate(head)
                : new RebaseOutcome.Rebased(
                        head, state.skipped().stream().map(Descriptions::id).toList());
    }

    private RebaseProgress progress(LiveBranch branch, Replay state, List<Conflict> conflicts) {
        List<RebaseStep> left = state.steps().stream().map(Rebasing::shown).toList();
        boolean isAtStep = state.stop() != Stop.NONE;
        return new RebaseProgress(
                branch.name(),
                Descriptions.id(state.onto()),
                Descriptions.id(state.original()),
                versions.describe(state.reached()),
                reason(branch, state, conflicts),
                isAtStep ? left.subList(1, left.size()) : left);
    }

    private RebaseProgress.Reason reason(LiveBranch branch, Replay state, List<Conflict> conflicts) {
        return switch (state.stop()) {
            case NONE -> new RebaseProgress.Reason.Interrupted();
            case CONFLICT ->
                new RebaseProgress.Reason.Conflicted(shown(state.step()), steps.sides(state, branch.name()), conflicts);
            case EDIT -> new RebaseProgress.Reason.Editing(shown(state.step()), ReplayShelf.editBranch(branch.name()));
            case REWORD -> new RebaseProgress.Reason.Rewording(shown(state.step()), steps.message(state.top()));
        };
    }
}
