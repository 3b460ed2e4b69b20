import org.jspecify.annotations.NullMarked;

/// Full-text search over the structures, by Lucene.
@NullMarked
module coppice.search {
    requires coppice.api;
    requires coppice.json;
    requires coppice.structure;
    requires coppice.vector;
    requires org.apache.lucene.core;
    requires org.apache.lucene.analysis.common;
    requires org.apache.lucene.highlighter;
    requires static org.jspecify;

    provides coppice.structure.search.SearchEngine with
            coppice.search.LuceneSearchEngine;
}
