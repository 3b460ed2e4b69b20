/// Sketches over spaces. Read [SpaceSketch] first, then [SketchState].
@NullMarked
package coppice.structure.sketch;

import org.jspecify.annotations.NullMarked;
