package coppice.api.search;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How the text of a collection is searched. Immutable.
///
/// @param language whose words are reduced to their stems, and whose most common words do not count, by its code
///     of ISO 639-1, such as `en`, or `cjk` for Chinese, Japanese and Korean; nothing for words as they are
///     written, but for case and accents
/// @param members which are searched, by their path, such as `author.name`, with their weights; empty for all
///     texts that a document has
/// @param synonyms lists of words or phrases of the same meaning
/// @param parts how long the parts of words are by which these are found, too; nothing for whole words alone
public record TextOptions(
        Optional<String> language, Map<String, Double> members, List<List<String>> synonyms, Optional<Parts> parts) {
    private static final int PART_MAX = 20;

    /// How long parts of words are, in letters.
    public record Parts(int min, int max) {
        /// @throws IllegalArgumentException unless 1 <= min <= max <= 20
        public Parts {
            if (!canBe(min, max)) {
                throw new IllegalArgumentException("Parts of words have 1 to " + PART_MAX
                        + " letters, at least min and at most max, not " + min + " to " + max);
            }
        }

        /// Whether there are parts that long: 1 <= min <= max <= 20.
        public static boolean canBe(int min, int max) {
            return 1 <= min && min <= max && max <= PART_MAX;
        }
    }

    /// Copies what it is given.
    ///
    /// @throws IllegalArgumentException when a weight is not greater than 0
    public TextOptions {
        members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        synonyms = synonyms.stream().map(List::copyOf).toList();
        members.forEach(TextOptions::check);
    }

    private static void check(String member, double weight) {
        if (!(weight > 0) || Double.isInfinite(weight)) {
            throw new IllegalArgumentException(
                    "The weight of '" + member + "' is greater than 0, 1 for one that counts once, not " + weight);
        }
    }

    /// Words as they are written, but for case and accents, in all texts of a document.
    public static TextOptions standard() {
        return new TextOptions(Optional.empty(), Map.of(), List.of(), Optional.empty());
    }

    /// The same for a language.
    public TextOptions language(String code) {
        return new TextOptions(Optional.of(code), members, synonyms, parts);
    }

    /// The same with one more member that is searched; others are only where they are said, too.
    public TextOptions member(String path) {
        return member(path, 1);
    }

    /// As [#member(String)], with a weight: what is found there counts so many times.
    public TextOptions member(String path, double weight) {
        Map<String, Double> more = new LinkedHashMap<>(members);
        more.put(path, weight);
        return new TextOptions(language, more, synonyms, parts);
    }

    /// The same with words or phrases that mean the same: who looks for one finds the others.
    public TextOptions synonyms(String... words) {
        List<List<String>> more = new ArrayList<>(synonyms);
        more.add(List.of(words));
        return new TextOptions(language, members, more, parts);
    }

    /// The same, with words found by parts of them, too: `tree` in `subtrees`. Makes indexes several times as
    /// large.
    public TextOptions parts(int min, int max) {
        return new TextOptions(language, members, synonyms, Optional.of(new Parts(min, max)));
    }
}
