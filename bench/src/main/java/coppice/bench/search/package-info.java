/// Stores that are searched: Coppice, bare Lucene, and FTS5 of SQLite. Read [ArticleStore] first.
@NullMarked
package coppice.bench.search;

import org.jspecify.annotations.NullMarked;
