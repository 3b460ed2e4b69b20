package coppice.engine.meter;

import coppice.api.DatabaseStats;
import coppice.kernel.platform.Disk;
import coppice.kernel.platform.DiskFile;
import coppice.kernel.platform.ForwardingDisk;
import java.util.concurrent.atomic.LongAdder;

/// A disk that counts what is asked of it, and times how long syncs take in one of its directories: the journal's, for
/// which writers wait.
public final class MeteredDisk extends ForwardingDisk {
    private final String timed;
    private final Meter syncTimes;
    final LongAdder reads = new LongAdder();
    final LongAdder readBytes = new LongAdder();
    final LongAdder writes = new LongAdder();
    final LongAdder writtenBytes = new LongAdder();
    final LongAdder syncs = new LongAdder();

    /// @param timed the directory where syncs are timed
    /// @param syncTimes takes note of them
    public MeteredDisk(Disk disk, String timed, Meter syncTimes) {
        super(disk);
        this.timed = timed + "/";
        this.syncTimes = syncTimes;
    }

    /// What was asked so far.
    public DatabaseStats.Io io() {
        return new DatabaseStats.Io(reads.sum(), readBytes.sum(), writes.sum(), writtenBytes.sum(), syncs.sum());
    }

    void sync(String path, Runnable body) {
        syncs.increment();
        if (path.startsWith(timed)) {
            long begun = syncTimes.begin();
            body.run();
            syncTimes.end(begun);
        } else {
            body.run();
        }
    }

    @Override
    public DiskFile open(String path, OpenMode mode) {
        return new MeteredFile(super.open(path, mode), this);
    }

    @Override
    public void syncDirectory(String path) {
        sync(path, () -> super.syncDirectory(path));
    }
}
