package coppice.search.text;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.text.BreakIterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.uhighlight.DefaultPassageFormatter;
import org.apache.lucene.search.uhighlight.UnifiedHighlighter;
import org.jspecify.annotations.Nullable;

/// Shows where in a document is what a query looks for: in the texts themselves, which are looked through once
/// more.
final class Highlights {
    private static final String BETWEEN = " ... ";
    private static final int PASSAGES = 1;

    private final Query query;
    private final TextDocuments shape;
    private final UnifiedHighlighter highlighter;

    Highlights(Query query, TextDocuments shape, String before, String after) {
        this.query = query;
        this.shape = shape;
        this.highlighter = UnifiedHighlighter.builderWithoutSearcher(shape.analyzer())
                .withFormatter(new DefaultPassageFormatter(before, after, BETWEEN, false))
                .withBreakIterator(() -> BreakIterator.getSentenceInstance(Locale.ROOT))
                .withMaxNoHighlightPassages(0)
                .withMaxLength(Integer.MAX_VALUE - 1)
                .build();
    }

    /// By path, in the order of the document, a sentence for each text that has what is looked for.
    Map<String, String> of(byte[] document) {
        Map<String, String> found = new LinkedHashMap<>();
        shape.texts(document).forEach((path, texts) -> {
            String passages = passages(path, texts);
            if (!passages.isEmpty()) {
                found.put(path, passages);
            }
        });
        return found;
    }

    private String passages(String path, List<String> texts) {
        StringBuilder all = new StringBuilder();
        for (String text : texts) {
            String passage = passage(path, text);
            if (passage != null) {
                all.append(all.isEmpty() ? "" : BETWEEN).append(passage);
            }
        }
        return all.toString();
    }

    private @Nullable String passage(String path, String text) {
        try {
            return (String) highlighter.highlightWithoutSearcher(TextDocuments.field(path), query, text, PASSAGES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
