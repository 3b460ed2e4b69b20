package coppice.engine.repair;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.engine.exchange.Backups;
import coppice.engine.exchange.Construction;
import coppice.engine.storage.Layout;
import coppice.engine.storage.Machine;
import coppice.kernel.bytes.CorruptException;
import coppice.kernel.platform.Disk;
import coppice.kernel.platform.DiskLock;
import coppice.kernel.platform.StorageException;
import coppice.kernel.store.Manifest;
import coppice.kernel.store.PackOptions;
import coppice.kernel.store.PackState;
import coppice.kernel.store.PackStore;
import coppice.kernel.store.Salvage;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Copies of a database from which chunks are taken: other databases and backups, read as they are and not changed.
final class Copies implements AutoCloseable {
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final Map<String, PackStore> stores = new LinkedHashMap<>();

    /// @param machines the disk of each copy by what the copy is called
    static Copies open(Map<String, Machine> machines) {
        Copies copies = new Copies();
        try {
            machines.forEach(copies::add);
            return copies;
        } catch (RuntimeException failure) {
            copies.close();
            throw failure;
        }
    }

    private void add(String location, Machine machine) {
        Disk disk = machine.disk();
        if (!disk.exists(Layout.PACKS)) {
            throw new DatabaseException.Incorrect(
                            ErrorCode.NO_DATABASE,
                            "There is no database or backup at '" + location + "' to take chunks from: check the path")
                    .with("location", location);
        }
        try {
            DiskLock lock = Layout.lock(machine, location);
            opened.push(lock);
        } catch (StorageException failure) {
            if (failure.kind() != StorageException.Kind.READ_ONLY && failure.kind() != StorageException.Kind.DENIED) {
                throw failure;
            }
            // Nobody writes there.
        }
        Salvage salvage = Salvage.ofCopy(disk, machine.tasks(), Layout.PACKS, PackOptions.standard(), state(disk));
        opened.push(salvage);
        stores.put(location, salvage.store());
    }

    private static Optional<PackState> state(Disk disk) {
        for (String place : new String[] {"", Backups.PLACE, Construction.UNFINISHED}) {
            if (Manifest.exists(disk, place)) {
                try {
                    return Optional.of(Manifest.read(disk, place).packs());
                } catch (CorruptException _) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    /// The chunks of each.
    Map<String, PackStore> stores() {
        return stores;
    }

    @Override
    public void close() {
        for (AutoCloseable part : opened) {
            try {
                part.close();
            } catch (Exception failure) {
                throw new IllegalStateException("A copy that was only read cannot be closed", failure);
            }
        }
        opened.clear();
    }
}
