package coppice.api;

import java.util.List;
import java.util.Optional;

/// What a proof is worth, and what it proves of the trusted commit.
public sealed interface ProofResult {
    /// The space has this entry.
    record Present(String space, byte[] key, byte[] value) implements ProofResult {}

    /// The space has no entry with this key; perhaps there is no such space.
    record Absent(String space, byte[] key) implements ProofResult {}

    /// The space has these entries in the range, and no others before [#next()].
    ///
    /// @param range what was asked
    /// @param entries in order of keys
    /// @param next the part of the range of which nothing is proved, as the proof was full: it begins with a
    ///     key that is there. Nothing when the entries are all that the range has
    record Entries(String space, Range range, List<Entry> entries, Optional<Range> next) implements ProofResult {
        public Entries {
            entries = List.copyOf(entries);
        }

        /// Whether the entries are all that the range has.
        public boolean isComplete() {
            return next.isEmpty();
        }
    }

    /// It proves nothing: it was altered, or made up, or is about another commit or something else than was asked.
    ///
    /// @param why what was expected and what was found
    record Invalid(String why) implements ProofResult {}
}
