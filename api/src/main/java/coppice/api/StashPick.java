package coppice.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Which entry of the [Stash] to bring back, and how. An immutable value.
///
/// @param index of the entry, from 0 for the newest
/// @param resolver decides keys that were changed here and there differently and that no policy decided
/// @param rules which policies decide, besides and over those of [MergePolicies]
/// @param keepConflicts whether it waits when it meets conflicts
public record StashPick(int index, Resolver resolver, List<MergeRule> rules, boolean keepConflicts) {
    public StashPick {
        Objects.requireNonNull(resolver);
        rules = List.copyOf(rules);
    }

    /// An entry, leaving conflicts to the caller.
    public static StashPick of(int index) {
        return new StashPick(index, Resolver.NONE, List.of(), false);
    }

    /// This, with conflicts decided that no policy decides.
    public StashPick resolving(Resolver decider) {
        return new StashPick(index, decider, rules, keepConflicts);
    }

    /// This with one more rule, which comes after all others.
    public StashPick rule(MergeRule rule) {
        List<MergeRule> more = new ArrayList<>(rules);
        more.add(rule);
        return new StashPick(index, resolver, more, keepConflicts);
    }

    /// This, waiting when it meets conflicts: [Stash#waiting] then has it, also after the database was closed, until
    /// they are decided and it goes on, or it is given up. The resolver is asked at once and not kept; what it
    /// decides is.
    public StashPick keepingConflicts() {
        return new StashPick(index, resolver, rules, true);
    }

    /// This with one policy for everything.
    public StashPick policy(MergePolicy policy) {
        return rule(MergeRule.of("*", policy));
    }
}
