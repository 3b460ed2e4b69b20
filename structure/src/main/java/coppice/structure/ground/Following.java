package coppice.structure.ground;

import coppice.api.Entry;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What follows from the rows of a space and is kept in memory, such as the vectors of a collection ready to be
/// compared: made from all rows once, then brought forward by what differs. A pure function: the same rows make
/// the same, whichever way they came about. What it makes is immutable.
public interface Following<T> {
    /// Names the function: two of the same name make the same of the same rows.
    String name();

    /// Makes it from all rows.
    ///
    /// @param rows in the order of their keys
    T of(Iterator<Entry> rows);

    /// Brings it to other rows.
    ///
    /// @param rows those that differ, in the order of their keys
    /// @return nothing when it has to be made from all rows
    Optional<T> with(T before, List<Differing> rows);

    /// About how many bytes it takes.
    long bytes(T made);

    /// How it is kept in files; nothing where making it from all rows takes no longer than reading it would.
    default Optional<Keeping<T>> keeping() {
        return Optional.empty();
    }

    /// Takes what follows apart into parts, and puts it together.
    interface Keeping<T> {
        /// What it is made of, by names: under a name are the same bytes wherever it is found, so that of two that
        /// share parts these are kept once.
        Map<String, Supplier<byte[]>> parts(T made);

        /// Puts parts together; nothing when they are not those of one, or it is no longer known how.
        Optional<T> of(Map<String, byte[]> parts);
    }

    /// A row that differs.
    ///
    /// @param value of its key now; null when there is no such row any more
    record Differing(byte[] key, byte @Nullable [] value) {}
}
