/// Types of documents. Pure functions of definitions and documents: what needs other documents, uniqueness and
/// references, is for who has them.
///
/// Read [CompiledType] first.
@NullMarked
package coppice.schema;

import org.jspecify.annotations.NullMarked;
