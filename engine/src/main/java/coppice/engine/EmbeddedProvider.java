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
import coppice.api.RepairOptions;
import coppice.api.RepairReport;
import coppice.api.Traffic;
import coppice.engine.exchange.Backups;
import coppice.engine.history.Proving;
import coppice.engine.storage.Machine;
import coppice.engine.storage.Sizes;
import coppice.engine.terms.Failures;
import coppice.kernel.platform.LocalDisk;
import coppice.kernel.platform.MemoryDisk;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

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
    public RepairReport repair(String location, RepairOptions options) {
        return Failures.guarded(() -> {
            if (location.startsWith(MEMORY)) {
                throw new DatabaseException.Incorrect(
                        ErrorCode.NO_DATABASE, "'" + location + "' has no files to repair: give a directory");
            }
            Map<String, Machine> copies = new LinkedHashMap<>();
            options.copies().forEach(copy -> copies.put(copy, Backups.machine(copy)));
            return Opening.repair(Backups.machine(location), location, options, copies, Sizes.STANDARD);
        });
    }

    @Override
    public Database restore(String backup, String to, Options options, Consumer<Traffic> progress) {
        return Failures.guarded(() -> {
            Neighbours.requireNew(to);
            return Opening.restore(Backups.machine(backup), backup, Backups.machine(to), to, options, progress);
        });
    }

    @Override
    public ProofResult verify(Proof proof, CommitId trusted) {
        return Proving.verify(proof, trusted);
    }
}
