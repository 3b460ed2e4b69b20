package coppice.engine.storage;

import coppice.kernel.platform.Clock;
import coppice.kernel.platform.Disk;
import coppice.kernel.platform.Entropy;
import coppice.kernel.platform.Tasks;

/// Everything outside of the database that it touches. Simulated as a whole in tests.
///
/// @param disk the database's directory
/// @param tasks work beside the callers
/// @param clock time
/// @param entropy chance
public record Machine(Disk disk, Tasks tasks, Clock clock, Entropy entropy) {
    /// This machine, with the database on a disk.
    public static Machine real(Disk disk) {
        return new Machine(disk, Tasks.threads(), Clock.system(), Entropy.secure());
    }
}
