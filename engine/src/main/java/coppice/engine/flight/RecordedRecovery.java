package coppice.engine.flight;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/// A database was opened and its journal replayed.
@Name("coppice.Recovery")
@Label("Recovery")
@Category("Coppice")
@Description("A database was opened and its journal replayed")
@StackTrace(false)
public final class RecordedRecovery extends Event {
    @Label("Location")
    String location = "";

    @Label("Records")
    @Description("How many records of the journal were replayed; none after an orderly close")
    long records;

    @Label("Replayed")
    @DataAmount
    long replayedBytes;

    @Label("Torn")
    @Description("Whether the journal had a torn end, which a crash leaves, and which was cut")
    boolean torn;

    /// Begins now.
    public RecordedRecovery() {
        begin();
    }

    /// Ends now.
    ///
    /// @param at where the database is
    /// @param count how many records were replayed
    /// @param bytes how long they are
    /// @param cut whether a torn end was cut
    public void done(String at, long count, long bytes, boolean cut) {
        end();
        if (shouldCommit()) {
            location = at;
            records = count;
            replayedBytes = bytes;
            torn = cut;
            commit();
        }
    }
}
