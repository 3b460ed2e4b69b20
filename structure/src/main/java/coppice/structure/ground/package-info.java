/// What structures stand on, and what their names stand for. Read [Ground] first.
@NullMarked
package coppice.structure.ground;

import org.jspecify.annotations.NullMarked;
