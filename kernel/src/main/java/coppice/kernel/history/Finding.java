package coppice.kernel.history;

import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Hash;
import coppice.kernel.store.MissingChunkException;
import coppice.kernel.tree.KeySpan;
import java.util.Optional;

/// Something that [HistoryAudit] found wrong.
///
/// @param kind what is wrong
/// @param subject what is affected: a commit, a space of it, a ref
/// @param chunk the chunk or commit that is wrong or cannot be read
/// @param where the file, chunk or entry
/// @param offset the byte there, or -1
/// @param expected what should be there
/// @param found what is there
/// @param rows the rows of a space that cannot be read for it
public record Finding(
        Kind kind,
        String subject,
        Hash chunk,
        String where,
        long offset,
        String expected,
        String found,
        Optional<Rows> rows) {
    Finding(Kind kind, String subject, Hash chunk, String where, long offset, String expected, String found) {
        this(kind, subject, chunk, where, offset, expected, found, Optional.empty());
    }

    /// Rows of a space.
    public record Rows(String space, KeySpan keys) {}

    /// What is wrong.
    public enum Kind {
        /// A ref names a commit that cannot be read.
        DANGLING,
        /// A chunk that something needs is missing or damaged.
        UNREADABLE,
        /// A chunk is as it was written, but is no such thing as it should be.
        INVALID,
        /// A space has another number of entries than its catalog says.
        WRONG_COUNT,
        /// The ancestors or the generation of a commit do not follow from its parents.
        WRONG_CLOSURE
    }

    static Finding unreadable(String subject, Hash chunk, RuntimeException why) {
        if (why instanceof CorruptException damage) {
            return of(Kind.UNREADABLE, subject, chunk, damage);
        }
        Hash missing = why instanceof MissingChunkException e ? e.hash() : chunk;
        return new Finding(Kind.UNREADABLE, subject, missing, "chunk " + missing, -1, "a chunk in the packs", "none");
    }

    /// The same, saying which rows cannot be read for it.
    Finding of(Rows lost) {
        return new Finding(kind, subject, chunk, where, offset, expected, found, Optional.of(lost));
    }

    /// The same of a ref's own commit.
    Finding dangling() {
        return new Finding(Kind.DANGLING, subject, chunk, where, offset, expected, found);
    }

    static Finding of(Kind kind, String subject, Hash chunk, CorruptException what) {
        return new Finding(kind, subject, chunk, what.where(), what.offset(), what.expected(), what.found());
    }
}
