/// Answers to questions about the past: log, blame, differences, the search by halves, and proofs.
///
/// Read [Logs] first. Which commits changed a key, `coppice.engine.past` knows.
@NullMarked
package coppice.engine.history;

import org.jspecify.annotations.NullMarked;
