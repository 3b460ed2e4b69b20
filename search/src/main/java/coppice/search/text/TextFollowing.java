package coppice.search.text;

import coppice.api.Entry;
import coppice.api.search.TextOptions;
import coppice.json.Json;
import coppice.search.segment.Segments;
import coppice.structure.ground.Following;
import coppice.structure.search.TextIndex;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;

/// The index that follows from the documents of a collection. Of its options those count by which documents are
/// indexed; weights and synonyms are of the searches.
public final class TextFollowing implements Following<TextIndex> {
    private static final int VERSION = 1;

    private final TextDocuments shape;
    private final String name;

    /// @throws coppice.api.DatabaseException.Incorrect for a language that there is none for
    public TextFollowing(TextOptions options) {
        Analysis.check(options);
        this.shape = new TextDocuments(options);
        // What is kept by this name is made as here: another way to make it has another version.
        this.name = "text " + VERSION + ' ' + options.language().orElse("") + ' '
                + options.parts().map(parts -> parts.min() + "-" + parts.max()).orElse("") + ' '
                + Json.strings(new TreeSet<>(options.members().keySet())).text();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public TextIndex of(Iterator<Entry> rows) {
        return new SegmentTextIndex(shape, Segments.of(shape, rows));
    }

    @Override
    public Optional<TextIndex> with(TextIndex before, List<Differing> rows) {
        SegmentTextIndex index = (SegmentTextIndex) before;
        return Optional.of(new SegmentTextIndex(index.shape(), index.all().with(rows)));
    }

    @Override
    public Optional<Keeping<TextIndex>> keeping() {
        return Optional.of(new Keeping<>() {
            @Override
            public Map<String, Supplier<byte[]>> parts(TextIndex made) {
                return ((SegmentTextIndex) made).all().parts();
            }

            @Override
            public Optional<TextIndex> of(Map<String, byte[]> parts) {
                return Segments.of(shape, parts).map(all -> new SegmentTextIndex(shape, all));
            }
        });
    }

    @Override
    public long bytes(TextIndex made) {
        return ((SegmentTextIndex) made).all().bytes();
    }
}
