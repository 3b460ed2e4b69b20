package coppice.api;

import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;

/// Which commits to apply to a branch, or to take back, and how.
///
/// A range `a..b` stands for the commits of b's own line (b, its first parent, the first parent of that ...) that
/// `a` has not. A merge among them counts as what it brought to that line.
///
/// @param commits refs and ranges, in order
/// @param mainline which parent of a merge counts as its line, from 1; needed for a merge that is named alone
/// @param resolver decides keys that were changed here and there differently
/// @param keepEmpty whether commits that change nothing here are made all the same
public record Pick(List<String> commits, OptionalInt mainline, Resolver resolver, boolean keepEmpty) {
    public Pick {
        commits = List.copyOf(commits);
        Objects.requireNonNull(mainline);
        Objects.requireNonNull(resolver);
    }

    /// These commits, leaving conflicts to the caller and leaving out what changes nothing.
    public static Pick of(String... commits) {
        return new Pick(List.of(commits), OptionalInt.empty(), Resolver.NONE, false);
    }

    /// This, against the n-th parent of a merge, from 1.
    public Pick mainline(int parent) {
        return new Pick(commits, OptionalInt.of(parent), resolver, keepEmpty);
    }

    /// This, with conflicts decided.
    public Pick resolving(Resolver decider) {
        return new Pick(commits, mainline, decider, keepEmpty);
    }

    /// This, also with commits that change nothing.
    public Pick keepingEmpty() {
        return new Pick(commits, mainline, resolver, true);
    }
}
