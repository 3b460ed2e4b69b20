package coppice.engine.version;

import coppice.api.Commit;
import coppice.api.CommitEvent;
import coppice.api.CommitId;
import coppice.api.DatabaseException;
import coppice.api.Hook;
import coppice.api.MergeEvent;
import coppice.api.RefEvent;
import coppice.api.Snapshot;
import coppice.engine.live.LiveBranch;
import coppice.engine.live.RefNames;
import coppice.engine.reading.Access;
import coppice.engine.state.BranchState;
import coppice.engine.state.Roots;
import coppice.engine.state.Spaces;
import coppice.engine.storage.Gate;
import coppice.engine.storage.Storage;
import coppice.engine.terms.Descriptions;
import coppice.kernel.bytes.Hash;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Asks the user's hooks about what is about to happen to versions and refs, and tells them what has happened.
///
/// Hooks run while nothing is locked but the turn of a branch, which only others wait for that ask hooks about the
/// same branch. So whoever asks works out what is to happen, asks, and does it only if nothing that matters has
/// changed since.
public final class Vetting {
    /// How often hooks are asked about one operation whose branch moves meanwhile.
    private static final int ATTEMPTS = 100;

    private final Storage storage;
    private final Versions versions;
    private final Gate gate;
    private final HookCalls hooks;

    public Vetting(Storage storage, Versions versions, Gate gate, HookCalls hooks) {
        this.storage = storage;
        this.versions = versions;
        this.gate = gate;
        this.hooks = hooks;
    }

    /// A branch that is about to go from one commit to another.
    ///
    /// @param action what moves it
    /// @param made the commits on the way that are made here, oldest first
    /// @param needed what else the operation needs afterwards
    public record Move(LiveBranch branch, String action, Hash from, Hash to, List<Hash> made, List<Hash> needed) {
        /// A move that needs nothing else.
        public Move(LiveBranch branch, String action, Hash from, Hash to, List<Hash> made) {
            this(branch, action, from, to, made, List.of());
        }

        List<Hash> commits() {
            List<Hash> commits = new ArrayList<>(needed);
            commits.add(from);
            commits.add(to);
            return commits;
        }
    }

    /// A merge that is about to change a branch.
    ///
    /// @param source what the other side was called
    /// @param result the commit that the branch goes to, or null for none
    /// @param content the catalog of the merged state
    public record Joining(
            LiveBranch branch,
            String source,
            Hash ours,
            Hash theirs,
            @Nullable Hash result,
            Hash content) {}

    /// Whether somebody is asked. Else things happen without detours.
    public boolean asks() {
        return hooks.ask();
    }

    /// Whether there are no hooks at all.
    public boolean isIdle() {
        return !hooks.has(Hook.class);
    }

    /// Whether the present thread runs a hook that is asked.
    public boolean isInside() {
        return hooks.isInside();
    }

    /// Does something that asks hooks about a branch, alone among those who do; the turns are taken in order.
    public <T> T alone(LiveBranch branch, Supplier<T> body) {
        hooks.requireOutside();
        if (!asks()) {
            return body.get();
        }
        branch.turns().lock();
        try {
            return body.get();
        } finally {
            branch.turns().unlock();
        }
    }

    /// Does something to a ref that fails when the ref has changed since it was worked out; again then, with hooks
    /// asked again. Without hooks there is no end of it, as each failure is somebody else's success.
    ///
    /// @param ref as users call it
    /// @param attempt returns nothing when it failed
    public <T> T untilDone(String ref, Supplier<Optional<T>> attempt) {
        for (int number = 1; number <= ATTEMPTS || !asks(); number++) {
            Optional<T> done = attempt.get();
            if (done.isPresent()) {
                return done.get();
            }
        }
        throw new DatabaseException.Conflict("'" + ref + "' moved each of the " + ATTEMPTS
                        + " times that hooks were asked about it; nothing was changed: try again when less is going on")
                .with("ref", ref);
    }

    /// Asks whether a branch may go to a commit that has been written, and to those made on the way.
    ///
    /// @throws DatabaseException.Refused when not
    public void ask(Move move) {
        hooks.requireOutside();
        boolean commits = hooks.has(Hook.PreCommit.class) && !move.made().isEmpty();
        if (!commits && !hooks.has(Hook.RefUpdate.class)) {
            return;
        }
        keeping(move.commits(), null, () -> {
            for (Hash commit : commits ? move.made() : List.<Hash>of()) {
                CommitEvent event = event(move.branch(), move.action(), commit);
                hooks.ask(
                        Hook.PreCommit.class,
                        move.action() + " on branch '" + event.branch() + "'",
                        hook -> hook.question().ask(event));
            }
            askRef(RefNames.head(move.branch().name()), move.action(), move.from(), move.to());
        });
    }

