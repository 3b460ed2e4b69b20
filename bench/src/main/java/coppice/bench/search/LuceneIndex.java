package coppice.bench.search;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.MMapDirectory;

/// An index of Lucene as all workloads open it: its own settings, but for the buffer, and no cache of queries, as
/// they come again and again here.
final class LuceneIndex implements AutoCloseable {
    private final Directory files;
    private final IndexWriter writer;
    private DirectoryReader reader;
    private IndexSearcher searcher;

    private LuceneIndex(Directory files, IndexWriter writer) throws IOException {
        this.files = files;
        this.writer = writer;
        this.reader = DirectoryReader.open(writer);
        this.searcher = searcher(reader);
    }

    static LuceneIndex open(Path directory, double bufferMebibytes) throws IOException {
        Directory files = new MMapDirectory(directory);
        IndexWriterConfig config = new IndexWriterConfig(new StandardAnalyzer()).setRAMBufferSizeMB(bufferMebibytes);
        return new LuceneIndex(files, new IndexWriter(files, config));
    }

    private static IndexSearcher searcher(DirectoryReader reader) {
        IndexSearcher searcher = new IndexSearcher(reader);
        searcher.setQueryCache(null);
        return searcher;
    }

    IndexWriter writer() {
        return writer;
    }

    /// Lets searches find what was written.
    void refresh() throws IOException {
        DirectoryReader next = DirectoryReader.openIfChanged(reader, writer);
        if (next != null) {
            reader.close();
            reader = next;
            searcher = searcher(next);
        }
    }

    IndexSearcher searcher() {
        return searcher;
    }

    @Override
    public void close() throws IOException {
        reader.close();
        writer.close();
        files.close();
    }
}
