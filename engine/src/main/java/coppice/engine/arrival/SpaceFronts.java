package coppice.engine.arrival;

import coppice.structure.ground.Fronts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// Which rows of a space of a branch come first. Steps, which take turns, say what they found in the newest state
/// when they began; records add and remove rows, in their order.
final class SpaceFronts implements Fronts {
    /// How many rows of a kind are remembered at most.
    static final int KNOWN_MAX = 256;

    /// The first rows of a kind.
    private static final class First {
        private final TreeSet<byte[]> known = new TreeSet<>(Arrays::compareUnsigned); // all rows before the rest
        private byte[] rest;
        private final List<byte[]> since = new ArrayList<>(); // what came at or behind the rest since the step began
        private boolean isUnsure = true; // whether more may have come

        First(byte kind) {
            rest = new byte[] {kind};
        }

        void begin() {
            since.clear();
            isUnsure = false;
        }

        Front front(int most) {
            List<byte[]> keys = new ArrayList<>(Math.min(most, known.size()));
            for (byte[] key : known) {
                if (keys.size() == most) {
                    return new Front(keys, keys.isEmpty() ? key : Fronts.behind(keys.getLast()));
                }
                keys.add(key);
            }
            return new Front(keys, rest);
        }

        @SuppressWarnings("ReferenceEquality") // another rest, or less than all that is known, is another object
        void found(Front before, List<byte[]> keys, byte[] next) {
            if (isUnsure || before.rest() != rest) {
                return;
            }
            rest = next;
            known.addAll(keys);
            since.removeIf(key -> Arrays.compareUnsigned(key, rest) < 0 && known.add(key));
            trim();
        }

        void added(byte[] key) {
            if (Arrays.compareUnsigned(key, rest) < 0) {
                known.add(key);
                trim();
            } else if (since.size() < KNOWN_MAX) {
                since.add(key);
            } else {
                isUnsure = true;
            }
        }

        private void trim() {
            while (known.size() > KNOWN_MAX) {
                rest = known.removeLast();
            }
        }
    }

    private final Map<Byte, First> kinds = new HashMap<>(); // guarded by this

    /// A step begins: its state is taken after this.
    synchronized Fronts begin() {
        kinds.values().forEach(First::begin);
        return this;
    }

    @Override
    public synchronized Front of(byte kind, int most) {
        return kinds.computeIfAbsent(kind, First::new).front(most);
    }

    @Override
    public synchronized void found(byte kind, Front before, List<byte[]> keys, byte[] rest) {
        First first = kinds.get(kind);
        if (first != null) {
            first.found(before, keys, rest);
        }
    }

    /// A row was recorded.
    synchronized void added(byte[] key) {
        First first = kinds.get(key[0]);
        if (first != null) {
            first.added(key);
        }
    }

    /// The removal of a row was recorded.
    synchronized void removed(byte[] key) {
        First first = kinds.get(key[0]);
        if (first != null) {
            first.known.remove(key);
        }
    }

    /// Anything may have been recorded.
    synchronized void forget() {
        kinds.clear();
    }
}
