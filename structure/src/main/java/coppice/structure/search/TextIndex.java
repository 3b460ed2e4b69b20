package coppice.structure.search;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// The index of the text of some documents. Immutable; safe for use by many threads. A query that it cannot answer,
/// such
/// as one of a member that no document has, is refused with [coppice.api.DatabaseException.Incorrect].
public interface TextIndex {
    /// A document that was found.
    ///
    /// @param key its id
    record Found(byte[] key, double score) {}

    /// The best documents, best first; of equal scores in the order of keys.
    ///
    /// @param most at least 1
    List<Found> best(TextQuery query, int most);

    /// Tells of all documents that are found, in no order.
    void all(TextQuery query, Consumer<byte[]> each);

    /// How many documents are found.
    long count(TextQuery query);

    /// Shows where in documents is what a query looks for: by the path of the member, a passage with marks.
    Function<byte[], Map<String, String>> highlights(TextQuery query, String before, String after);

    /// A text with near words in place of unknown ones; nothing when there is nothing to put in place.
    Optional<String> corrected(TextQuery query);

    /// Words that begin as the last word of a text does, those of most documents first.
    List<String> suggestions(String text, int most);

    /// What was understood.
    String describe(TextQuery query);

    /// How many documents there are.
    long documents();

    /// In how many pieces it is.
    int segments();
}
