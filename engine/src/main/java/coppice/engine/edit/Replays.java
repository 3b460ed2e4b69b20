package coppice.engine.edit;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.Resolver;
import coppice.engine.edit.ReplaySteps.Reached;
import coppice.engine.live.LiveBranch;
import coppice.engine.log.Note;
import coppice.engine.storage.Storage;
import coppice.engine.upkeep.Checkpoint;
import coppice.engine.version.Moving;
import coppice.engine.version.Vetting;
import coppice.engine.waiting.Decisions;
import coppice.engine.waiting.Replay;
import coppice.engine.waiting.Replay.Stop;
import coppice.engine.waiting.ReplayShelf;
import coppice.engine.waiting.Waiting;
import coppice.kernel.bytes.Hash;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

/// Applies commits one after another and then moves the branch, once: what rebases, cherry-picks and reverts have in
/// common. One that runs through is worked out and moves the branch; nothing of it is remembered on the way. One that
/// stops is remembered by [ReplayShelf], which is then told of every step, so that a crash anywhere leaves a replay
/// that can go on or one that is over.
public final class Replays {
    private final Storage storage;
    private final Checkpoint checkpoint;
    private final Moving moving;
    private final ReplaySteps steps;
    private final ReplayShelf shelf;
    private final Decisions decisions;
    private final Vetting vetting;
    private final Map<String, ReentrantLock> busy = new ConcurrentHashMap<>();

    Replays(
            Storage storage,
            Checkpoint checkpoint,
            Moving moving,
            ReplaySteps steps,
            Waiting waiting,
            Vetting vetting) {
        this.storage = storage;
        this.checkpoint = checkpoint;
        this.moving = moving;
        this.steps = steps;
        this.shelf = waiting.replays();
        this.decisions = waiting.decisions();
        this.vetting = vetting;
    }

    /// What works out single steps.
    public ReplaySteps steps() {
        return steps;
    }

    ReplayShelf shelf() {
        return shelf;
    }

    /// Does what is done by one at a time for each branch, and writes trees.
    <T> T alone(LiveBranch branch, Supplier<T> body) {
        ReentrantLock lock = busy.computeIfAbsent(branch.name(), _ -> new ReentrantLock());
        lock.lock();
        try {
            return storage.roots().writing(body);
        } finally {
            lock.unlock();
        }
    }

    /// As [#alone], and then tells hooks of the commits that were made for a branch that moved.
    <T> T told(LiveBranch branch, Supplier<Reached> body, Function<Reached, T> outcome) {
        record Ended<T>(T outcome, Replay state) {}
        Ended<T> ended = alone(branch, () -> {
            Reached reached = body.get();
            return new Ended<>(outcome.apply(reached), reached.state());
        });
        if (ended.state().stop() == Stop.NONE) {
            vetting.tellCommits(branch, ended.state().terms().kind().word(), made(ended.state()));
        }
        return ended.outcome();
    }

    /// The commits that were made for the branch, oldest first, if somebody wants to know.
    private List<Hash> made(Replay state) {
        if (vetting.isIdle()) {
            return List.of();
        }
        return steps.picks(state.onto(), state.reached()).stream()
                .map(Replay.Step::commit)
                .filter(commit -> !storage.history().isAncestor(commit, state.original()))
                .toList();
    }

    /// What is remembered and not over.
    Optional<Replay> current(LiveBranch branch) {
        return shelf.find(branch);
    }

    /// What is remembered and stopped at conflicts.
    public Optional<Replay> conflicting(LiveBranch branch) {
        return alone(branch, () -> current(branch).filter(state -> state.stop() == Stop.CONFLICT));
    }

    /// Refuses to go on with what is over or has gone on.
    public void require(LiveBranch branch, Replay state) {
        if (current(branch).filter(state::equals).isEmpty()) {
            throw over(branch, state.terms().kind().word());
        }
    }

