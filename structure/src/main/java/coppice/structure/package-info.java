/// The structures of the API as layouts over spaces. Read [coppice.structure.ground.Ground] first.
@NullMarked
package coppice.structure;

import org.jspecify.annotations.NullMarked;
