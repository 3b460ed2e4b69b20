package coppice.api.crdt;

import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// A number above 0 for each of some replicas, which only ever grows: what all these values are made of.
record Tally(NavigableMap<String, Long> counts) {
    static final Tally NONE = new Tally(new TreeMap<>(Replicas.ORDER));

    Tally {
        counts = Collections.unmodifiableNavigableMap(counts);
    }

    long of(String replica) {
        return counts.getOrDefault(replica, 0L);
    }

    /// @throws ArithmeticException when a count would pass 2^63 - 1
    Tally plus(String replica, long more) {
        NavigableMap<String, Long> next = new TreeMap<>(counts);
        next.merge(Replicas.check(replica), more, Math::addExact);
        return new Tally(next);
    }

    Tally merge(Tally other) {
        NavigableMap<String, Long> next = new TreeMap<>(counts);
        other.counts.forEach((replica, count) -> next.merge(replica, count, Math::max));
        return new Tally(next);
    }

    /// @throws ArithmeticException when it passes 2^63 - 1
    long total() {
        long total = 0;
        for (long count : counts.values()) {
            total = Math.addExact(total, count);
        }
        return total;
    }

    void write(Writer out) {
        out.varint(counts.size());
        for (Map.Entry<String, Long> entry : counts.entrySet()) {
            out.text(entry.getKey()).varint(entry.getValue());
        }
    }

    static Tally read(Reader in) {
        NavigableMap<String, Long> counts = new TreeMap<>(Replicas.ORDER);
        int count = in.count();
        for (int i = 0; i < count; i++) {
            String replica = in.replica();
            if (!counts.isEmpty() && Replicas.ORDER.compare(counts.lastKey(), replica) >= 0) {
                throw in.wrong("replicas in order");
            }
            counts.put(replica, in.positive());
        }
        return new Tally(counts);
    }
}
