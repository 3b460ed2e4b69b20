package coppice.api;

import java.util.List;

/// What a full verification found.
///
/// @param chunks how many chunks were read and verified
/// @param bytes their size, uncompressed
/// @param commits how many commits were walked
/// @param issues what is wrong, at most [#ISSUES_MAX]; empty when all is well
/// @param furtherIssues how many more there are
public record CheckReport(long chunks, long bytes, long commits, List<Issue> issues, long furtherIssues) {
    /// The most issues that a report lists.
    public static final int ISSUES_MAX = 10_000;

    public CheckReport {
        issues = List.copyOf(issues);
    }

    /// Whether nothing is wrong.
    public boolean isSound() {
        return issues.isEmpty();
    }

    /// The issues in words.
    public List<String> problems() {
        return issues.stream().map(Issue::text).toList();
    }
}
