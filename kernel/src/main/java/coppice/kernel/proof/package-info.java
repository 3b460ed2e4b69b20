/// Proofs: the few chunks from which anybody who trusts the name of a commit learns what it holds, and what it
/// does not.
///
/// Read [coppice.kernel.proof.Inquiry] first: the one way in which a question is answered, from a database when a proof
/// is made and from the proof when it is verified. `docs/format/proof.md` has the bytes.
@NullMarked
package coppice.kernel.proof;

import org.jspecify.annotations.NullMarked;
