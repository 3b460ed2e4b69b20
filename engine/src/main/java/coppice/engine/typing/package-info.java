/// Types at work: what is written is compared with the types of its branch before it takes effect.
///
/// Read [Typing] first.
@NullMarked
package coppice.engine.typing;

import org.jspecify.annotations.NullMarked;