    /// Asks whether a ref may move.
    ///
    /// @param ref its whole name
    /// @param from where it is, or null for nowhere
    /// @param to where it goes, or null for nowhere
    /// @throws DatabaseException.Refused when not
    public void askRef(String ref, String action, @Nullable Hash from, @Nullable Hash to) {
        hooks.requireOutside();
        String shown = RefNames.shown(ref);
        RefEvent event = new RefEvent(shown, action, id(from), id(to));
        hooks.ask(
                Hook.RefUpdate.class,
                action + " of '" + shown + "'",
                hook -> hook.question().ask(event));
    }

    private static Optional<CommitId> id(@Nullable Hash commit) {
        return Optional.ofNullable(commit).map(Descriptions::id);
    }

    /// Asks whether a merge may change its branch.
    public void ask(Joining merge) {
        hooks.requireOutside();
        if (hooks.has(Hook.PreMerge.class)) {
            keeping(commits(merge), merge.content(), () -> {
                MergeEvent event = event(merge);
                hooks.ask(
                        Hook.PreMerge.class,
                        what(merge),
                        hook -> hook.question().ask(event));
            });
        }
    }

    private static List<Hash> commits(Joining merge) {
        List<Hash> commits = new ArrayList<>(List.of(merge.ours(), merge.theirs()));
        Hash result = merge.result();
        if (result != null) {
            commits.add(result);
        }
        return commits;
    }

    private static String what(Joining merge) {
        return "merge of '" + merge.source() + "' into branch '"
                + merge.branch().name() + "'";
    }

    /// Lets sweeps begin while hooks think.
    private void keeping(List<Hash> commits, @Nullable Hash catalog, Runnable body) {
        List<Roots.Root> kept = new ArrayList<>();
        commits.forEach(commit -> kept.add(new Roots.OfCommit(commit)));
        if (catalog != null) {
            kept.add(new Roots.OfCatalog(catalog));
        }
        storage.roots().resting(kept, body);
    }

    /// Tells of commits that were made and that a branch has.
    public void tellCommits(LiveBranch branch, String action, List<Hash> made) {
        if (hooks.has(Hook.PostCommit.class)) {
            for (Hash commit : made) {
                CommitEvent event = event(branch, action, commit);
                hooks.tell(
                        Hook.PostCommit.class,
                        action + " on branch '" + event.branch() + "'",
                        hook -> hook.news().tell(event));
            }
        }
    }

    /// Tells of a merge that moved its branch.
    public void tellMerge(Joining merge) {
        if (hooks.has(Hook.PostMerge.class)) {
            MergeEvent event = event(merge);
            hooks.tell(Hook.PostMerge.class, what(merge), hook -> hook.news().tell(event));
        }
    }

    private CommitEvent event(LiveBranch branch, String action, Hash name) {
        Commit commit = versions.describe(name);
        Hash parent = storage.history().read(name).parents().getFirst();
        return new CommitEvent(
                branch.name(), action, commit, snapshot(parent), snapshot(name), versions.diff(parent, name));
    }

    private MergeEvent event(Joining merge) {
        BranchState before = versions.state(merge.ours());
        Spaces merged = Spaces.load(storage.nodes(), storage.roots(), merge.content());
        Hash head = merge.result() == null ? merge.ours() : merge.result();
        return new MergeEvent(
                merge.branch().name(),
                merge.source(),
                versions.describe(merge.ours()),
                versions.describe(merge.theirs()),
                Optional.ofNullable(merge.result()).map(versions::describe),
                snapshot(before),
                snapshot(BranchState.of(head, before.committedCatalog(), merged, 0)),
                new Changes(before.foldedSpaces(), merged, storage.roots()));
    }

    private Snapshot snapshot(Hash commit) {
        return EmbeddedSnapshot.of(commit, Access.of(storage, gate), versions);
    }

    private Snapshot snapshot(BranchState state) {
        return EmbeddedSnapshot.now(state, Access.of(storage, gate), versions);
    }
}
