/// What follows from the data: trees of entries that are a function of a space, remembered by what they are made
/// from and brought forward by what changed. Knows nothing of what the entries mean.
///
/// Read [Step] and [Derivation] first, then [Artefacts], then [LiveArtefact].
@NullMarked
package coppice.engine.projection;

import org.jspecify.annotations.NullMarked;
