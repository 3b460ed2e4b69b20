/// Values that may be forgotten. Read [BoundedCache] first.
@NullMarked
package coppice.structure.cache;

import org.jspecify.annotations.NullMarked;
