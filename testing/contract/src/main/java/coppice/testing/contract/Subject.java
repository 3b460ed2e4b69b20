package coppice.testing.contract;

import coppice.api.Database;
import coppice.api.Options;
import java.util.function.Function;

/// The implementation under test, with a place of its own for one database. Made anew for each test.
public interface Subject {
    /// Opens the database of this place: an empty one the first time, later what the one before left when it was
    /// closed. The opener closes it.
    Database open(Options options);

    /// Whether what was closed is there again when opened.
    default boolean isPersistent() {
        return true;
    }

    /// A place that keeps nothing.
    static Subject forgetful(Function<Options, Database> open) {
        return new Subject() {
            @Override
            public Database open(Options options) {
                return open.apply(options);
            }

            @Override
            public boolean isPersistent() {
                return false;
            }
        };
    }
}
