package coppice.search.graph;

import java.io.IOException;
import org.apache.lucene.codecs.Codec;
import org.apache.lucene.codecs.FilterCodec;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.KnnVectorsReader;
import org.apache.lucene.codecs.KnnVectorsWriter;
import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsFormat;
import org.apache.lucene.codecs.perfield.PerFieldKnnVectorsFormat;
import org.apache.lucene.index.SegmentReadState;
import org.apache.lucene.index.SegmentWriteState;

/// Writes vectors of more than the 1,024 dimensions that Lucene takes unless told otherwise: embeddings have up to
/// some thousands. What is written has the names of Lucene's own formats, and is read by these.
///
/// A segment gets a graph from some 2,300 vectors on, where Lucene makes one from 650 on. To look at all of so
/// many takes a tenth of a millisecond, and to make a graph of them a second, which whoever searches next after a
/// change of a thousand would wait for.
final class WideVectors extends KnnVectorsFormat {
    private static final int DIMENSIONS_MAX = 1 << 16;

    /// A segment gets a graph where it has more vectors than so many times their natural logarithm.
    private static final int GRAPH_FROM = 300;

    private static final KnnVectorsFormat GRAPHS = new Lucene99HnswVectorsFormat(
            Lucene99HnswVectorsFormat.DEFAULT_MAX_CONN,
            Lucene99HnswVectorsFormat.DEFAULT_BEAM_WIDTH,
            Lucene99HnswVectorsFormat.DEFAULT_NUM_MERGE_WORKER,
            null,
            GRAPH_FROM);

    private WideVectors() {
        super(GRAPHS.getName());
    }

    static Codec codec() {
        Codec usual = Codec.getDefault();
        PerFieldKnnVectorsFormat wide = new PerFieldKnnVectorsFormat() {
            @Override
            public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
                return new WideVectors();
            }
        };
        return new FilterCodec(usual.getName(), usual) {
            @Override
            public KnnVectorsFormat knnVectorsFormat() {
                return wide;
            }
        };
    }

    @Override
    public KnnVectorsWriter fieldsWriter(SegmentWriteState state) throws IOException {
        return GRAPHS.fieldsWriter(state);
    }

    @Override
    public KnnVectorsReader fieldsReader(SegmentReadState state) throws IOException {
        return GRAPHS.fieldsReader(state);
    }

    @Override
    public int getMaxDimensions(String field) {
        return DIMENSIONS_MAX;
    }
}
