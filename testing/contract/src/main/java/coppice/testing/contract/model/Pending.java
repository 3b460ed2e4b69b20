package coppice.testing.contract.model;

import coppice.api.Merge;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A merge that is not finished.
///
/// @param source what the merged commit was called
/// @param ours the branch's commit when it began
/// @param staged the content that became the working state, or null for a merge that waits for decisions
/// @param decisions what was decided of which clash
record Pending(
        String source,
        Version theirs,
        Version ours,
        @Nullable State staged,
        Manner manner,
        Map<Clash, Optional<String>> decisions)
        implements Clash.Decider {
    /// How to merge.
    record Manner(Decision decision, Merge.FastForward forward, boolean squash, boolean commits, boolean keeps) {
        Merge into(String branch) {
            Merge merge = Merge.into(branch).resolving(decision.resolver()).fastForward(forward);
            merge = squash ? merge.squashed() : merge;
            merge = commits ? merge : merge.uncommitted();
            return keeps ? merge.keepingConflicts() : merge;
        }

        /// The message of the commit, where nothing else is said.
        String title(String source, String into) {
            return (squash ? "Squash " : "Merge ") + source + " into " + into;
        }
    }

    Pending {
        decisions = Map.copyOf(decisions);
    }

    boolean isStaged() {
        return staged != null;
    }

    /// Whether a working state is the merged content.
    boolean isContent(State working) {
        return working.equals(Objects.requireNonNull(staged));
    }

    Pending with(Map<Clash, Optional<String>> all) {
        return new Pending(source, theirs, ours, staged, manner, all);
    }

    /// This, with one more decision, or one taken back.
    Pending deciding(Clash clash, Optional<Optional<String>> decision) {
        Map<Clash, Optional<String>> all = new HashMap<>(decisions);
        all.keySet().removeIf(other -> other.row().equals(clash.row()));
        decision.ifPresent(value -> all.put(clash, value));
        return with(all);
    }

    @Override
    public Optional<Optional<String>> decide(Clash clash) {
        return Optional.ofNullable(decisions.get(clash));
    }

    /// The merge as it stands.
    PlainMerge with(Version head, PlainDatabase plain) {
        return PlainMerge.of(head, theirs, Ruling.of(plain, this));
    }
}
