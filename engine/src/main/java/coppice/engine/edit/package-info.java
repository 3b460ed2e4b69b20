/// What the engine remembers of a rebase that stopped.
@NullMarked
package coppice.engine.edit;

import org.jspecify.annotations.NullMarked;
