package coppice.kernel.journal;

import java.util.Optional;

/// What opening a journal found.
///
/// @param records how many records were replayed
/// @param endLsn the end of the log, where appending goes on
/// @param cut the torn tail that was cut off, if there was one: normal after a crash, it holds nothing that was
///     acknowledged
public record Recovery(long records, long endLsn, Optional<Cut> cut) {
    /// A torn tail.
    ///
    /// @param file the segment it was in
    /// @param offset where in the file it began
    public record Cut(String file, long offset) {}
}
