package coppice.testing.simulation;

import coppice.kernel.platform.Disk;
import coppice.kernel.platform.DiskContract;

final class SimulatedDiskContractTest extends DiskContract {
    @Override
    protected Disk emptyDisk() {
        return new SimulatedDisk();
    }
}
