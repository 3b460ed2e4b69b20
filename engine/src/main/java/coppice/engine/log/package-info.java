/// What the engine writes into the journal. Read [LogRecord] first; `docs/format/log.md` has the bytes.
@NullMarked
package coppice.engine.log;

import org.jspecify.annotations.NullMarked;
