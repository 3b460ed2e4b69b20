package coppice.engine.exchange;

import coppice.api.CommitId;
import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.Fetch;
import coppice.api.FetchOutcome;
import coppice.api.RefUpdate;
import coppice.api.RefUpdate.Kind;
import coppice.engine.live.RefNames;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Fetches from a peer into the refs of a remote. No sweep runs meanwhile, as nothing refers yet to what arrives.
public final class Fetching {
    private final Depot depot;
    private final Shallow shallow;
    private final String remote;
    private final Peer peer;
    private final Fetch options;
    private final Flow flow;

    /// @param remote under whose name refs are kept here
    public Fetching(Depot depot, Shallow shallow, String remote, Peer peer, Fetch options) {
        this.depot = depot;
        this.shallow = shallow;
        this.remote = remote;
        this.peer = peer;
        this.options = options;
        this.flow = new Flow(depot.storage().clock(), options.progress());
    }

    /// Fetches: chunks first, made durable, then refs. Done again after a failure, it moves the rest. Good for one
    /// time.
    public FetchOutcome run() {
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
        Map<Bundle.Ref, Optional<Hash>> asked = new LinkedHashMap<>();
        chosen.forEach(ref -> asked.put(ref, ask(ref)));
        List<Refs.Ref> gone = options.prune() ? pruned() : List.of();
        gone.forEach(ref ->
                depot.placing().ask(ref.name(), note("pruned"), ref.value().commit(), null));
        List<RefUpdate> updates = new ArrayList<>();
        asked.forEach((ref, before) ->
                updates.add(ref.name().startsWith(RefNames.TAGS) ? tag(ref) : branch(ref, before.orElse(null))));
        gone.forEach(ref -> prune(ref).ifPresent(updates::add));
        updates.sort(Comparator.comparing(RefUpdate::ref));
        return new FetchOutcome(updates, flow.traffic());
    }

    /// Asks about a ref, if it moves, and returns where it is.
    private Optional<Hash> ask(Bundle.Ref ref) {
        boolean isTag = ref.name().startsWith(RefNames.TAGS);
        String name = isTag ? ref.name() : tracking(remote, ref.name());
        Hash now = depot.placing().now(name);
        boolean moves = now == null || (!isTag && !now.equals(ref.commit()));
        if (moves) {
            depot.placing().ask(name, note(remote), now, ref.commit());
        }
        return Optional.ofNullable(now);
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
            boolean all = chosen.size() == peer.refs().size() && floor == peer.floor();
            depot.taking().take(source, peer.floor(), wants, peer.prerequisites(), all, flow);
        }
        peer.finish();
    }

    private RefUpdate branch(Bundle.Ref ref, @Nullable Hash asked) {
        String name = tracking(remote, ref.name());
        Hash after = ref.commit();
        @Nullable Hash[] before = new @Nullable Hash[1];
        Note note = note(remote);
        depot.placing()
                .placeAsked(
                        name,
                        RefValue.pointer(after, 0, note.millis()),
                        note,
                        asked,
                        found -> before[0] = found == null ? null : found.commit());
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
        try {
            depot.branches().place(ref.name(), value, note, found -> {
                if (found != null) {
                    throw new TagIsHere(found);
                }
            });
            return new RefUpdate(ref.name(), Optional.empty(), id(ref.commit()), Kind.CREATED);
        } catch (TagIsHere here) {
            Hash commit = here.found.commit();
            Kind kind = here.found.pointsAs(value) ? Kind.UNCHANGED : Kind.REFUSED;
            return new RefUpdate(ref.name(), id(commit), id(commit), kind);
        }
    }

    /// A tag is never replaced, whoever made it and when.
    private static final class TagIsHere extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient RefValue found;

        TagIsHere(RefValue found) {
            this.found = found;
        }
    }

    private Optional<RefUpdate> prune(Refs.Ref ref) {
        Hash commit = ref.value().commit();
        return depot.placing().removeAsked(ref.name(), note("pruned"), commit)
                ? Optional.of(new RefUpdate(ref.name(), id(commit), Optional.empty(), Kind.REMOVED))
                : Optional.empty();
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
    public static String tracking(String remote, String ref) {
        return RefNames.REMOTES + remote + "/" + RefNames.shown(ref);
    }

    private static Optional<CommitId> id(@Nullable Hash hash) {
        return Optional.ofNullable(hash).map(Receiving::id);
    }
}
