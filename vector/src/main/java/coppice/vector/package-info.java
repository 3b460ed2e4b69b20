/// Sets of vectors, and which of them are nearest to one: exactly, by looking at all. Values without files or
/// threads: who has vectors brings a set forward by what has changed.
///
/// Read [VectorSet] first.
@NullMarked
package coppice.vector;

import org.jspecify.annotations.NullMarked;
