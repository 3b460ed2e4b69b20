package coppice.engine.flight;

import coppice.api.Traffic;
import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/// Something was fetched or pushed.
@Name("coppice.Transfer")
@Label("Transfer")
@Category("Coppice")
@Description("Something was fetched from a remote or pushed to one")
@StackTrace(false)
public final class RecordedTransfer extends Event {
    @Label("Action")
    @Description("fetch, push")
    String action = "";

    @Label("Remote")
    String remote = "";

    @Label("Commits")
    long commits;

    @Label("Chunks")
    long chunks;

    @Label("Bytes")
    @Description("Before compression")
    @DataAmount
    long bytes;

    /// Begins now.
    public RecordedTransfer() {
        begin();
    }

    /// Ends now.
    ///
    /// @param what fetch or push
    /// @param with the remote
    /// @param moved what was moved
    public void done(String what, String with, Traffic moved) {
        end();
        if (shouldCommit()) {
            action = what;
            remote = with;
            commits = moved.commits();
            chunks = moved.chunks();
            bytes = moved.bytes();
            commit();
        }
    }
}
