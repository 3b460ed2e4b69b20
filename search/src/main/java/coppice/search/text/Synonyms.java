package coppice.search.text;

import coppice.api.search.TextOptions;
import coppice.search.text.Sought.Word;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.lucene.analysis.Analyzer;

/// Words and phrases that mean the same, by the words that they are reduced to.
final class Synonyms {
    private final Analyzer analyzer;
    private final Map<List<String>, Set<String>> others = new HashMap<>();
    private int longest = 1;

    Synonyms(TextOptions options) {
        this.analyzer = Analysis.searching(options);
        for (List<String> same : options.synonyms()) {
            for (String one : same) {
                List<String> words = Analysis.words(analyzer, one);
                longest = Math.max(longest, words.size());
                Set<String> all = others.computeIfAbsent(words, _ -> new LinkedHashSet<>());
                same.stream().filter(other -> !other.equals(one)).forEach(all::add);
            }
        }
    }

    /// What means the same as a word or phrase, but for itself.
    Set<String> of(String text) {
        return others.isEmpty() ? Set.of() : others.getOrDefault(Analysis.words(analyzer, text), Set.of());
    }

    /// How many words from a place on are a phrase that has synonyms: as many as can be; 1 for none.
    int phraseAt(List<Sought> parts, int at) {
        List<Sought> words = new ArrayList<>();
        int found = 1;
        for (int i = at; i < parts.size() && words.size() < longest && parts.get(i) instanceof Word; i++) {
            words.add(parts.get(i));
            if (words.size() > 1 && !of(text(words)).isEmpty()) {
                found = words.size();
            }
        }
        return found;
    }

    static String text(List<Sought> words) {
        return words.stream().map(one -> ((Word) one).text()).collect(Collectors.joining(" "));
    }
}
