package coppice.api;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// How to merge.
///
/// @param into the branch that gets the result
/// @param message of the merge commit; empty for "Merge SOURCE into TARGET"
/// @param resolver decides keys that both sides changed and that no policy decided
/// @param fastForward what to do when the branch has nothing of its own
/// @param rules which policies decide, besides and over those of [MergePolicies]
/// @param options what else is wanted
public record Merge(
        String into,
        Optional<CommitMessage> message,
        Resolver resolver,
        FastForward fastForward,
        List<MergeRule> rules,
        Set<Option> options) {
    /// What to do when the branch has nothing of its own.
    public enum FastForward {
        /// Move it forward, without a merge commit.
        ALLOW,
        /// Move it forward; refuse the merge when it has something of its own.
        ONLY,
        /// Make a merge commit.
        NEVER
    }

    /// What else may be wanted of a merge.
    public enum Option {
        /// The commit has one parent: the branch gets the content, and none of the history.
        SQUASH,
        /// Histories without a common ancestor may be merged, on an empty base.
        ALLOW_UNRELATED,
        /// Nothing is committed: the merged content becomes the branch's working state.
        NO_COMMIT,
        /// A merge that meets conflicts is kept, to be gone on with.
        KEEP_CONFLICTS
    }

    public Merge {
        Objects.requireNonNull(into);
        Objects.requireNonNull(message);
        Objects.requireNonNull(resolver);
        Objects.requireNonNull(fastForward);
        rules = List.copyOf(rules);
        options = Set.copyOf(options);
    }

    /// Into a branch, moving it forward where that is enough, reporting conflicts.
    public static Merge into(String branch) {
        return new Merge(branch, Optional.empty(), Resolver.NONE, FastForward.ALLOW, List.of(), Set.of());
    }

    /// This merge, with conflicts decided that no policy decides.
    public Merge resolving(Resolver decider) {
        return new Merge(into, message, decider, fastForward, rules, options);
    }

    /// This merge with a message.
    public Merge message(CommitMessage text) {
        return new Merge(into, Optional.of(text), resolver, fastForward, rules, options);
    }

    /// This merge, moving the branch forward or not.
    public Merge fastForward(FastForward how) {
        return new Merge(into, message, resolver, how, rules, options);
    }

    /// This merge, always with a merge commit.
    public Merge noFastForward() {
        return fastForward(FastForward.NEVER);
    }

    /// This merge with one more rule, which comes after all others.
    public Merge rule(MergeRule rule) {
        List<MergeRule> more = new ArrayList<>(rules);
        more.add(rule);
        return new Merge(into, message, resolver, fastForward, more, options);
    }

    /// This merge with one policy for everything.
    public Merge policy(MergePolicy policy) {
        return rule(MergeRule.of("*", policy));
    }

    /// This merge with one more option.
    public Merge with(Option option) {
        Set<Option> more = new HashSet<>(options);
        more.add(option);
        return new Merge(into, message, resolver, fastForward, rules, more);
    }

    /// This merge, as one commit on top of the branch that names no other parent.
    public Merge squashed() {
        return with(Option.SQUASH);
    }

    /// This merge, also when the histories have no common ancestor: then everything counts as added by both sides.
    public Merge allowingUnrelated() {
        return with(Option.ALLOW_UNRELATED);
    }

    /// This merge without a commit: the merged content becomes the working state, to be looked at and changed, and
    /// the branch's next commit is the merge commit. [Branch#merging] tells of it until then. A branch that can be
    /// moved forward is moved all the same, unless that is forbidden.
    public Merge uncommitted() {
        return with(Option.NO_COMMIT);
    }

    /// This merge, kept when it meets conflicts: [Branch#merging] then has it, also after the database was closed,
    /// until they are decided and it goes on, or it is given up. The branch itself stays as it is. The resolver is
    /// asked at once and not kept; what it decides is.
    public Merge keepingConflicts() {
        return with(Option.KEEP_CONFLICTS);
    }

    /// Whether an option is wanted.
    public boolean has(Option option) {
        return options.contains(option);
    }
}
