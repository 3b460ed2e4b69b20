package coppice.kernel.store;

import java.util.ArrayList;
import java.util.List;

/// Counts what a sweep does. Not thread-safe.
final class SweepTally {
    private final List<String> damaged = new ArrayList<>();
    private int replaced;
    private int written;
    private long live;
    private long dead;
    private long kept;
    private long dropped;
    private long reclaimed;

    void surveyed(Candidate candidate) {
        live += candidate.liveChunks();
        dead += candidate.count() - candidate.liveChunks();
    }

    void damaged(String path) {
        if (!damaged.contains(path)) {
            damaged.add(path);
        }
    }

    boolean isDamaged(Pack pack) {
        return damaged.stream().anyMatch(pack::hasFile);
    }

    void replaced(List<Candidate> old, List<Pack> fresh) {
        for (Candidate candidate : old) {
            replaced++;
            dropped += candidate.count();
            reclaimed += candidate.pack().entry().fileBytes();
        }
        for (Pack pack : fresh) {
            written++;
            kept += pack.index().count();
            dropped -= pack.index().count();
            reclaimed -= pack.entry().fileBytes();
        }
    }

    SweepResult result() {
        return new SweepResult(replaced, written, live, dead, kept, dropped, reclaimed, damaged);
    }
}
