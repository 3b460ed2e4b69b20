package coppice.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/// What a rebase is to do: which commits, in which order and how, on top of what. Commits that are not in it are
/// left out. An immutable value; [Rebase#plan] makes the first.
///
/// @param from the branch's commit when the plan was made; what comes after it is picked at the end
/// @param onto the commit that the first step goes on
/// @param steps in the order in which they are done
/// @param resolver decides keys that both sides changed and that no policy decided, as long as the rebase does not
///     stop
/// @param keepEmpty whether commits that come to change nothing are made all the same
/// @param rules which policies decide, besides and over those of [MergePolicies], to the end of the rebase
public record RebasePlan(
        CommitId from,
        CommitId onto,
        List<RebaseStep> steps,
        Resolver resolver,
        boolean keepEmpty,
        List<MergeRule> rules) {
    public RebasePlan {
        Objects.requireNonNull(from);
        Objects.requireNonNull(onto);
        steps = List.copyOf(steps);
        Objects.requireNonNull(resolver);
        rules = List.copyOf(rules);
    }

    /// This plan with other steps.
    public RebasePlan steps(List<RebaseStep> others) {
        return new RebasePlan(from, onto, others, resolver, keepEmpty, rules);
    }

    /// This plan with another step in place of the n-th, from 0.
    public RebasePlan step(int index, UnaryOperator<RebaseStep> change) {
        List<RebaseStep> changed = new ArrayList<>(steps);
        changed.set(index, change.apply(changed.get(index)));
        return steps(changed);
    }

    /// This plan with conflicts decided that no policy decides.
    public RebasePlan resolving(Resolver decider) {
        return new RebasePlan(from, onto, steps, decider, keepEmpty, rules);
    }

    /// This plan, also with commits that come to change nothing.
    public RebasePlan keepingEmpty() {
        return new RebasePlan(from, onto, steps, resolver, true, rules);
    }

    /// This plan with one more rule, which comes after all others.
    public RebasePlan rule(MergeRule rule) {
        List<MergeRule> more = new ArrayList<>(rules);
        more.add(rule);
        return new RebasePlan(from, onto, steps, resolver, keepEmpty, more);
    }

    /// This plan with one policy for everything.
    public RebasePlan policy(MergePolicy policy) {
        return rule(MergeRule.of("*", policy));
    }
}
