/// Types: what documents under certain keys must look like. Read [TypeDefinition] first.
@NullMarked
package coppice.api.schema;

import org.jspecify.annotations.NullMarked;
