package coppice.api;

import java.util.List;

/// What a full verification found.
///
/// @param chunks how many chunks were read and verified
/// @param bytes their size, uncompressed
/// @param commits how many commits were walked
/// @param problems what is wrong, in words; empty when all is well
public record CheckReport(long chunks, long bytes, long commits, List<String> problems) {
    public CheckReport {
        problems = List.copyOf(problems);
    }

    /// Whether nothing is wrong.
    public boolean isSound() {
        return problems.isEmpty();
    }
}
