/// Full-text search by Lucene. Read [coppice.search.segment.Segments] first: how documents are kept in segments
/// that branches and versions share; then [coppice.search.text.TextDocuments]: what of a document is searched.
@NullMarked
package coppice.search;

import org.jspecify.annotations.NullMarked;
