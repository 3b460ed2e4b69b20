/// What is in a file or a chunk, field by field, in the words of `docs/format/`.
///
/// Read [coppice.cli.inspect.Fields] first: it reads bytes and shows each field with its place. The readers here are
/// written after the documents and share no code with the database's own, so that each checks the other. They only
/// read, take no lock, and can look at a damaged database or one that is open elsewhere.
@NullMarked
package coppice.cli.inspect;

import org.jspecify.annotations.NullMarked;
