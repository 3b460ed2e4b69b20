/// Sets over spaces. Read [SpaceSet] first.
@NullMarked
package coppice.structure.set;

import org.jspecify.annotations.NullMarked;
