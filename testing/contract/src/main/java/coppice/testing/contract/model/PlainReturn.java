package coppice.testing.contract.model;

import coppice.testing.contract.model.Clash.Decider;
import coppice.testing.contract.model.PlainDatabase.Stashed;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// An entry of the stash that clashed when it was to come back, and waits.
///
/// @param drops whether the entry goes in the end
/// @param decisions what was decided of which clash
record PlainReturn(Stashed entry, boolean drops, Map<Clash, Optional<String>> decisions) implements Decider {
    PlainReturn {
        decisions = Map.copyOf(decisions);
    }

    /// What it makes of a working state.
    PlainMerge work(State working, Ruling ruling) {
        Version commit = entry.commit();
        return PlainMerge.of(commit.before(), working, commit.state(), ruling);
    }

    /// With what a decision says of what the rules leave, besides what was decided.
    PlainReturn deciding(State working, PlainDatabase plain, Decider decision) {
        Map<Clash, Optional<String>> all = new HashMap<>(decisions);
        for (Clash clash : work(working, Ruling.of(plain, this)).clashes()) {
            decision.decide(clash).ifPresent(value -> {
                all.keySet().removeIf(other -> other.row().equals(clash.row()));
                all.put(clash, value);
            });
        }
        return new PlainReturn(entry, drops, all);
    }

    /// With those decisions only that still are about something.
    PlainReturn deciding(State working, PlainDatabase plain) {
        return new PlainReturn(entry, drops, Map.of()).deciding(working, plain, this);
    }

    @Override
    public Optional<Optional<String>> decide(Clash clash) {
        return Optional.ofNullable(decisions.get(clash));
    }
}
