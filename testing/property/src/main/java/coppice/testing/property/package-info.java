/// Property tests: seeded generators whose counterexamples shrink.
@NullMarked
package coppice.testing.property;

import org.jspecify.annotations.NullMarked;
