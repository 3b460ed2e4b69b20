package coppice.api.structure;

import coppice.api.async.Immediate;
import java.io.IOException;
import java.io.OutputStream;
import java.util.stream.Stream;

/// Values of which each is there once, to read. Two values are the same when their stored forms are, whatever the
/// order of members; `1` and `1.0` are two.
public interface SetOfView<V> {
    /// Its name.
    @Immediate
    String name();

    /// Whether a value is there. Costs O(log n).
    boolean contains(V value);

    /// How many values there are. Costs O(log n), and what was written lately once for each state.
    long count();

    /// All values, in an order that stays the same, texts in that of their code points; as of one moment, read
    /// lazily. Close the stream when it is not read to its end.
    Stream<V> values();

    /// Writes it as text, as of one moment: items with `value`. The stream is flushed and stays open.
    ///
    /// @return how many items
    /// @throws IOException when the stream fails
    long dump(OutputStream out, DumpFormat format) throws IOException;
}
