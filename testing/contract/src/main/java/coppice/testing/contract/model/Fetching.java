package coppice.testing.contract.model;

import static coppice.testing.contract.model.PlainDatabase.HEADS;
import static coppice.testing.contract.model.PlainDatabase.REMOTES;
import static coppice.testing.contract.model.PlainDatabase.TAGS;
import static org.assertj.core.api.Assertions.assertThat;

import coppice.api.Database;
import coppice.api.ErrorCode;
import coppice.api.Fetch;
import coppice.api.FetchOutcome;
import coppice.api.PullOutcome;
import coppice.api.RefUpdate.Kind;
import coppice.testing.contract.model.Move.Replaced;
import coppice.testing.contract.model.PlainDatabase.Tagged;
import coppice.testing.contract.model.World.Offer;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/// Commands that bring commits here from the other database, or from a bundle.
final class Fetching {
    private static final String ACTION = "fetch";

    private Fetching() {}

    /// Moves refs as a fetch does.
    ///
    /// @return what happened to each, by name
    static Map<String, Kind> take(PlainDatabase plain, String remote, Offer offer, Predicate<String> wanted) {
        Map<String, Kind> updates = new TreeMap<>();
        offer.refs().forEach((ref, version) -> {
            if (ref.startsWith(TAGS)) {
                updates.put(ref, tag(plain, ref, offer.tag(ref)));
            } else if (wanted.test(ref)) {
                String name = tracking(remote, ref);
                Optional<Version> before = plain.track(name, version, ACTION);
                updates.put(name, before.map(was -> kind(was, version)).orElse(Kind.CREATED));
            }
        });
        return updates;
    }

    static String tracking(String remote, String ref) {
        return REMOTES + remote + "/" + ref.substring(HEADS.length());
    }

    private static Kind kind(Version before, Version after) {
        if (before == after) {
            return Kind.UNCHANGED;
        }
        return after.reaches(before) ? Kind.FORWARDED : Kind.FORCED;
    }

    private static Kind tag(PlainDatabase plain, String ref, Tagged tag) {
        String name = ref.substring(TAGS.length());
        Tagged here = plain.tags.get(name);
        if (here != null) {
            return here.equals(tag) ? Kind.UNCHANGED : Kind.REFUSED;
        }
        plain.tag(name, tag, ACTION, new Replaced());
        return Kind.CREATED;
    }

    private static void requireSame(FetchOutcome outcome, Map<String, Kind> expected) {
        Map<String, Kind> found = new TreeMap<>();
        outcome.refs().forEach(update -> found.put(update.ref(), update.kind()));
        assertThat(found).isEqualTo(expected);
        assertThat(outcome.refs()).extracting(update -> update.ref()).isSorted();
    }

    record FetchAll(int site, boolean prune) implements Command {
        @Override
        public void run(World world, Running running) {
            PlainDatabase plain = world.site(site);
            Offer offer = world.offer(site);
            Fetch fetch = prune ? Fetch.all().pruning() : Fetch.all();
            Map<String, Kind> expected = take(plain, Running.OTHER, offer, ref -> true);
            if (prune) {
                Set<String> gone = new HashSet<>(plain.tracking.keySet());
                gone.removeIf(ref -> !ref.startsWith(REMOTES + Running.OTHER + "/"));
                offer.refs()
                        .keySet()
                        .forEach(ref -> gone.remove(ref.startsWith(HEADS) ? tracking(Running.OTHER, ref) : ""));
                gone.forEach(ref -> {
                    plain.untrack(ref, ACTION);
                    expected.put(ref, Kind.REMOVED);
                });
            }
            requireSame(running.db(site).remotes().fetch(Running.OTHER, fetch), expected);
        }
    }

    record FetchBundle(int site) implements Command {
        @Override
        public void run(World world, Running running) {
            Offer offer = Objects.requireNonNull(world.bundle);
            Database db = running.db(site);
            Set<Version> here = world.site(site).reachable();
            if (world.site(site).held.stream().anyMatch(offer.needs()::contains)) {
                return; // whether it is still kept is not the model's concern
            }
            if (!here.containsAll(offer.needs())) {
                Expect.refused(
                        ErrorCode.MISSING_PREREQUISITE, () -> db.remotes().fetch(Running.BUNDLE));
                return;
            }
            Map<String, Kind> expected = take(world.site(site), Running.BUNDLE, offer, ref -> true);
            requireSame(db.remotes().fetch(Running.BUNDLE), expected);
        }
    }

    record Pull(Command.On on, Pending.Manner manner) implements Command {
        @Override
        public void run(World world, Running running) {
            PlainDatabase plain = on.plain(world);
            Database db = running.db(on.site());
            Offer offer = world.offer(on.site());
            String ref = HEADS + on.branch();
            Version theirs = offer.refs().get(ref);
            if (theirs == null) {
                Expect.refused(ErrorCode.UNKNOWN_BRANCH, () -> pull(db));
                return;
            }
            Map<String, Kind> expected = take(plain, Running.OTHER, offer, ref::equals);
            Merging.Work work = new Merging.Work(world, running, on, Running.OTHER + "/" + on.branch(), theirs, manner);
            Optional<ErrorCode> refusal = work.refusal();
            if (refusal.isPresent()) {
                Expect.refused(refusal.get(), () -> pull(db));
                return;
            }
            PullOutcome outcome = pull(db);
            requireSame(outcome.fetched(), expected);
            work.follow(outcome.merged());
        }

        private PullOutcome pull(Database db) {
            return db.remotes().pull(Running.OTHER, on.branch(), manner.into(on.branch()));
        }
    }

    /// Lets the names of a place's remotes point to where the other is now.
    static void repoint(World world, Running running, int site) {
        running.db(site).remotes().remove(Running.OTHER);
        world.site(site).untrackAll(Running.OTHER, "remote");
        running.db(site).remotes().add(Running.OTHER, running.home(1 - site).location());
    }
}
