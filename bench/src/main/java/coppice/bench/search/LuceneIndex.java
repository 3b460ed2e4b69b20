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
import org.jspecify.annotations.Nullable;

/// An index of Lucene as all workloads open it: its own settings, but for the buffer, and no cache of queries, as
/// they come again and again here.
final class LuceneIndex implements AutoCloseable {
    private final double bufferMebibytes;
    private @Nullable Opened opened;

    LuceneIndex(double bufferMebibytes) {
        this.bufferMebibytes = bufferMebibytes;
    }

    private record Opened(Directory files, IndexWriter writer, DirectoryReader reader, IndexSearcher searcher) {
        static Opened of(Directory files, IndexWriter writer, DirectoryReader reader) {
            IndexSearcher searcher = new IndexSearcher(reader);
            searcher.setQueryCache(null);
            return new Opened(files, writer, reader, searcher);
        }
    }

    void open(Path directory) throws IOException {
        Directory files = new MMapDirectory(directory.resolve("lucene"));
        IndexWriterConfig config = new IndexWriterConfig(new StandardAnalyzer()).setRAMBufferSizeMB(bufferMebibytes);
        IndexWriter writer = new IndexWriter(files, config);
        opened = Opened.of(files, writer, DirectoryReader.open(writer));
    }

    private Opened opened() {
        if (opened == null) {
            throw new IllegalStateException("open the store first");
        }
        return opened;
    }

    IndexWriter writer() {
        return opened().writer;
    }

    /// Lets searches find what was written.
    void refresh() throws IOException {
        Opened before = opened();
        DirectoryReader next = DirectoryReader.openIfChanged(before.reader, before.writer);
        if (next != null) {
            before.reader.close();
            opened = Opened.of(before.files, before.writer, next);
        }
    }

    IndexSearcher searcher() {
        return opened().searcher;
    }

    @Override
    public void close() throws IOException {
        if (opened != null) {
            opened.reader.close();
            opened.writer.close();
            opened.files.close();
        }
    }
}
