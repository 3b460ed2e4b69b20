package coppice.engine.projection;

import coppice.api.Range;
import coppice.engine.delta.Delta;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A step that looks at each row of its one input by itself.
public interface Derivation extends Step {
    /// The keys of the rows that it looks at. Other rows have no entries.
    Range keys();

    /// Tells the entries of a row. No other row has an entry with the same key.
    ///
    /// @param key is only read
    /// @param value is only read
    void derive(byte[] key, byte[] value, Sink out);

    /// Takes entries.
    @FunctionalInterface
    interface Sink {
        /// One more entry; the arrays become the taker's.
        ///
        /// @param key 1 to [coppice.api.Limits#KEY_BYTES_MAX] bytes, another than before
        void entry(byte[] key, byte[] value);
    }

    @Override
    default Range keys(int input) {
        return keys();
    }

    @Override
    default void advance(Advance work) {
        work.differences(0, (key, before, after) -> change(key, before, after, work::put));
    }

    private void change(byte[] key, byte @Nullable [] before, byte @Nullable [] after, Sink out) {
        if (before == null && after != null) {
            derive(key, after, out);
        } else if (before != null && after == null) {
            derive(key, before, (entry, _) -> out.entry(entry, Delta.REMOVED));
        } else if (before != null && after != null) {
            Map<byte[], byte[]> old = new TreeMap<>(Arrays::compareUnsigned);
            derive(key, before, old::put);
            derive(key, after, (entry, value) -> {
                if (!Arrays.equals(old.remove(entry), value)) {
                    out.entry(entry, value);
                }
            });
            old.keySet().forEach(entry -> out.entry(entry, Delta.REMOVED));
        }
    }
}
