package coppice.engine.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.Database;
import java.util.function.BooleanSupplier;

/// The branch that a handle works on when none is named. Remembered for the next handle. Safe for all threads.
///
/// What is remembered is a name, or two in lines while the branch gets another: the first of them that is there
/// counts.
public final class CurrentBranch {
    /// The area of the settings that holds its name.
    public static final String AREA = "handle";
    private static final String KEY = "current";

    private final Settings settings;
    private final Branches branches;
    private volatile String name;

    public CurrentBranch(Settings settings, Branches branches) {
        this.settings = settings;
        this.branches = branches;
        this.name = settings.find(AREA, KEY).stream()
                .flatMap(stored -> new String(stored, UTF_8).lines())
                .filter(stored -> branches.ref(RefNames.head(stored)).isPresent())
                .findFirst()
                .orElse(Database.MAIN);
    }

    /// Its name.
    public String name() {
        return name;
    }

    /// The branch.
    ///
    /// @throws coppice.api.DatabaseException.NotFound when it is gone
    public LiveBranch branch() {
        return branches.require(name);
    }

    /// Makes another branch the current one, durably.
    ///
    /// @throws coppice.api.DatabaseException.NotFound when there is none of that name
    public void switchTo(String other) {
        branches.require(other);
        remember(other);
    }

    private void remember(String other) {
        settings.put(AREA, KEY, other.getBytes(UTF_8));
        name = other;
    }

    /// Takes another branch for one that is about to go, if that is the current one.
    public void leave(String going, String other) {
        if (name.equals(going)) {
            remember(branches.find(other).isPresent() ? other : Database.MAIN);
        }
    }

    /// Stays on a branch, if it is the current one, while it gets another name.
    ///
    /// @param renaming gives it the name and says so, or does not, or throws
    /// @return whether it has the name
    public boolean follow(String from, String to, BooleanSupplier renaming) {
        if (!name.equals(from)) {
            return renaming.getAsBoolean();
        }
        settings.put(AREA, KEY, (to + "\n" + from).getBytes(UTF_8));
        try {
            boolean done = renaming.getAsBoolean();
            name = done ? to : name;
            return done;
        } finally {
            remember(name);
        }
    }
}
