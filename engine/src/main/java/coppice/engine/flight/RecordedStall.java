package coppice.engine.flight;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;

/// A writer was held back. With the writer's stack.
@Name("coppice.Stall")
@Label("Stall")
@Category("Coppice")
@Description("A writer was held back until changes were folded, because memory for them was full")
public final class RecordedStall extends Event {
    /// Begins now.
    public RecordedStall() {
        begin();
    }
}
