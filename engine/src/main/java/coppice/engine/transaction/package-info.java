/// How transactions are written, checked against each other and made to take effect.
///
/// Read [Transacting] first, then [EmbeddedTransaction].
@NullMarked
package coppice.engine.transaction;

import org.jspecify.annotations.NullMarked;
