package coppice.search.segment;

import coppice.api.Entry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.index.CodecReader;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.IndexableField;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SegmentReader;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.store.Directory;
import org.apache.lucene.util.BytesRef;

/// Writes segments.
final class SegmentWriter {
    private SegmentWriter() {}

    /// Writes documents; none for no documents.
    static List<Segment> write(Shape shape, Iterator<Entry> rows) throws IOException {
        if (!rows.hasNext()) {
            return List.of();
        }
        Directory files = MemoryInput.files();
        try (IndexWriter writer = new IndexWriter(files, how(shape))) {
            while (rows.hasNext()) {
                Entry row = rows.next();
                Document document = new Document();
                document.add(new SortedDocValuesField(Keys.FIELD, new BytesRef(row.key())));
                for (IndexableField field : shape.fields(row.value())) {
                    document.add(field);
                }
                writer.addDocument(document);
            }
        }
        return read(files);
    }

    /// Writes what lives of segments into one.
    static Segment merge(Shape shape, List<Segment> segments) throws IOException {
        Directory files = MemoryInput.files();
        try (IndexWriter writer = new IndexWriter(files, how(shape))) {
            writer.addIndexes(segments.stream().map(Segment::reader).toArray(CodecReader[]::new));
        }
        return read(files).getFirst();
    }

    private static IndexWriterConfig how(Shape shape) {
        return new IndexWriterConfig(shape.analyzer())
                .setIndexSort(new Sort(new SortField(Keys.FIELD, SortField.Type.STRING)))
                .setCodec(shape.codec())
                .setMergeScheduler(new SerialMergeScheduler())
                .setRAMBufferSizeMB(shape.bufferMebibytes());
    }

    @SuppressWarnings("resource") // Readers and files are memory, and are freed with the sets that have them.
    private static List<Segment> read(Directory files) throws IOException {
        List<Segment> segments = new ArrayList<>();
        for (LeafReaderContext leaf : DirectoryReader.open(files).leaves()) {
            SegmentReader reader = (SegmentReader) leaf.reader();
            segments.add(Segment.of(reader, reader.getSegmentInfo().sizeInBytes()));
        }
        return segments;
    }
}
