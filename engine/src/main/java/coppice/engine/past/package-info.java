/// What was: the order of commits, what each of them changed, and the search by halves.
@NullMarked
package coppice.engine.past;

import org.jspecify.annotations.NullMarked;
