/// Events for JDK Flight Recorder: what the database did, when, for how long and with what result. They cost nothing
/// while nobody records.
@NullMarked
package coppice.engine.flight;

import org.jspecify.annotations.NullMarked;
