package coppice.engine.arrival;

import coppice.structure.ground.Fronts;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// Where the rows of a space of a branch begin. Steps, which take turns, raise it to what they found in the newest
/// state when they began; records lower it, in their order.
final class SpaceFronts implements Fronts {
    /// Where rows of a kind begin, and the first one that was recorded since the step began.
    private static final class Front {
        private byte[] first;
        private byte[] since;

        Front(byte kind) {
            first = new byte[] {kind};
            since = first;
        }
    }

    private final Map<Byte, Front> fronts = new HashMap<>(); // guarded by this

    /// A step begins: its state is taken after this.
    synchronized Fronts begin() {
        fronts.forEach((kind, front) -> front.since = behind(kind));
        return this;
    }

    private static byte[] behind(byte kind) {
        return new byte[] {(byte) (kind + 1)};
    }

    @Override
    public synchronized byte[] of(byte kind) {
        return front(kind).first;
    }

    private Front front(byte kind) {
        return fronts.computeIfAbsent(kind, Front::new);
    }

    @Override
    public synchronized void found(byte kind, byte[] first) {
        Front front = front(kind);
        front.first = earlier(first, front.since);
    }

    private static byte[] earlier(byte[] one, byte[] other) {
        return Arrays.compareUnsigned(one, other) <= 0 ? one : other;
    }

    /// A row was recorded.
    synchronized void added(byte[] key) {
        Front front = fronts.get(key[0]);
        if (front != null) {
            front.first = earlier(front.first, key);
            front.since = earlier(front.since, key);
        }
    }

    /// Anything may have been recorded.
    synchronized void forget() {
        fronts.clear();
    }
}