    static DatabaseException over(LiveBranch branch, String what) {
        return new DatabaseException.Incorrect(
                        ErrorCode.EDIT_OVER,
                        "The " + what + " that waited on '" + branch.name()
                                + "' is over or has gone on: look for what waits again")
                .with("branch", branch.name());
    }

    /// Begins, and remembers it when it stops.
    Reached begin(LiveBranch branch, Replay state, Resolver resolver) {
        return go(branch, state, resolver, resolver, false);
    }

    /// Does all steps and moves the branch, or changes nothing when one stops.
    Reached attempt(LiveBranch branch, Replay begin, Resolver resolver) {
        List<Hash> needed = begin.steps().stream().map(Replay.Step::commit).toList();
        return vetting.untilDone(branch.name(), () -> {
            Hash head = moving.cleanHead(branch, begin.terms().kind().word());
            Replay from = Replay.begin(begin.terms(), head, head, begin.steps());
            Reached reached = steps.advance(from, resolver, resolver);
            boolean isOver = reached.state().stop() != Stop.NONE || isMoved(branch, reached.state(), needed);
            return isOver ? Optional.of(reached) : Optional.empty();
        });
    }

    /// Goes on with what is remembered.
    ///
    /// @param state about to do the step at which it stopped, or one after it
    /// @param resolver decides what is not decided
    Reached resume(LiveBranch branch, Replay state, Resolver resolver) {
        return go(branch, state, decisions.resolver(branch, resolver), resolver, true);
    }

    /// Goes on without the step at which it stopped.
    Reached skip(LiveBranch branch, Replay state) {
        Replay next = state.stop() == Stop.NONE ? state : state.dropped();
        shelf.put(branch, next, List.of());
        return go(branch, next, Resolver.NONE, Resolver.NONE, true);
    }

    /// Does all steps that are left, until it stops or is done.
    ///
    /// @param remembered whether the shelf has an earlier state
    private Reached go(LiveBranch branch, Replay begin, Resolver first, Resolver rest, boolean remembered) {
        Reached reached = steps.advance(begin, first, rest);
        while (reached.state().stop() == Stop.NONE) {
            Replay state = reached.state();
            if (remembered) {
                if (shelf.isOver(state, branch.shown().commit())) {
                    shelf.end(branch.name()); // nothing came of it, or the branch was set to what did
                    return reached;
                }
                shelf.put(branch, state, List.of());
            }
            Hash head = moving.cleanHead(branch, state.terms().kind().word());
            if (!head.equals(state.original())) {
                reached = steps.advance(caughtUp(branch, state, head), rest, rest);
            } else if (isMoved(branch, state, List.of())) {
                shelf.end(branch.name());
                return reached;
            }
        }
        shelf.put(branch, reached.state(), reached.decided());
        return reached;
    }

    /// What is left to do now that the branch is elsewhere.
    private Replay caughtUp(LiveBranch branch, Replay state, Hash head) {
        if (!state.isRebase()) {
            return steps.restarted(state, head);
        }
        if (!storage.history().isAncestor(state.original(), head)) {
            throw new DatabaseException.Incorrect(
                            ErrorCode.REBASE_OVERTAKEN,
                            "Branch '" + branch.name() + "' was at " + state.original()
                                    + " when the rebase was planned, and is at a commit that does not follow from "
                                    + "that: it stays there; abort the rebase and start again")
                    .with("branch", branch.name());
        }
        return state.following(head, steps.picks(state.original(), head));
    }

    /// Moves the branch if hooks agree and it then still is where it was.
    ///
    /// @param needed what else is needed if it is not
    private boolean isMoved(LiveBranch branch, Replay state, List<Hash> needed) {
        if (state.reached().equals(state.original())) {
            return true;
        }
        String word = state.terms().kind().word();
        return vetting.alone(branch, () -> {
            vetting.ask(new Vetting.Move(branch, word, state.original(), state.reached(), made(state), needed));
            checkpoint.keepChunks();
            Note note = storage.note(word, state.terms().words());
            return moving.move(branch, state.original(), state.reached(), note);
        });
    }
}
