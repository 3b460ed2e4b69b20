package coppice.engine;

import coppice.api.CommitId;
import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.Fetch;
import coppice.api.FetchOutcome;
import coppice.api.RefUpdate;
import coppice.api.RefUpdate.Kind;
import coppice.engine.log.Note;
import coppice.engine.state.Roots;
import coppice.kernel.bytes.Hash;
import coppice.kernel.exchange.Bundle;
import coppice.kernel.history.History;
import coppice.kernel.history.RefValue;
import coppice.kernel.history.Refs;
import coppice.kernel.tree.ChunkWalk;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Fetches from a peer into the refs of a remote. No sweep runs meanwhile, as nothing refers yet to what arrives.
final class Fetching {
    private final Depot depot;
    private final Shallow shallow;
    private final String remote;
    private final Peer peer;
    private final Fetch options;
    private final Flow flow;

    Fetching(Depot depot, Shallow shallow, String remote, Peer peer, Fetch options) {
        this.depot = depot;
        this.shallow = shallow;
        this.remote = remote;
        this.peer = peer;
        this.options = options;
        this.flow = new Flow(depot.storage().clock(), options.progress());
    }

    FetchOutcome run() {
        List<Bundle.Ref> chosen = chosen(peer.refs(), options);
        return depot.compaction()
                .keeping(
                        () -> {
                            requirePrerequisites();
                            take(chosen);
                            return chosen;
                        },
                        refs -> refs.stream()
                                .<Roots.Root>map(ref -> new Roots.OfCommit(ref.commit()))
                                .toList(),
                        this::move);
    }

    /// Moves the refs, if hooks agree to all of it.
    private FetchOutcome move(List<Bundle.Ref> chosen) {
        chosen.forEach(this::ask);
        if (options.prune()) {
            pruned().forEach(ref ->
                    depot.placing().ask(ref.name(), note("pruned"), ref.value().commit(), null));
        }
        List<RefUpdate> updates = new ArrayList<>();
        chosen.forEach(ref -> updates.add(ref.name().startsWith(RefNames.TAGS) ? tag(ref) : branch(ref)));
        if (options.prune()) {
            updates.addAll(prune());
        }
        updates.sort(Comparator.comparing(RefUpdate::ref));
        return new FetchOutcome(updates, flow.traffic());
    }

    private void ask(Bundle.Ref ref) {
        boolean isTag = ref.name().startsWith(RefNames.TAGS);
        String name = isTag ? ref.name() : tracking(remote, ref.name());
        Hash now = depot.placing().now(name);
        boolean moves = now == null || (!isTag && !now.equals(ref.commit()));
        if (moves) {
            depot.placing().ask(name, note(remote), now, ref.commit());
        }
    }

    private Note note(String text) {
        return depot.storage().note("fetch", text);
    }

    /// The refs of a peer that are wanted.
    static List<Bundle.Ref> chosen(List<Bundle.Ref> refs, Fetch options) {
        for (String name : options.branches()) {
            boolean known = name.contains("*")
                    || refs.stream().anyMatch(ref -> ref.name().equals(RefNames.head(name)));
            if (!known) {
                throw new DatabaseException.NotFound(
                                ErrorCode.UNKNOWN_BRANCH, "The other side has no branch '" + name + "': check the name")
                        .with("branch", name);
            }
        }
        return refs.stream().filter(ref -> isChosen(ref.name(), options)).toList();
    }

    private static boolean isChosen(String ref, Fetch options) {
        if (ref.startsWith(RefNames.TAGS)) {
            return options.tags();
        }
        String branch = RefNames.shown(ref);
        return options.branches().isEmpty() || options.branches().stream().anyMatch(name -> fits(branch, name));
    }

    private static boolean fits(String branch, String pattern) {
        String regex = Pattern.quote(pattern).replace("*", "\\E.*\\Q");
        return branch.matches(regex);
    }

