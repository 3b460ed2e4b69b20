/// Logs of events over spaces. Read [EventIds] and [SpaceLog] first.
@NullMarked
package coppice.structure.log;

import org.jspecify.annotations.NullMarked;
