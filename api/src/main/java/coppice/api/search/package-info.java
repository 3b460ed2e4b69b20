/// Collections of documents that are found by what they mean. Read [coppice.api.structure.Documents] first.
@NullMarked
package coppice.api.search;

import org.jspecify.annotations.NullMarked;
