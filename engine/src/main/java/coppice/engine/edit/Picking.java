package coppice.engine.edit;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.Pick;
import coppice.api.PickOutcome;
import coppice.api.Resolver;
import coppice.engine.edit.ReplaySteps.Reached;
import coppice.engine.live.LiveBranch;
import coppice.engine.merge.Replaying;
import coppice.engine.refs.RefResolver;
import coppice.engine.terms.Descriptions;
import coppice.engine.version.Moving;
import coppice.engine.version.Versions;
import coppice.engine.waiting.Replay;
import coppice.engine.waiting.Replay.Action;
import coppice.engine.waiting.Replay.Kind;
import coppice.engine.waiting.Replay.Step;
import coppice.engine.waiting.Replay.Stop;
import coppice.engine.waiting.Waiting;
import coppice.kernel.bytes.Hash;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Applies commits to branches, and takes them back.
public final class Picking {
    private final Versions versions;
    private final RefResolver refs;
    private final Moving moving;
    private final Replaying replaying;
    private final Replays replays;
    private final Waiting waiting;

    Picking(Versions versions, RefResolver refs, Moving moving, Replaying replaying, Replays replays, Waiting waiting) {
        this.versions = versions;
        this.refs = refs;
        this.moving = moving;
        this.replaying = replaying;
        this.replays = replays;
        this.waiting = waiting;
    }

    /// Applies commits to a branch or takes them back, as the kind says.
    public PickOutcome pick(LiveBranch branch, Kind kind, Pick pick) {
        return replays.told(branch, () -> begin(branch, kind, pick), reached -> outcome(branch, reached));
    }

    private Reached begin(LiveBranch branch, Kind kind, Pick pick) {
        if (pick.keepConflicts()) {
            waiting.requireNothing(branch);
        }
        List<Step> steps = steps(pick, kind == Kind.REVERT ? Action.REVERT : Action.PICK);
        String words = String.join(" ", pick.commits());
        Replay.Terms terms = new Replay.Terms(kind, words, branch.createdAt(), pick.keepEmpty(), pick.rules());
        Hash head = moving.cleanHead(branch, kind.word());
        Replay begin = Replay.begin(terms, head, head, steps);
        return pick.keepConflicts()
                ? replays.begin(branch, begin, pick.resolver())
                : replays.attempt(branch, begin, pick.resolver());
    }

    private PickOutcome outcome(LiveBranch branch, Reached reached) {
        Replay state = reached.state();
        if (state.stop() != Stop.NONE) {
            return new PickOutcome.Conflicted(
                    versions.describe(state.step().commit()),
                    replays.steps().sides(state, branch.name()),
                    reached.conflicts());
        }
        return new PickOutcome.Picked(
                made(state), state.skipped().stream().map(Descriptions::id).toList());
    }

    /// The commits that the branch gets or got, oldest first.
    public List<coppice.api.Commit> made(Replay state) {
        return replaying.line(state.original(), state.reached()).stream()
                .map(versions::describe)
                .toList();
    }

    /// What waits on a branch.
    public Optional<Replay> waiting(LiveBranch branch) {
        return replays.alone(branch, () -> replays.current(branch).filter(state -> !state.isRebase()));
    }

    /// Goes on with one that waits.
    ///
    /// @param state what waits, as the caller knows it; refused when the branch has something else by now
    /// @param message that of the commit at which it stopped, if another
    public PickOutcome resume(LiveBranch branch, Replay state, Optional<String> message) {
        return replays.told(
                branch,
                () -> {
                    replays.require(branch, state);
                    Replay next =
                            state.stop() == Stop.NONE ? state : replays.steps().decided(state, message);
                    return replays.resume(branch, next, Resolver.NONE);
                },
                reached -> outcome(branch, reached));
    }

    /// Goes on without the commit at which it stopped.
    public PickOutcome skip(LiveBranch branch, Replay state) {
        return replays.told(
                branch,
                () -> {
                    replays.require(branch, state);
                    return replays.skip(branch, state);
                },
                reached -> outcome(branch, reached));
    }

    /// Gives up what waits; the branch stays as it is.
    public void abort(LiveBranch branch, Replay state) {
        replays.alone(branch, () -> {
            replays.require(branch, state);
            replays.shelf().end(branch.name());
            return true;
        });
    }

    private List<Step> steps(Pick pick, Action action) {
        List<Step> all = new ArrayList<>();
        for (String text : pick.commits()) {
            int dots = text.indexOf("..");
            if (dots < 0) {
                Hash commit = refs.resolve(text);
                all.add(new Step(action, commit, mainline(text, commit, pick), Optional.empty()));
            } else {
                Hash since = refs.resolve(text.substring(0, dots));
                for (Hash commit : replaying.line(since, refs.resolve(text.substring(dots + 2)))) {
                    all.add(new Step(action, commit, 1, Optional.empty()));
                }
            }
        }
        return action == Action.REVERT ? all.reversed() : all;
    }

    private int mainline(String text, Hash commit, Pick pick) {
        int parents = replaying.read(commit).parents().size();
        int chosen = pick.mainline().orElse(parents > 1 ? 0 : 1);
        if (chosen < 1 || chosen > Math.max(1, parents)) {
            throw new DatabaseException.Incorrect(
                            ErrorCode.MAINLINE_NEEDED,
                            "'" + text + "' has " + parents
                                    + " parents: say with mainline(n) which of them, from 1, its "
                                    + "changes are counted against")
                    .with("ref", text);
        }
        return chosen;
    }
}
