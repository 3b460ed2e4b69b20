package coppice.engine.edit;

import coppice.api.CommitMessage;
import coppice.api.Conflict;
import coppice.api.ConflictSides;
import coppice.api.Resolver;
import coppice.engine.merge.Replaying;
import coppice.engine.merge.ThreeWay;
import coppice.engine.state.BranchState;
import coppice.engine.storage.Storage;
import coppice.engine.terms.Descriptions;
import coppice.engine.version.Versions;
import coppice.engine.waiting.Decision;
import coppice.engine.waiting.Decisions;
import coppice.engine.waiting.Replay;
import coppice.engine.waiting.Replay.Action;
import coppice.engine.waiting.Replay.Step;
import coppice.engine.waiting.Replay.Stop;
import coppice.kernel.bytes.Hash;
import coppice.kernel.history.Catalog;
import coppice.kernel.history.Commit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Does the steps of a replay, from state to state. Writes commits, moves nothing.
public final class ReplaySteps {
    private final Storage storage;
    private final Versions versions;
    private final Replaying replaying;

    ReplaySteps(Storage storage, Versions versions, Replaying replaying) {
        this.storage = storage;
        this.versions = versions;
        this.replaying = replaying;
    }

    /// How far it came.
    ///
    /// @param decided what resolvers decided of the step at which it stopped
    /// @param conflicts what they left of it
    record Reached(Replay state, List<Decision> decided, List<Conflict> conflicts) {
        private Reached(Replay state) {
            this(state, List.of(), List.of());
        }
    }

    /// Steps that pick a line of commits as they are.
    List<Step> picks(Hash since, Hash to) {
        return replaying.line(since, to).stream().map(Step::pick).toList();
    }

    String message(Hash commit) {
        return replaying.read(commit).message();
    }

    /// What works out the step at which it stopped.
    public ThreeWay work(Replay state, Resolver resolver) {
        Step step = state.step();
        Replaying.Change change = replaying.change(step.commit(), step.mainline());
        return replaying.work(
                step.action() == Action.REVERT ? change.reversed() : change,
                state.reached(),
                state.terms().rules(),
                resolver);
    }

    /// What the conflicts of the step come from at which it stopped.
    ///
    /// @param branch what the branch is called
    public ConflictSides sides(Replay state, String branch) {
        Step step = state.step();
        String commit = replaying.title(step.commit());
        int parents = replaying.read(step.commit()).parents().size();
        String parent = parents == 0 ? "nothing" : (parents == 1 ? "the parent" : "parent " + step.mainline()) + " of ";
        parent += parents == 0 ? "" : Descriptions.id(step.commit()).abbreviated();
        String ours = state.isRebase() ? replaying.title(state.reached()) : branch;
        return step.action() == Action.REVERT
                ? new ConflictSides(commit, ours, parent)
                : new ConflictSides(parent, ours, commit);
    }

    /// Does steps until one stops or none is left.
    ///
    /// @param first decides conflicts of the first step
    /// @param rest decides those of the others
    Reached advance(Replay begin, Resolver first, Resolver rest) {
        Reached reached = new Reached(begin);
        Resolver resolver = first;
        while (reached.state().stop() == Stop.NONE && !reached.state().steps().isEmpty()) {
            Replay state = reached.state();
            reached = state.step().action() == Action.DROP ? new Reached(state.dropped()) : next(state, resolver);
            resolver = rest;
        }
        return reached;
    }

    private Reached next(Replay state, Resolver resolver) {
        Step step = state.step();
        if (state.isRebase() && isThere(state)) {
            return new Reached(done(state, step.commit()));
        }
        List<Decision> decided = new ArrayList<>();
        List<Conflict> conflicts = new ArrayList<>();
        Catalog merged = work(state, Decisions.noting(resolver, decided)).merge(conflicts::add);
        if (!conflicts.isEmpty()) {
            return new Reached(state.stopped(Stop.CONFLICT, null), decided, conflicts);
        }
        boolean isUnchanged =
                merged.root().equals(replaying.read(state.reached()).catalog());
        boolean isWanted = state.terms().keepEmpty() || (state.isRebase() && wasEmpty(step.commit()));
        return new Reached(isUnchanged && !isWanted ? state.passed() : done(state, write(state, merged.root())));
    }

