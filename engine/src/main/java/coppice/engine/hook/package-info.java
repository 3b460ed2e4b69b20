/// Calls the user's hooks, so that none of them can hold anything up for longer than its time limit.
@NullMarked
package coppice.engine.hook;

import org.jspecify.annotations.NullMarked;
