package coppice.kernel.journal;

/// Figures about a [Journal] at one moment.
///
/// @param records how many records were appended since it was opened
/// @param groups how many groups they were written in
/// @param bytes the length of these records
/// @param unsyncedBytes how much of the log is not on stable storage
public record JournalStatistics(long records, long groups, long bytes, long unsyncedBytes) {}
