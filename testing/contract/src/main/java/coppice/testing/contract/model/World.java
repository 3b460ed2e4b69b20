package coppice.testing.contract.model;

import coppice.api.Commit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// All that the commands act on: two databases that exchange, a bundle between them, and a backup; all in plain maps.
final class World {
    /// What one of the others offers: refs by whole names, and what tags say.
    ///
    /// @param needs commits that whoever takes must have
    record Offer(Map<String, Version> refs, Map<String, Optional<String>> notes, List<Version> needs) {
        Offer {
            refs = new TreeMap<>(refs);
            notes = Map.copyOf(notes);
            needs = List.copyOf(needs);
        }

        PlainDatabase.Tagged tag(String ref) {
            return new PlainDatabase.Tagged(
                    Objects.requireNonNull(refs.get(ref)), Objects.requireNonNull(notes.get(ref)));
        }

        /// Branches and tags of a database.
        static Offer of(PlainDatabase plain, List<Version> needs) {
            Map<String, Version> refs = plain.refs();
            refs.keySet().removeIf(ref -> ref.startsWith(PlainDatabase.REMOTES));
            Map<String, Optional<String>> notes = new HashMap<>();
            plain.tags.forEach((name, tag) -> notes.put(PlainDatabase.TAGS + name, tag.note()));
            return new Offer(refs, notes, needs);
        }
    }

    final List<PlainDatabase> sites = new ArrayList<>();
    private final Map<String, Version> versions = new HashMap<>();
    /// In the order in which they were made.
    private final List<Version> order = new ArrayList<>();
    /// Whether collecting garbage forgets where refs were.
    boolean forgetful;
    /// Whether something was backed up, and what.
    @Nullable
    PlainDatabase backup;

    @Nullable
    Offer bundle;

    private int serial;

    /// Another number each time, for texts that no other text is equal to.
    int serial() {
        return ++serial;
    }

    PlainDatabase site(int site) {
        return sites.get(site);
    }

    /// The one object for a commit.
    Version version(Commit commit, State state, List<Version> parents, String message, String author) {
        return versions.computeIfAbsent(commit.id().hex(), id -> {
            Version version = new Version(id, state, parents, message, author);
            order.add(version);
            return version;
        });
    }

    Version version(Commit commit) {
        return Objects.requireNonNull(versions.get(commit.id().hex()), () -> "the model has no commit " + commit.id());
    }

    /// What refs of a database reach, the oldest first.
    List<Version> reachable(int site) {
        Set<Version> reachable = site(site).reachable();
        return order.stream().filter(reachable::contains).toList();
    }

    /// What the other database offers.
    Offer offer(int site) {
        return Offer.of(site(1 - site), List.of());
    }
}
