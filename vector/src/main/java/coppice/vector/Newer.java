package coppice.vector;

import java.util.Arrays;
import java.util.OptionalInt;
import java.util.TreeMap;

/// Which rows of a set have the keys that were appended behind its base. In the order of keys, each once.
record Newer(byte[][] keys, int[] rows) {
    static final Newer NONE = new Newer(new byte[0][], new int[0]);

    /// The row of a key; -1 when it has none.
    int find(byte[] key) {
        int at = Arrays.binarySearch(keys, key, Arrays::compareUnsigned);
        return at < 0 ? -1 : rows[at];
    }

    Editor edit() {
        return new Editor(this);
    }

    /// Makes a changed copy.
    static final class Editor {
        private final Newer before;
        private final TreeMap<byte[], Integer> changed = new TreeMap<>(Arrays::compareUnsigned);

        private Editor(Newer before) {
            this.before = before;
        }

        /// The row that a key has so far.
        OptionalInt find(byte[] key) {
            int row = changed.getOrDefault(key, before.find(key));
            return row < 0 ? OptionalInt.empty() : OptionalInt.of(row);
        }

        void put(byte[] key, int row) {
            changed.put(key, row);
        }

        void remove(byte[] key) {
            changed.put(key, -1);
        }

        Newer done() {
            int most = before.keys.length + changed.size();
            byte[][] keys = new byte[most][];
            int[] rows = new int[most];
            int count = 0;
            int at = 0;
            for (var change : changed.entrySet()) {
                for (; at < before.keys.length && Arrays.compareUnsigned(before.keys[at], change.getKey()) < 0; at++) {
                    keys[count] = before.keys[at];
                    rows[count++] = before.rows[at];
                }
                if (at < before.keys.length && Arrays.equals(before.keys[at], change.getKey())) {
                    at++;
                }
                if (change.getValue() >= 0) {
                    keys[count] = change.getKey();
                    rows[count++] = change.getValue();
                }
            }
            for (; at < before.keys.length; at++) {
                keys[count] = before.keys[at];
                rows[count++] = before.rows[at];
            }
            return new Newer(Arrays.copyOf(keys, count), Arrays.copyOf(rows, count));
        }
    }
}
