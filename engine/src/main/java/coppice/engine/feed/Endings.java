package coppice.engine.feed;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import java.util.Optional;

/// Why feeds end.
final class Endings {
    private Endings() {}

    /// The branch is no more.
    static DatabaseException gone(String branch, Optional<String> newName) {
        String message = newName.map(name -> "The branch '" + branch + "' is called '" + name
                        + "' now, and what happened before was told: follow it under that name")
                .orElse("The branch '" + branch + "' was deleted, and what happened before was told: close the feed");
        DatabaseException ending = new DatabaseException.NotFound(ErrorCode.UNKNOWN_BRANCH, message);
        newName.ifPresent(name -> ending.with("newName", name));
        return ending.with("branch", branch);
    }

    /// The feed was closed.
    static DatabaseException closed() {
        return new DatabaseException.Closed("The feed was closed: open another with watch()");
    }

    /// Somebody interrupted a thread that waited.
    static DatabaseException interrupted() {
        Thread.currentThread().interrupt();
        return new DatabaseException.Interrupted(
                "The thread was interrupted while it waited for changes: nothing was taken from the feed");
    }
}
