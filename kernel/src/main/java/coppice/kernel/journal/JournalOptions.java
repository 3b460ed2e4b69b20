package coppice.kernel.journal;

import java.util.UUID;

/// How a journal is opened.
///
/// @param database the database whose journal it is; segments and records of another one are refused
/// @param mustReach the position that the log is known to reach (from the manifest); a shorter log is damage. 0
///     when unknown
/// @param segmentBytes the size of a segment file, 4 KiB..1 GiB; a record that is larger gets a file of its own
///     size
/// @param bufferBytes how much may be appended before it is handed to the operating system without being asked
///     for, 4 KiB..256 MiB
/// @param spareSegments how many recycled segment files are kept for later use; further ones are deleted
public record JournalOptions(UUID database, long mustReach, int segmentBytes, int bufferBytes, int spareSegments) {
    /// Checks the ranges.
    public JournalOptions {
        requireRange("mustReach", mustReach, 0, Long.MAX_VALUE);
        requireRange("segmentBytes", segmentBytes, 4 << 10, 1 << 30);
        requireRange("bufferBytes", bufferBytes, 4 << 10, 256 << 20);
        requireRange("spareSegments", spareSegments, 0, 1_000);
        if (segmentBytes % RecordFormat.ALIGNMENT != 0) {
            throw new IllegalArgumentException("segmentBytes must be a multiple of 8: " + segmentBytes);
        }
    }

    /// Segments of 16 MiB, of which two are kept as spares, and a buffer of 4 MiB.
    public static JournalOptions of(UUID database) {
        return new JournalOptions(database, 0, 16 << 20, 4 << 20, 2);
    }

    /// The same with a position that the log must reach.
    public JournalOptions reaching(long lsn) {
        return new JournalOptions(database, lsn, segmentBytes, bufferBytes, spareSegments);
    }

    /// The same with another segment size.
    public JournalOptions withSegmentBytes(int bytes) {
        return new JournalOptions(database, mustReach, bytes, bufferBytes, spareSegments);
    }

    /// The same with another buffer size.
    public JournalOptions withBufferBytes(int bytes) {
        return new JournalOptions(database, mustReach, segmentBytes, bytes, spareSegments);
    }

    /// The same with another number of spare segments.
    public JournalOptions withSpareSegments(int count) {
        return new JournalOptions(database, mustReach, segmentBytes, bufferBytes, count);
    }

    private static void requireRange(String name, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + " must be " + min + ".." + max + ": " + value);
        }
    }
}
