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
/// @param resolver decides keys that both sides changed, as long as the rebase does not stop
/// @param keepEmpty whether commits that come to change nothing are made all the same
public record RebasePlan(CommitId from, CommitId onto, List<RebaseStep> steps, Resolver resolver, boolean keepEmpty) {
    public RebasePlan {
        Objects.requireNonNull(from);
        Objects.requireNonNull(onto);
        steps = List.copyOf(steps);
        Objects.requireNonNull(resolver);
    }

    /// This plan with other steps.
    public RebasePlan steps(List<RebaseStep> others) {
        return new RebasePlan(from, onto, others, resolver, keepEmpty);
    }

    /// This plan with another step in place of the n-th, from 0.
    public RebasePlan step(int index, UnaryOperator<RebaseStep> change) {
        List<RebaseStep> changed = new ArrayList<>(steps);
        changed.set(index, change.apply(changed.get(index)));
        return steps(changed);
    }

    /// This plan with conflicts decided.
    public RebasePlan resolving(Resolver decider) {
        return new RebasePlan(from, onto, steps, decider, keepEmpty);
    }

    /// This plan, also with commits that come to change nothing.
    public RebasePlan keepingEmpty() {
        return new RebasePlan(from, onto, steps, resolver, true);
    }
}
