/// What the words of the API mean to the engine: limits, keys as bytes, descriptions, and failures as its errors.
/// Read [Failures] first.
@NullMarked
package coppice.engine.terms;

import org.jspecify.annotations.NullMarked;
