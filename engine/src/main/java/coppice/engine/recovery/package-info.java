/// How the state of all branches comes back from the journal. Read [Recovery] first.
@NullMarked
package coppice.engine.recovery;

import org.jspecify.annotations.NullMarked;
