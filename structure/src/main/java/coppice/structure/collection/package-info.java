/// Collections of documents with vectors. Read [VectorRows] first: what is stored, and then [Vectors]: what is
/// compared.
@NullMarked
package coppice.structure.collection;

import org.jspecify.annotations.NullMarked;
