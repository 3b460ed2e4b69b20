package coppice.search.text;

import coppice.search.segment.Segments;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import org.apache.lucene.index.MultiTerms;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.search.FuzzyTermsEnum;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.SynonymQuery;
import org.apache.lucene.util.BytesRef;

/// Words that differ by a few letters, by automata of Lucene (Schulz and Mihov, "Fast string correction with
/// Levenshtein automata", 2002).
final class Fuzzy {
    static final int EDITS_MAX = 2;

    /// More of them do not count.
    private static final int WORDS_MAX = 50;

    private static final int NONE_LENGTH_MAX = 2;
    private static final int ONE_LENGTH_MAX = 5;

    /// Nearness counts in so many steps: sums of such numbers are exact, in whatever order they are added.
    private static final int NEARNESS_STEPS = 64;

    private Fuzzy() {}

    /// By how many letters a word may differ, which short ones may not.
    static int edits(String word, int asked) {
        int letters = word.codePointCount(0, word.length());
        if (letters <= NONE_LENGTH_MAX) {
            return 0;
        }
        return letters <= ONE_LENGTH_MAX ? Math.min(1, asked) : asked;
    }

    /// A word that is near.
    ///
    /// @param nearness 1 for the word itself, less for what differs more
    record Near(BytesRef word, float nearness, int documents) {
        static final Comparator<Near> FARTHEST_FIRST =
                Comparator.comparingDouble(Near::nearness).thenComparing(Near::word, Comparator.reverseOrder());
    }

    /// The nearest words of a field that documents have; of those that are as near the smaller ones.
    static PriorityQueue<Near> near(Segments segments, String field, String word, int edits) {
        PriorityQueue<Near> nearest = new PriorityQueue<>(Near.FARTHEST_FIRST);
        try {
            Terms terms = MultiTerms.getTerms(segments.searcher().getIndexReader(), field);
            if (terms == null) {
                return nearest;
            }
            FuzzyTermsEnum all = new FuzzyTermsEnum(terms, new Term(field, word), edits, 0, true);
            for (BytesRef one = all.next(); one != null; one = all.next()) {
                int documents = segments.documents(field, one);
                if (documents > 0) {
                    nearest.add(new Near(BytesRef.deepCopyOf(one), all.getBoost(), documents));
                }
                if (nearest.size() > WORDS_MAX) {
                    nearest.remove();
                    all.setMaxNonCompetitiveBoost(nearest.element().nearness());
                }
            }
            return nearest;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Scores them as one word, what is near the more the nearer it is: else the rarest mistake would be the best.
    static Optional<Query> query(Segments segments, String field, String word, int edits) {
        PriorityQueue<Near> nearest = near(segments, field, word, edits);
        SynonymQuery.Builder same = new SynonymQuery.Builder(field);
        nearest.forEach(one -> same.addTerm(one.word(), weight(one.nearness())));
        return nearest.isEmpty() ? Optional.empty() : Optional.of(same.build());
    }

    private static float weight(float nearness) {
        return Math.max(1f, Math.round(nearness * NEARNESS_STEPS)) / NEARNESS_STEPS;
    }
}
