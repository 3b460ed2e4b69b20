package coppice.testing.simulation;

import coppice.api.Compression;
import coppice.api.Database;
import coppice.api.Durability;
import coppice.api.Options;
import coppice.engine.Opening;
import coppice.engine.storage.Machine;
import coppice.engine.storage.Sizes;
import coppice.kernel.platform.Disk;

/// A simulated machine with a database on its disk: time, chance and tasks repeat themselves.
final class Station {
    final SimulatedClock clock = new SimulatedClock(1_700_000_000_000L);
    final SimulatedTasks tasks = new SimulatedTasks(clock);
    /// So small that a short life sees many files come and go.
    private static final Sizes SIZES = new Sizes(16 << 10, 64 << 10, 16 << 10);

    private final SimulatedEntropy entropy;

    Station(long seed) {
        entropy = new SimulatedEntropy(seed);
    }

    Database open(Disk disk, Durability durability) {
        Options options = Options.defaults()
                .with(durability)
                .with(Compression.ADAPTIVE)
                .withMemoryBytes(Options.MEMORY_BYTES_MIN)
                .withAuthor("Ann");
        return Opening.open(new Machine(disk, tasks, clock, entropy), "simulated", options, SIZES);
    }
}
