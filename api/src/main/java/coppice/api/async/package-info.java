/// Asynchronous twins of interfaces, and the calls that they are made of. Read [AsyncCalls] first.
@NullMarked
package coppice.api.async;

import org.jspecify.annotations.NullMarked;
