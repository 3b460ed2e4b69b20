package coppice.engine.flight;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/// A checkpoint was taken.
@Name("coppice.Checkpoint")
@Label("Checkpoint")
@Category("Coppice")
@Description("All changes were folded into trees, and the journal can be used again")
@StackTrace(false)
public final class RecordedCheckpoint extends Event {
    @Label("Branches")
    @Description("How many branches in use were folded, that of the system among them")
    int branches;

    @Label("Folded")
    @Description("Heap of the changes that were folded")
    @DataAmount
    long foldedBytes;

    @Label("Journal")
    @Description("How much of the journal is no longer needed")
    @DataAmount
    long journalBytes;

    /// Begins now.
    public RecordedCheckpoint() {
        begin();
    }

    /// Ends now.
    ///
    /// @param inUse how many branches were folded
    /// @param folded heap of the changes that were folded, in bytes
    /// @param released how much of the journal is no longer needed, in bytes
    public void done(int inUse, long folded, long released) {
        end();
        if (shouldCommit()) {
            branches = inUse;
            foldedBytes = folded;
            journalBytes = released;
            commit();
        }
    }
}
