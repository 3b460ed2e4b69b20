package coppice.engine.exchange;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.kernel.platform.StorageException;
import coppice.kernel.store.MissingChunkException;
import java.util.function.Supplier;

/// Says of a failure on the other side that it is one.
final class PeerFailure {
    private PeerFailure() {}

    /// Does something over there.
    static <T> T guarded(String location, Supplier<T> body) {
        try {
            return body.get();
        } catch (DatabaseException.Closed | StorageException | IllegalStateException gone) {
            throw unavailable(location, gone);
        } catch (MissingChunkException missing) {
            throw new DatabaseException.Corrupt(
                            "The database '" + location + "' has not all of what its refs reach: "
                                    + missing.getMessage() + "; nothing was changed here. Run check there.",
                            missing)
                    .with("location", location);
        }
    }

    static DatabaseException unavailable(String location, RuntimeException cause) {
        return new DatabaseException.Unavailable(
                        ErrorCode.REMOTE_UNAVAILABLE,
                        "'" + location + "' cannot be reached (" + cause.getMessage()
                                + "). Nothing was changed; what has arrived is kept for a while, so try again when it"
                                + " is there.",
                        cause)
                .with("location", location);
    }
}
