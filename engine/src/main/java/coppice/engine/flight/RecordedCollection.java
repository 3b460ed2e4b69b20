package coppice.engine.flight;

import coppice.api.GcReport;
import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/// Garbage was collected.
@Name("coppice.GarbageCollection")
@Label("Garbage collection")
@Category("Coppice")
@Description("What nothing refers to was dropped, and versions were stored together")
@StackTrace(false)
public final class RecordedCollection extends Event {
    @Label("Generation")
    @Description("The oldest generation of packs that was looked at, 0 to 2")
    int generation;

    @Label("Live chunks")
    long liveChunks;

    @Label("Dropped chunks")
    long droppedChunks;

    @Label("Before")
    @DataAmount
    long bytesBefore;

    @Label("After")
    @DataAmount
    long bytesAfter;

    @Label("Pruned entries")
    @Description("Entries of the reflog that were too old")
    long prunedEntries;

    /// Begins now.
    public RecordedCollection() {
        begin();
    }

    /// Ends now.
    ///
    /// @param oldest the oldest generation of packs that was looked at
    public void done(int oldest, GcReport report) {
        end();
        if (shouldCommit()) {
            generation = oldest;
            liveChunks = report.liveChunks();
            droppedChunks = report.droppedChunks();
            bytesBefore = report.bytesBefore();
            bytesAfter = report.bytesAfter();
            prunedEntries = report.prunedEntries();
            commit();
        }
    }
}
