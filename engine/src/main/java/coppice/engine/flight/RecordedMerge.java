package coppice.engine.flight;

import coppice.api.MergeOutcome;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/// A merge ended.
@Name("coppice.Merge")
@Label("Merge")
@Category("Coppice")
@Description("A merge ended")
@StackTrace(false)
public final class RecordedMerge extends Event {
    @Label("Source")
    String source = "";

    @Label("Into")
    String into = "";

    @Label("Outcome")
    @Description("merged, up to date, uncommitted, conflicted")
    String outcome = "";

    @Label("Commit")
    @Description("The hash of the commit that the branch is at, or that was merged but not committed; else empty")
    String commit = "";

    @Label("Conflicts")
    long conflicts;

    /// Begins now.
    public RecordedMerge() {
        begin();
    }

    /// Ends now.
    public void done(String from, String to, MergeOutcome how) {
        end();
        if (shouldCommit()) {
            source = from;
            into = to;
            switch (how) {
                case MergeOutcome.Merged(var made) -> tell("merged", made.id().hex(), 0);
                case MergeOutcome.UpToDate(var head) ->
                    tell("up to date", head.id().hex(), 0);
                case MergeOutcome.Uncommitted(var theirs) ->
                    tell("uncommitted", theirs.id().hex(), 0);
                case MergeOutcome.Conflicted(var open) -> tell("conflicted", "", open.size());
            }
            commit();
        }
    }

    private void tell(String word, String hash, long open) {
        outcome = word;
        commit = hash;
        conflicts = open;
    }
}
