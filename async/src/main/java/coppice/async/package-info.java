/// An annotation processor that writes, beside an interface marked with `coppice.api.async.AsyncTwin`, a class
/// whose methods return futures and publishers. Read [TwinProcessor] first.
///
/// It knows the annotations and what twins call by name, as it is built before them; its tests stand in `api`,
/// where both come together.
@NullMarked
package coppice.async;

import org.jspecify.annotations.NullMarked;
