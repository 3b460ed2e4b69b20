package coppice.engine.merge;

import coppice.api.MergePolicy;
import coppice.api.MergeRule;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// Rules in order, of which the last that fits decides. Remembers which of them are for a space. Safe for many
/// threads.
final class Rules {
    private final List<MergeRule> rules;
    private final Function<String, MergePolicy> otherwise;
    private final Map<String, List<MergeRule>> bySpace = new ConcurrentHashMap<>();

    /// @param stored the rules of the database
    /// @param own the rules of the merge, which come after them
    /// @param otherwise the policy of a space where no rule fits
    Rules(List<MergeRule> stored, List<MergeRule> own, Function<String, MergePolicy> otherwise) {
        List<MergeRule> all = new ArrayList<>(stored);
        all.addAll(own);
        this.rules = List.copyOf(all);
        this.otherwise = otherwise;
    }

    /// The policy for a key.
    MergePolicy policy(String space, byte[] key) {
        for (MergeRule rule : bySpace.computeIfAbsent(space, this::lastFirst)) {
            if (rule.keys().fits(key)) {
                return rule.policy();
            }
        }
        return otherwise.apply(space);
    }

    private List<MergeRule> lastFirst(String space) {
        byte[] name = space.getBytes(StandardCharsets.UTF_8);
        return rules.reversed().stream()
                .filter(rule -> rule.spaces().fits(name))
                .toList();
    }
}
