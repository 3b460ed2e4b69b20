package coppice.testing.simulation;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import coppice.api.Commit;
import coppice.api.Compression;
import coppice.api.Database;
import coppice.api.Durability;
import coppice.api.Options;
import coppice.api.RepairOptions;
import coppice.api.RepairReport;
import coppice.engine.Opening;
import coppice.engine.storage.Machine;
import coppice.engine.storage.Sizes;
import coppice.kernel.platform.Disk.OpenMode;
import coppice.kernel.platform.DiskFile;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A small database on a disk whose files are damaged: opened, read whole, repaired, and its files looked at and
/// changed.
final class Damaged {
    private static final Sizes SIZES = new Sizes(4 << 10, 64 << 10, 4 << 10);

    private Damaged() {}

    static Machine machine(SimulatedDisk disk) {
        return machine(disk, 0);
    }

    private static Machine machine(SimulatedDisk disk, long later) {
        SimulatedClock clock = new SimulatedClock(1_700_000_000_000L + later);
        return new Machine(disk, new SimulatedTasks(clock), clock, new SimulatedEntropy(7));
    }

    static Database open(SimulatedDisk disk) {
        return open(disk, Options.defaults().retention(), 0);
    }

    /// @param later how many milliseconds later it is than usual
    static Database open(SimulatedDisk disk, Duration retention, long later) {
        Options options = Options.defaults()
                .withRetention(retention)
                .with(Durability.SYNC)
                .with(Compression.NONE)
                .withMemoryBytes(Options.MEMORY_BYTES_MIN);
        return Opening.open(machine(disk, later), "damaged", options, SIZES);
    }

    static RepairReport repair(SimulatedDisk disk, RepairOptions options, Map<String, Machine> copies) {
        return Opening.repair(machine(disk), "damaged", options, copies, SIZES);
    }

    /// The database with the history of all its branches.
    static Map<String, String> whole(Database db) {
        Map<String, String> all = new TreeMap<>(Dump.of(db));
        db.branches().forEach(branch -> {
            for (Commit commit : db.log(branch.name())) {
                all.put(commit.id().hex(), commit.toString());
                Dump.addState(all, commit.id().hex(), db.at(commit.id().hex()));
            }
        });
        db.tags()
                .list()
                .forEach(tag -> all.put("tag " + tag.name(), tag.commit().hex()));
        return all;
    }

    /// Opens a database that must be sound, and stay so when it is worked on.
    static Database requireSound(SimulatedDisk disk) {
        Database db = open(disk);
        Dump.requireSound(db);
        db.space("after").put("repair", "1");
        db.commit("after");
        db.gc();
        Dump.requireSound(db);
        return db;
    }

    static List<String> files(SimulatedDisk disk, String directory) {
        return disk.list(directory).stream().map(name -> directory + "/" + name).toList();
    }

    static byte[] content(SimulatedDisk disk, String path) {
        try (DiskFile file = disk.open(path, OpenMode.READ)) {
            byte[] bytes = new byte[(int) file.size()];
            file.read(0, bytes, 0, bytes.length);
            return bytes;
        }
    }

    /// A copy of a disk with another content of a file.
    static SimulatedDisk with(SimulatedDisk disk, String path, byte[] content) {
        SimulatedDisk copy = disk.afterKill();
        write(copy, path, content);
        return copy;
    }

    /// Puts another content in place of that of a file.
    static void write(SimulatedDisk disk, String path, byte[] content) {
        try (DiskFile file = disk.open(path, OpenMode.WRITE)) {
            file.truncate(content.length);
            file.write(0, content, 0, content.length);
            file.sync();
        }
    }

    /// A copy of a disk with a bit turned in each pack that holds some bytes.
    static SimulatedDisk damagedWhere(SimulatedDisk disk, String text) {
        SimulatedDisk damaged = disk;
        for (String path : files(disk, "packs")) {
            byte[] bytes = content(disk, path);
            int at = new String(bytes, ISO_8859_1).indexOf(text);
            if (at >= 0 && path.endsWith(".pack")) {
                bytes[at] ^= 1;
                damaged = with(damaged, path, bytes);
            }
        }
        if (damaged == disk) {
            throw new AssertionError("no pack holds '" + text + "'");
        }
        return damaged;
    }

    /// A copy of a disk with a bit turned in each place of a pack that holds some bytes.
    static SimulatedDisk damagedEverywhere(SimulatedDisk disk, String text) {
        SimulatedDisk damaged = disk;
        for (String path : files(disk, "packs")) {
            byte[] bytes = content(disk, path);
            String all = new String(bytes, ISO_8859_1);
            for (int at = all.indexOf(text); at >= 0; at = all.indexOf(text, at + 1)) {
                bytes[at] ^= 1;
            }
            damaged = path.endsWith(".pack") ? with(damaged, path, bytes) : damaged;
        }
        return damaged;
    }
}