    /// Whether the commit of the first step is where the step would make another one like it.
    private boolean isThere(Replay state) {
        Step step = state.step();
        List<Hash> parents = replaying.read(step.commit()).parents();
        boolean asItIs = step.message().isEmpty() && !isPart(state);
        return asItIs && !parents.isEmpty() && parents.getFirst().equals(state.reached());
    }

    private static boolean isPart(Replay state) {
        return state.step().isPart() && state.melding();
    }

    private boolean wasEmpty(Hash commit) {
        List<Hash> parents = replaying.read(commit).parents();
        return !parents.isEmpty()
                && replaying
                        .read(parents.getFirst())
                        .catalog()
                        .equals(replaying.read(commit).catalog());
    }

    private static Replay done(Replay state, Hash made) {
        Step step = state.step();
        if (step.action() == Action.EDIT) {
            return state.stopped(Stop.EDIT, made);
        }
        boolean asks = step.action() == Action.REWORD && step.message().isEmpty();
        return asks ? state.stopped(Stop.REWORD, made) : state.advanced(made);
    }

    private Hash write(Replay state, Hash catalog) {
        Step step = state.step();
        if (step.action() == Action.REVERT) {
            CommitMessage message = CommitMessage.of(step.message().orElseGet(() -> reverting(step)));
            return storage.history().write(versions.prepare(catalog, List.of(state.reached()), message));
        }
        Commit commit = replaying.read(step.commit());
        if (!isPart(state)) {
            String message = step.message().orElse(commit.message());
            return replaying.write(commit, catalog, List.of(state.reached()), message);
        }
        Commit before = replaying.read(state.reached());
        String together = step.action() == Action.FIXUP
                ? before.message()
                : step.message().orElse(before.message() + "\n\n" + commit.message());
        return replaying.write(before, catalog, before.parents(), together);
    }

    private String reverting(Step step) {
        Commit commit = replaying.read(step.commit());
        String title = commit.message().lines().findFirst().orElse("");
        String text = "Revert \"" + title + "\"\n\nThis reverts commit " + step.commit();
        if (commit.parents().size() > 1) {
            text += ", reversing changes made to " + commit.parents().get(step.mainline() - 1);
        }
        return text + ".";
    }

    /// The commit of a state, with what is uncommitted there as a part of it.
    Hash edited(BranchState state) {
        Hash root = state.foldedSpaces().root();
        if (root.equals(state.committedCatalog())) {
            return state.commit();
        }
        Commit commit = replaying.read(state.commit());
        return replaying.write(commit, root, commit.parents(), commit.message());
    }

    /// A commit with another message, if there is one.
    Hash reworded(Hash commit, Optional<String> message) {
        Commit like = replaying.read(commit);
        return message.isEmpty() || like.message().equals(message.get())
                ? commit
                : replaying.write(like, like.catalog(), like.parents(), message.get());
    }

    /// About to try the first step again, with another message if there is one.
    Replay decided(Replay state, Optional<String> message) {
        Step step = state.step();
        if (message.isEmpty() || step.action() == Action.EDIT) {
            return state.going();
        }
        Action action = switch (step.action()) {
            case SQUASH, FIXUP -> Action.SQUASH;
            case REVERT -> Action.REVERT;
            case PICK, REWORD, EDIT, DROP -> Action.REWORD;
        };
        return state.with(new Step(action, step.commit(), step.mainline(), message));
    }

    /// About to make again, on top of another commit, what was made for the branch so far.
    Replay restarted(Replay state, Hash head) {
        return state.restarted(head, picks(state.original(), state.reached()));
    }
}
