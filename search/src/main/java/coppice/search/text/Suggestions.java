package coppice.search.text;

import coppice.api.search.TextOptions;
import coppice.search.segment.Segments;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.lucene.index.MultiTerms;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.StringHelper;

/// What people may have meant, from the words that documents have.
final class Suggestions {
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");

    private final Segments segments;
    private final List<String> fields;

    /// @param options that say whether words are indexed as people know them
    Suggestions(Segments segments, TextOptions options) {
        this.segments = segments;
        this.fields = Analysis.isChanging(options)
                ? List.of(TextDocuments.WORDS)
                : segments.fields().stream().filter(TextDocuments::isMember).toList();
    }

    /// The words that begin as the last one of a text does, those of most documents first, of equally many the
    /// smaller ones.
    List<String> endings(String text, int most) {
        List<String> words = Analysis.words(Analysis.plain(), text);
        if (words.isEmpty()) {
            return List.of();
        }
        Map<String, Integer> documents = new HashMap<>();
        BytesRef begin = new BytesRef(words.getLast());
        for (String field : fields) {
            beginning(field, begin, documents);
        }
        return documents.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(most)
                .map(Map.Entry::getKey)
                .toList();
    }

    private void beginning(String field, BytesRef begin, Map<String, Integer> documents) {
        try {
            Terms terms = MultiTerms.getTerms(segments.searcher().getIndexReader(), field);
            if (terms == null) {
                return;
            }
            TermsEnum all = terms.iterator();
            if (all.seekCeil(begin) == TermsEnum.SeekStatus.END) {
                return;
            }
            for (BytesRef word = all.term(); word != null && StringHelper.startsWith(word, begin); word = all.next()) {
                int count = segments.documents(field, word);
                if (count > 0) {
                    documents.merge(word.utf8ToString(), count, Math::max);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The text with the nearest words in place of those that no document has.
    Optional<String> corrected(String text) {
        String corrected = WORD.matcher(text).replaceAll(this::known);
        return corrected.equals(text) ? Optional.empty() : Optional.of(corrected);
    }

    private String known(MatchResult found) {
        List<String> words = Analysis.words(Analysis.plain(), found.group());
        if (words.size() != 1 || isKnown(words.getFirst())) {
            return found.group();
        }
        String word = words.getFirst();
        return fields.stream()
                .flatMap(field -> Fuzzy.near(segments, field, word, Fuzzy.edits(word, Fuzzy.EDITS_MAX)).stream())
                .max(Comparator.comparingDouble(Fuzzy.Near::nearness)
                        .thenComparingInt(Fuzzy.Near::documents)
                        .thenComparing(Fuzzy.Near::word, Comparator.reverseOrder()))
                .map(near -> near.word().utf8ToString())
                .orElse(found.group());
    }

    private boolean isKnown(String word) {
        return fields.stream().anyMatch(field -> segments.documents(field, new BytesRef(word)) > 0);
    }
}
