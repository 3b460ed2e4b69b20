/// Values by key. Read [SpaceDict] first.
@NullMarked
package coppice.structure.dict;

import org.jspecify.annotations.NullMarked;
