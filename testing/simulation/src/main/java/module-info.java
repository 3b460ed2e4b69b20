import org.jspecify.annotations.NullMarked;

/// A machine to break: a disk that forgets what was not synced, and time, chance and tasks that repeat themselves.
@NullMarked
module coppice.testing.simulation {
    requires static transitive org.jspecify;
    requires transitive coppice.kernel;

    exports coppice.testing.simulation;
}
