package coppice.engine;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.Options;
import coppice.engine.exchange.BundlePeer;
import coppice.engine.exchange.Depot;
import coppice.engine.exchange.LocalPeer;
import coppice.engine.exchange.Peer;
import coppice.engine.storage.Machine;
import coppice.engine.storage.Sizes;
import coppice.kernel.platform.LocalDisk;
import coppice.kernel.store.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Finds other databases: those that are open in this process, which nobody can open again, and those on disk.
final class Neighbours {
    private static final long MEMORY_BYTES = 64L << 20;
    private static final Map<String, Depot> OPEN = new ConcurrentHashMap<>();

    private Neighbours() {}

    /// Says that a database is open.
    static void enter(String location, Depot depot) {
        OPEN.put(key(location), depot);
    }

    /// Says that it no longer is.
    static void leave(String location, Depot depot) {
        OPEN.remove(key(location), depot);
    }

    /// The database that is open there, in this process.
    static Optional<Depot> find(String location) {
        return Optional.ofNullable(OPEN.get(key(location)));
    }

    /// What is at a location, to exchange with: a database or a bundle. Close it.
    static Peer connect(String location) {
        Depot open = OPEN.get(key(location));
        if (open != null) {
            return new LocalPeer(location, open, () -> {});
        }
        if (location.startsWith(EmbeddedProvider.MEMORY)) {
            throw missing(location);
        }
        Path path = path(location);
        if (Files.isRegularFile(path)) {
            return BundlePeer.open(path);
        }
        if (!Files.isDirectory(path)) {
            throw missing(location);
        }
        EmbeddedDatabase database = Opening.embedded(
                Machine.real(LocalDisk.at(path)),
                location,
                Options.defaults().mustExist().withMemoryBytes(MEMORY_BYTES),
                Sizes.STANDARD);
        return new LocalPeer(location, database.depot(), database::close);
    }

    private static DatabaseException missing(String location) {
        return new DatabaseException.Incorrect(
                        ErrorCode.NO_DATABASE,
                        "There is no database and no bundle at '" + location + "': check the remote's location")
                .with("location", location);
    }

    /// Refuses a place for a new database that is none on disk, or has one already.
    static void requireNew(String location) {
        boolean memory = location.startsWith(EmbeddedProvider.MEMORY);
        if (memory || Files.exists(path(location).resolve(Manifest.FILE))) {
            throw new DatabaseException.Incorrect(
                            ErrorCode.NOT_A_DATABASE,
                            "'" + location + "' " + (memory ? "is no directory" : "holds a database already")
                                    + ": give an empty or a new directory")
                    .with("location", location);
        }
    }

    private static Path path(String location) {
        try {
            return Path.of(location);
        } catch (InvalidPathException invalid) {
            throw new DatabaseException.Incorrect(
                    ErrorCode.NO_DATABASE, "'" + location + "' is no path: give a directory or a file", invalid);
        }
    }

    /// The same for all names of a directory.
    private static String key(String location) {
        if (location.startsWith(EmbeddedProvider.MEMORY)) {
            return location;
        }
        Path path = path(location).toAbsolutePath().normalize();
        try {
            return path.toRealPath().toString();
        } catch (IOException notThere) {
            return path.toString();
        }
    }
}
