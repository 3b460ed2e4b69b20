/// What the engine remembers of rebases, picks and stashes that wait.
@NullMarked
package coppice.engine.edit;

import org.jspecify.annotations.NullMarked;
