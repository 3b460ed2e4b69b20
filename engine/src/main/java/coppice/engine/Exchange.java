package coppice.engine;

import coppice.api.BackupReport;
import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.Options;
import coppice.api.Remotes;
import coppice.api.Traffic;
import coppice.engine.exchange.Backups;
import coppice.engine.exchange.Depot;
import coppice.engine.exchange.Shallow;
import coppice.engine.terms.Failures;
import coppice.kernel.platform.Entropy;
import java.nio.file.InvalidPathException;
import java.util.function.Consumer;

/// What a database and others give each other: remotes, bundles, backups. While the database is open, others in this
/// process find it here.
final class Exchange implements AutoCloseable {
    private final Depot depot;
    private final String location;
    private final Options options;
    private final Remotes remotes;
    private final EmbeddedBundles bundles;

    Exchange(Parts parts, Shallow shallow, String location, Options options, Entropy entropy) {
        this.depot = new Depot(
                parts.storage(),
                parts.branches(),
                parts.checkpoint(),
                parts.compaction(),
                parts.placing(),
                parts.settings(),
                parts.gate(),
                entropy);
        this.location = location;
        this.options = options;
        this.remotes = new EmbeddedRemotes(depot, shallow, parts.merging());
        this.bundles = new EmbeddedBundles(depot, parts.refs());
        Neighbours.enter(location, depot);
    }

    Depot depot() {
        return depot;
    }

    Remotes remotes() {
        return remotes;
    }

    EmbeddedBundles bundles() {
        return bundles;
    }

    BackupReport backup(String directory, Consumer<Traffic> progress) {
        return Failures.guarded(() -> {
            try {
                return Backups.write(depot, Backups.machine(directory), directory, options, progress);
            } catch (InvalidPathException invalid) {
                throw new DatabaseException.Incorrect(
                        ErrorCode.NO_DATABASE, "'" + directory + "' is no path: give a directory", invalid);
            }
        });
    }

    @Override
    public void close() {
        Neighbours.leave(location, depot);
    }
}
