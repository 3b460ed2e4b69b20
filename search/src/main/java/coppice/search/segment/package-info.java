/// Documents in segments of Lucene. Read [Segments] first.
@NullMarked
package coppice.search.segment;

import org.jspecify.annotations.NullMarked;
