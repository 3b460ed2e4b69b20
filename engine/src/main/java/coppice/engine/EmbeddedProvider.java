package coppice.engine;

import coppice.api.CloneOptions;
import coppice.api.CommitId;
import coppice.api.Database;
import coppice.api.DatabaseException;
import coppice.api.DatabaseProvider;
import coppice.api.ErrorCode;
import coppice.api.Options;
import coppice.api.Proof;
import coppice.api.ProofResult;
import coppice.kernel.platform.LocalDisk;
import coppice.kernel.platform.MemoryDisk;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/// Opens databases in this process: directories and `mem:`.
public final class EmbeddedProvider implements DatabaseProvider {
    /// Databases that live in this process, perhaps by a name.
    static final String MEMORY = "mem:";

    /// For [java.util.ServiceLoader].
    public EmbeddedProvider() {}

    @Override
    public boolean accepts(String location) {
        return location.startsWith(MEMORY) || !location.matches("[a-z][a-z0-9+.-]+:.*");
    }

    @Override
    public Database open(String location, Options options) {
        if (location.startsWith(MEMORY)) {
            return Opening.open(Machine.real(new MemoryDisk()), location, options);
        }
        try {
            return Opening.open(Machine.real(LocalDisk.at(Path.of(location))), location, options);
        } catch (InvalidPathException invalid) {
            throw new DatabaseException.Incorrect(
                    ErrorCode.NO_DATABASE, "'" + location + "' is no path: give a directory, or mem:", invalid);
        }
    }

    @Override
    public Database clone(String from, String to, CloneOptions options) {
        return Failures.guarded(() -> {
            Neighbours.requireNew(to);
            return Opening.clone(from, Backups.machine(to), to, options);
        });
    }

    @Override
    public Database restore(String backup, String to, Options options) {
        return Failures.guarded(() -> {
            Neighbours.requireNew(to);
            return Opening.restore(Backups.machine(backup), backup, Backups.machine(to), to, options);
        });
    }

    @Override
    public ProofResult verify(Proof proof, CommitId trusted) {
        return Proving.verify(proof, trusted);
    }
}
