package coppice.engine.waiting;

import coppice.api.Conflict;
import coppice.api.Resolver;
import coppice.engine.live.LiveBranch;
import coppice.engine.live.Settings;
import coppice.kernel.bytes.Hash;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What was decided about the conflicts of what waits on a branch: settings, each kept by a digest of the values it
/// was decided on. So one that is left over from something else decides nothing.
public record Decisions(Settings settings) {
    /// The area of the settings: from branch and digest to what was decided.
    public static final String AREA = "decisions";

    /// A resolver that says what was decided, of the very same values.
    public Resolver resolver(LiveBranch branch) {
        Map<Hash, Decision> decisions = new LinkedHashMap<>();
        settings.all(AREA, prefix(branch.name())).values().forEach(bytes -> {
            Decision decision = Decision.decode(bytes);
            decisions.put(Decision.name(decision.space(), decision.key()), decision);
        });
        return conflict -> {
            Decision decision = decisions.get(Decision.name(conflict.space(), conflict.key()));
            return decision != null && decision.isAbout(conflict)
                    ? decision.resolution(conflict)
                    : new Resolver.Unresolved();
        };
    }

    /// A resolver that says what was decided, and asks another about the rest.
    public Resolver resolver(LiveBranch branch, Resolver rest) {
        Resolver decided = resolver(branch);
        return conflict -> {
            Resolver.Resolution resolution = decided.resolve(conflict);
            return resolution instanceof Resolver.Take ? resolution : rest.resolve(conflict);
        };
    }

    /// A resolver that puts down what another decides.
    public static Resolver noting(Resolver resolver, List<Decision> decisions) {
        return conflict -> {
            Resolver.Resolution resolution = resolver.resolve(conflict);
            note(conflict, resolution, decisions);
            return resolution;
        };
    }

    private static void note(Conflict conflict, Resolver.Resolution resolution, List<Decision> decisions) {
        if (resolution instanceof Resolver.Take(Optional<byte[]> value)) {
            decisions.add(Decision.of(conflict, value));
        }
    }

    /// Keeps decisions besides those there are, all at once.
    public void keep(LiveBranch branch, List<Decision> decisions) {
        Map<String, Optional<byte[]>> entries = new LinkedHashMap<>();
        put(entries, branch.name(), decisions);
        settings.putAll(Map.of(AREA, entries));
    }

    /// Forgets a decision.
    ///
    /// @return whether there was one
    public boolean forget(LiveBranch branch, String space, byte[] key) {
        String entry = prefix(branch.name()) + Decision.name(space, key);
        boolean found = settings.find(AREA, entry).isPresent();
        settings.remove(AREA, entry);
        return found;
    }

    /// Puts an entry of the settings, or removes it, and keeps these decisions and no others: all at once.
    void with(String area, String branch, Optional<byte[]> setting, List<Decision> decisions) {
        Map<String, Optional<byte[]>> entries = new LinkedHashMap<>();
        settings.all(AREA, prefix(branch)).keySet().forEach(entry -> entries.put(entry, Optional.empty()));
        put(entries, branch, decisions);
        settings.putAll(Map.of(area, Map.of(branch, setting), AREA, entries));
    }

    /// Keeps what was decided on one branch for another, too.
    void copy(String from, String to) {
        Map<String, Optional<byte[]>> entries = new LinkedHashMap<>();
        settings.all(AREA, prefix(from))
                .forEach((entry, bytes) ->
                        entries.put(prefix(to) + entry.substring(prefix(from).length()), Optional.of(bytes)));
        settings.putAll(Map.of(AREA, entries));
    }

    private static void put(Map<String, Optional<byte[]>> entries, String branch, List<Decision> decisions) {
        decisions.forEach(decision -> entries.put(
                prefix(branch) + Decision.name(decision.space(), decision.key()), Optional.of(decision.encode())));
    }

    private static String prefix(String branch) {
        return branch + '\0';
    }
}
