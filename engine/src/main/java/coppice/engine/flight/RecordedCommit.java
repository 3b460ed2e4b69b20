package coppice.engine.flight;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/// A commit of a branch was made. Time that hooks took is in it.
@Name("coppice.Commit")
@Label("Commit")
@Category("Coppice")
@Description("A commit of a branch was made")
@StackTrace(false)
public final class RecordedCommit extends Event {
    @Label("Branch")
    String branch = "";

    @Label("Action")
    @Description("commit, amend")
    String action = "";

    @Label("Commit")
    @Description("Its hash; that of the branch's latest commit when nothing had changed")
    String commit = "";

    @Label("Folded")
    @Description("Heap of the changes that were folded for it")
    @DataAmount
    long foldedBytes;

    /// Begins now.
    public RecordedCommit() {
        begin();
    }

    /// Ends now.
    ///
    /// @param made the commit's hash
    /// @param folded heap of the changes that were folded for it, in bytes
    public void done(String on, String what, Object made, long folded) {
        end();
        if (shouldCommit()) {
            branch = on;
            action = what;
            commit = made.toString();
            foldedBytes = folded;
            commit();
        }
    }
}
