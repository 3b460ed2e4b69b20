package coppice.engine.history;

import coppice.api.BlamePage;
import coppice.api.Commit;
import coppice.api.FieldBlame;
import coppice.api.KeyBlame;
import coppice.api.KeyVersion;
import coppice.api.Range;
import coppice.engine.past.Origins;
import coppice.engine.past.Origins.KeyEvent;
import coppice.engine.state.Roots;
import coppice.engine.state.SpaceState;
import coppice.engine.state.StateCursor;
import coppice.engine.storage.Storage;
import coppice.engine.terms.Descriptions;
import coppice.engine.terms.Failures;
import coppice.engine.terms.Keys;
import coppice.engine.version.Versions;
import coppice.json.Json;
import coppice.kernel.bytes.Bytes;
import coppice.kernel.bytes.Hash;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Tells where values come from.
public final class Blames {
    private final Storage storage;
    private final Versions versions;
    private final Origins origins;

    public Blames(Storage storage, Versions versions, Origins origins) {
        this.storage = storage;
        this.versions = versions;
        this.origins = origins;
    }

    /// The history of a key; keeps the commits as long as it is reachable.
    public Iterable<KeyVersion> versions(Hash head, String space, byte[] key) {
        Iterable<KeyVersion> all = new KeyVersions(head, space, key);
        storage.roots().hold(all, List.of(new Roots.OfCommit(head)));
        return all;
    }

    private final class KeyVersions implements Iterable<KeyVersion> {
        private final Hash head;
        private final String space;
        private final byte[] key;

        KeyVersions(Hash head, String space, byte[] key) {
            this.head = head;
            this.space = space;
            this.key = key;
        }

        @Override
        public Iterator<KeyVersion> iterator() {
            return Failures.guarded(() -> new Walk(this, origins.events(head, space, key)));
        }
    }

    /// One walk; it keeps the commits as well.
    private static final class Walk implements Iterator<KeyVersion> {
        private final KeyVersions of;
        private final Iterator<KeyEvent> events;

        Walk(KeyVersions of, Iterator<KeyEvent> events) {
            this.of = of;
            this.events = events;
        }

        @Override
        public boolean hasNext() {
            return Failures.guarded(events::hasNext);
        }

        @Override
        public KeyVersion next() {
            return Failures.guarded(() -> {
                KeyEvent event = events.next();
                return new KeyVersion(
                        Descriptions.of(event.name(), event.commit()),
                        event.before().getFirst(),
                        Optional.ofNullable(event.after()));
            });
        }

        @Override
        public String toString() {
            return "a walk over the history of '" + Keys.display(of.key) + "' of space '" + of.space + "'";
        }
    }

    /// The commit that a value comes from; empty when the key is not there.
    public Optional<Commit> blame(Hash head, String space, byte[] key) {
        TreeMap<byte[], byte @Nullable []> values = new TreeMap<>(Bytes::compare);
        values.put(key, storage.stateAt(head, 0).space(space).get(key));
        return Optional.ofNullable(origins.blame(head, space, values).get(key)).map(versions::describe);
    }

    /// The commits that the finest members of a JSON document come from, in its order; none when it is absent or no
    /// JSON.
    public List<FieldBlame> fields(Hash head, String space, byte[] key) {
        Map<String, Json> fields =
                Fields.of(storage.stateAt(head, 0).space(space).get(key));
        Map<String, Commit> found = new HashMap<>();
        Iterator<KeyEvent> events = origins.events(head, space, key);
        while (found.size() < fields.size() && events.hasNext()) {
            KeyEvent event = events.next();
            Map<String, Json> after = Fields.of(event.after());
            List<Map<String, Json>> before = event.before().stream()
                    .map(value -> Fields.of(value.orElse(null)))
                    .toList();
            fields.forEach((path, value) -> {
                if (value.equals(after.get(path))
                        && before.stream().noneMatch(parent -> value.equals(parent.get(path)))) {
                    found.computeIfAbsent(path, _ -> Descriptions.of(event.name(), event.commit()));
                }
            });
        }
        return fields.entrySet().stream()
                .map(field -> new FieldBlame(
                        field.getKey(),
                        field.getValue().text(),
                        Objects.requireNonNull(found.get(field.getKey()), "some commit made the field")))
                .toList();
    }

    /// The commits that the values of a range come from.
    ///
    /// @param limit of keys, at least 1
    public BlamePage blame(Hash head, String space, Range range, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("A page holds at least 1 key, asked for " + limit);
        }
        TreeMap<byte[], byte @Nullable []> values = new TreeMap<>(Bytes::compare);
        SpaceState state = storage.stateAt(head, 0).space(space);
        StateCursor cursor = state.scan(range);
        byte[] last = {};
        boolean more = cursor.next();
        while (more && values.size() < limit) {
            last = cursor.key();
            values.put(last, cursor.value());
            more = cursor.next();
        }
        Map<byte[], Hash> commits = origins.blame(head, space, values);
        Map<Hash, Commit> described = new HashMap<>();
        List<KeyBlame> page = new ArrayList<>();
        for (byte[] key : range.isReversed() ? values.descendingKeySet() : values.keySet()) {
            Hash commit = commits.get(key);
            if (commit == null) {
                throw new IllegalStateException("No commit gave key '" + Keys.display(key) + "' its value");
            }
            page.add(new KeyBlame(key, described.computeIfAbsent(commit, versions::describe)));
        }
        return new BlamePage(page, more ? Optional.of(range.after(last)) : Optional.empty());
    }
}
