package coppice.api.crdt;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// Keys with the writings that put them there, and how far each replica's writings have been seen.
///
/// Each writing has a name of its own, a *dot*: the replica and its how-manieth writing it is. A dot that one side has
/// and the other has seen, but has no more, was removed there; one that the other has not seen is new. So a removal
/// leaves nothing behind, and a writing beside it that it did not know of survives: adds win. That is the set of
/// Bieniusa et al. 2012 (section 4), with a value for each dot.
///
/// @param seen the number of the last writing seen of each replica
/// @param entries for each key, its writings; at least one, none that is not seen
record Dots(Tally seen, NavigableMap<Octets, NavigableMap<Dot, Octets>> entries) {
    static final Dots NONE = new Dots(Tally.NONE, new TreeMap<>());

    /// The name of one writing. The later of two has the greater number; of two at once, the greater replica counts as
    /// later, so that all choose alike.
    record Dot(String replica, long number) implements Comparable<Dot> {
        private static final Comparator<Dot> ORDER =
                Comparator.comparingLong(Dot::number).thenComparing(Dot::replica, Replicas.ORDER);

        @Override
        public int compareTo(Dot other) {
            return ORDER.compare(this, other);
        }
    }

    Dots {
        entries = Collections.unmodifiableNavigableMap(entries);
    }

    /// A new writing of a key, in place of those seen.
    Dots write(String replica, Octets key, Octets value) {
        Tally next = seen.plus(replica, 1);
        NavigableMap<Octets, NavigableMap<Dot, Octets>> changed = new TreeMap<>(entries);
        changed.put(key, new TreeMap<>(Map.of(new Dot(replica, next.of(replica)), value)));
        return new Dots(next, changed);
    }

    Dots remove(Octets key) {
        NavigableMap<Octets, NavigableMap<Dot, Octets>> changed = new TreeMap<>(entries);
        changed.remove(key);
        return new Dots(seen, changed);
    }

    /// The values of a key, those that count as later last; empty when it is not there.
    List<byte[]> values(Octets key) {
        List<byte[]> values = new ArrayList<>();
        Map<Dot, Octets> writings = entries.get(key);
        if (writings != null) {
            writings.values().forEach(value -> values.add(value.copy()));
        }
        return values;
    }

    List<byte[]> keys() {
        return entries.keySet().stream().map(Octets::copy).toList();
    }

    Dots merge(Dots other) {
        NavigableMap<Octets, NavigableMap<Dot, Octets>> merged = new TreeMap<>();
        keep(other, merged);
        other.keep(this, merged);
        return new Dots(seen.merge(other.seen), merged);
    }

    /// Adds what of this survives beside the other.
    private void keep(Dots other, NavigableMap<Octets, NavigableMap<Dot, Octets>> into) {
        entries.forEach((key, writings) -> {
            Map<Dot, Octets> others = other.entries.getOrDefault(key, Collections.emptyNavigableMap());
            writings.forEach((dot, value) -> {
                if (others.containsKey(dot) || dot.number() > other.seen.of(dot.replica())) {
                    into.computeIfAbsent(key, _ -> new TreeMap<>())
                            .merge(dot, value, (a, b) -> a.compareTo(b) >= 0 ? a : b);
                }
            });
        });
    }

    /// Writes all; the values too, where they are not all empty by nature.
    void write(Writer out, boolean values) {
        seen.write(out);
        List<String> replicas = List.copyOf(seen.counts().keySet());
        out.varint(entries.size());
        entries.forEach((key, writings) -> {
            out.sized(key.bytes()).varint(writings.size());
            writings.forEach((dot, value) -> {
                out.varint(Collections.binarySearch(replicas, dot.replica(), Replicas.ORDER))
                        .varint(dot.number());
                if (values) {
                    out.sized(value.bytes());
                }
            });
        });
    }

    static Dots read(Reader in, boolean values) {
        Tally seen = Tally.read(in);
        List<String> replicas = List.copyOf(seen.counts().keySet());
        NavigableMap<Octets, NavigableMap<Dot, Octets>> entries = new TreeMap<>();
        int count = in.count();
        for (int i = 0; i < count; i++) {
            Octets key = new Octets(in.sized());
            if (!entries.isEmpty() && entries.lastKey().compareTo(key) >= 0) {
                throw in.wrong("keys in order");
            }
            entries.put(key, writings(in, seen, replicas, values));
        }
        return new Dots(seen, entries);
    }

    private static NavigableMap<Dot, Octets> writings(Reader in, Tally seen, List<String> replicas, boolean values) {
        NavigableMap<Dot, Octets> writings = new TreeMap<>();
        int count = in.count();
        for (int i = 0; i < count; i++) {
            long replica = in.varint();
            if (replica >= replicas.size()) {
                throw in.wrong("the number of a replica");
            }
            Dot dot = new Dot(replicas.get((int) replica), in.positive());
            if (dot.number() > seen.of(dot.replica())) {
                throw in.wrong("a writing that was seen");
            }
            if (!writings.isEmpty() && writings.lastKey().compareTo(dot) >= 0) {
                throw in.wrong("writings in order");
            }
            writings.put(dot, values ? new Octets(in.sized()) : Octets.NONE);
        }
        if (writings.isEmpty()) {
            throw in.wrong("a writing");
        }
        return writings;
    }
}