    /// What a bundle builds on must be here, and reached by a ref: only then all below it is here, too.
    private void requirePrerequisites() {
        History history = depot.storage().history();
        List<Hash> heads = depot.taking().heads();
        for (Hash commit : peer.prerequisites()) {
            boolean here = depot.storage().packs().contains(commit)
                    && heads.stream().anyMatch(head -> history.isAncestor(commit, head));
            if (!here) {
                throw new DatabaseException.NotFound(
                                ErrorCode.MISSING_PREREQUISITE,
                                "The bundle builds on commit " + commit + ", which is not here: fetch a bundle that"
                                        + " has it first")
                        .with("commit", commit);
            }
        }
    }

    private void take(List<Bundle.Ref> chosen) {
        Set<Hash> heads = new HashSet<>(depot.taking().heads());
        List<Hash> wants = chosen.stream()
                .map(Bundle.Ref::commit)
                .distinct()
                .filter(commit -> !heads.contains(commit))
                .toList();
        ChunkWalk.Source source = peer.chunks(depot.storage().packs());
        List<Hash> measured = options.depth() == 0
                ? wants
                : chosen.stream().map(Bundle.Ref::commit).distinct().toList();
        long floor = shallow.wanted(depot.storage().packs(), source, measured, options.depth());
        if (floor < shallow.floor()) {
            if (floor < peer.floor()) {
                throw Shallow.beyond(peer.floor());
            }
            depot.taking().deepen(source, floor, flow);
            shallow.lower(floor);
        }
        if (!wants.isEmpty()) {
            depot.taking().take(source, peer.floor(), wants, peer.prerequisites(), flow);
        }
        peer.finish();
    }

    private RefUpdate branch(Bundle.Ref ref) {
        String name = tracking(remote, ref.name());
        Hash after = ref.commit();
        Hash[] before = new Hash[1];
        Note note = note(remote);
        depot.branches().place(name, RefValue.pointer(after, 0, note.millis()), note, found -> {
            if (found != null) {
                before[0] = found.commit();
            }
        });
        return new RefUpdate(name, id(before[0]), id(after), kind(before[0], after));
    }

    private Kind kind(@Nullable Hash before, Hash after) {
        if (before == null) {
            return Kind.CREATED;
        }
        if (before.equals(after)) {
            return Kind.UNCHANGED;
        }
        return depot.storage().history().isAncestor(before, after) ? Kind.FORWARDED : Kind.FORCED;
    }

    private RefUpdate tag(Bundle.Ref ref) {
        Note note = note(remote);
        RefValue value = Receiving.tagged(ref, note.millis());
        Optional<RefValue> found = depot.branches().ref(ref.name());
        if (found.isEmpty()) {
            depot.branches().place(ref.name(), value, note, _ -> {});
            return new RefUpdate(ref.name(), Optional.empty(), id(ref.commit()), Kind.CREATED);
        }
        Hash here = found.get().commit();
        Kind kind = found.get().pointsAs(value) ? Kind.UNCHANGED : Kind.REFUSED;
        return new RefUpdate(ref.name(), id(here), id(here), kind);
    }

    private List<RefUpdate> prune() {
        List<RefUpdate> gone = new ArrayList<>();
        for (Refs.Ref ref : pruned()) {
            depot.branches().remove(ref.name(), note("pruned"), _ -> {});
            gone.add(new RefUpdate(ref.name(), id(ref.value().commit()), Optional.empty(), Kind.REMOVED));
        }
        return gone;
    }

    /// What is remembered of branches that are not there any more.
    private List<Refs.Ref> pruned() {
        Set<String> there = new HashSet<>();
        peer.refs().forEach(ref -> there.add(tracking(remote, ref.name())));
        return depot.branches().list(RefNames.REMOTES + remote + "/").stream()
                .filter(ref -> !there.contains(ref.name()))
                .toList();
    }

    /// Where a remote's branch is remembered.
    static String tracking(String remote, String ref) {
        return RefNames.REMOTES + remote + "/" + RefNames.shown(ref);
    }

    private static Optional<CommitId> id(@Nullable Hash hash) {
        return Optional.ofNullable(hash).map(Receiving::id);
    }
}
