package coppice.api;

import java.util.ArrayList;
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
/// @param resolver decides keys that were changed here and there differently and that no policy decided
/// @param keepEmpty whether commits that change nothing here are made all the same
/// @param rules which policies decide, besides and over those of [MergePolicies]
/// @param keepConflicts whether it waits when it meets conflicts
public record Pick(
        List<String> commits,
        OptionalInt mainline,
        Resolver resolver,
        boolean keepEmpty,
        List<MergeRule> rules,
        boolean keepConflicts) {
    public Pick {
        commits = List.copyOf(commits);
        Objects.requireNonNull(mainline);
        Objects.requireNonNull(resolver);
        rules = List.copyOf(rules);
    }

    /// These commits, leaving conflicts to the caller and leaving out what changes nothing.
    public static Pick of(String... commits) {
        return new Pick(List.of(commits), OptionalInt.empty(), Resolver.NONE, false, List.of(), false);
    }

    /// This, against the n-th parent of a merge, from 1.
    public Pick mainline(int parent) {
        return new Pick(commits, OptionalInt.of(parent), resolver, keepEmpty, rules, keepConflicts);
    }

    /// This, with conflicts decided that no policy decides.
    public Pick resolving(Resolver decider) {
        return new Pick(commits, mainline, decider, keepEmpty, rules, keepConflicts);
    }

    /// This, also with commits that change nothing.
    public Pick keepingEmpty() {
        return new Pick(commits, mainline, resolver, true, rules, keepConflicts);
    }

    /// This with one more rule, which comes after all others.
    public Pick rule(MergeRule rule) {
        List<MergeRule> more = new ArrayList<>(rules);
        more.add(rule);
        return new Pick(commits, mainline, resolver, keepEmpty, more, keepConflicts);
    }

    /// This, waiting when it meets conflicts: [HistoryEdits#picking] then has it, also after the database was closed,
    /// until they are decided and it goes on, or it is given up. The branch stays as it is until all commits are
    /// made. The resolver is asked until then and not kept; what it decides is.
    public Pick keepingConflicts() {
        return new Pick(commits, mainline, resolver, keepEmpty, rules, true);
    }

    /// This with one policy for everything.
    public Pick policy(MergePolicy policy) {
        return rule(MergeRule.of("*", policy));
    }
}
