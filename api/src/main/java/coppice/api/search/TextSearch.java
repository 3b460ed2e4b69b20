package coppice.api.search;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A search for documents by words. Immutable: each method that says more gives another. Safe for use by many
/// threads. It is answered from what is there when it is asked: on a branch the state then, within a transaction
/// what that sees, of a version what it has.
///
/// ```java
/// docs.match("embeded databse").fuzziness(2).where("year >= ?", 2020).highlight().hits()
/// ```
///
/// What is looked for may be what a person types; nothing of it is refused but that it is too long:
///
/// | written | found |
/// |---|---|
/// | `embedded database` | one of the words, the better the more of them, the rarer and the more often |
/// | `"embedded database"`, `"embedded database"~3` | the phrase; with up to three moves of words |
/// | `data*` | words that begin so |
/// | `databse~`, `databse~1` | words that differ by up to two letters, by one |
/// | `+embedded -server`, `NOT server` | with the one word and without the other |
/// | `tree AND (merge OR branch)` | as it says; `AND` binds tighter |
/// | `title:tree`, `title:(tree merge)` | in a member of documents |
///
/// Scores are those of BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond",
/// 2009; k1 = 1.2, b = 0.75): of each word the best of all members counts, times the weight of the member. They
/// follow from the documents of the collection in this state and from nothing else: neither from how these came
/// about, nor from other collections.
public interface TextSearch<V> {
    /// How many documents are wanted, 10 unless said otherwise.
    ///
    /// @throws IllegalArgumentException when less than 1
    TextSearch<V> topK(int documents);

    /// Only documents for which an expression is true; of several, all must be. The condition is a part of the
    /// search: as many documents are found as are wanted, if there are so many. It does not change scores.
    ///
    /// @param values of its parameters, as [coppice.api.query.Query#where] has them
    /// @throws coppice.api.DatabaseException.Incorrect as [coppice.api.query.Query#where] does
    TextSearch<V> where(String expression, @Nullable Object... values);

    /// By how many letters words may differ (Levenshtein distance; two letters that have changed places count
    /// once) where the text does not say it itself: words of up to two letters by none, of up to five by one at
    /// most.
    ///
    /// @throws IllegalArgumentException unless from 0 to 2
    TextSearch<V> fuzziness(int edits);

    /// Only documents that have all the words, rather than one of them.
    TextSearch<V> allWords();

    /// Only in one member of documents, by its path, or in those that were said before, too.
    TextSearch<V> in(String member);

    /// As [#in(String)], with a weight in place of that of the options.
    ///
    /// @throws IllegalArgumentException when it is not greater than 0
    TextSearch<V> in(String member, double weight);

    /// As with other options than those of the collection: an index for these is made where there is none.
    TextSearch<V> with(TextOptions options);

    /// Has hits say where what was looked for is, between `<b>` and `</b>`. The text is not escaped.
    default TextSearch<V> highlight() {
        return highlight("<b>", "</b>");
    }

    /// As [#highlight()], between other marks.
    TextSearch<V> highlight(String before, String after);

    /// The best documents, the best first; of equally good ones that of the smaller id.
    ///
    /// @throws coppice.api.DatabaseException.Incorrect when the text has more than 10,000 letters or 500 words,
    ///     for a member that has no text, or a language that is not known
    List<Hit<V>> hits();

    /// The best document, if there is any.
    default Optional<Hit<V>> first() {
        return topK(1).hits().stream().findFirst();
    }

    /// How many documents there are, however many are wanted.
    long count();

    /// What values of a member the documents have, however many are wanted; what most have comes first, of equally
    /// many the smaller one. Of an array each item counts. Costs reading each document that is found.
    ///
    /// @param member by its path
    /// @param most how many values
    List<Facet> facets(String member, int most);

    /// What was meant, where words are not in the collection and others that differ by at most two letters are:
    /// the text with the nearest, of these the most common, in their place. Nothing where all words are known, or
    /// none is near.
    Optional<String> corrected();

    /// Searches, and says how.
    TextPlan explain();
}
