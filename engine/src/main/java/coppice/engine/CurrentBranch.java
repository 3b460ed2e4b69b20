package coppice.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.Database;

/// The branch that a handle works on when none is named. Remembered for the next handle. Safe for all threads.
final class CurrentBranch {
    private static final String AREA = "handle";
    private static final String KEY = "current";

    private final Settings settings;
    private final Branches branches;
    private volatile String name;

    CurrentBranch(Settings settings, Branches branches) {
        this.settings = settings;
        this.branches = branches;
        this.name = settings.find(AREA, KEY)
                .map(stored -> new String(stored, UTF_8))
                .filter(stored -> branches.ref(RefNames.head(stored)).isPresent())
                .orElse(Database.MAIN);
    }

    String name() {
        return name;
    }

    LiveBranch branch() {
        return branches.require(name);
    }

    void switchTo(String other) {
        branches.require(other);
        settings.put(AREA, KEY, other.getBytes(UTF_8));
        name = other;
    }
}
