package coppice.bench.peer;

import coppice.api.Coppice;
import coppice.api.Database;
import coppice.api.Options;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The database of a store of ours, from its opening on.
public final class OwnDatabase {
    private @Nullable Database database;

    /// Opens it in a directory, or creates it there.
    public void open(Path directory, Options options) {
        database = Coppice.open(directory.resolve("coppice").toString(), options);
    }

    /// The open database.
    public Database get() {
        if (database == null) {
            throw new IllegalStateException("open the store first");
        }
        return database;
    }

    /// Closes it if it is open.
    public void close() {
        if (database != null) {
            database.close();
        }
    }
}
