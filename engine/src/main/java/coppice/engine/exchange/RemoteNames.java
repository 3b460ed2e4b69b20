package coppice.engine.exchange;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.engine.live.RefNames;
import coppice.kernel.history.RefName;

/// What the `Settings` say of other databases: where each is, by its name.
public final class RemoteNames {
    /// The area of the settings: from name to location.
    public static final String AREA = "remotes";

    private RemoteNames() {}

    /// Refuses what cannot be a part of a ref's name.
    public static void check(String name) {
        boolean valid = RefName.problem(RefNames.REMOTES + name).isEmpty() && !name.contains("/");
        if (!valid) {
            throw new DatabaseException.Incorrect(
                            ErrorCode.INVALID_REMOTE_NAME,
                            "'" + name + "' cannot be the name of a remote: choose one of letters, digits and hyphens")
                    .with("remote", name);
        }
    }
}
