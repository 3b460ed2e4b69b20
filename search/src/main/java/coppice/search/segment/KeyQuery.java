package coppice.search.segment;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.ConstantScoreScorer;
import org.apache.lucene.search.ConstantScoreWeight;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.ScorerSupplier;
import org.apache.lucene.search.TwoPhaseIterator;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.BitSetIterator;
import org.apache.lucene.util.FixedBitSet;
import org.jspecify.annotations.Nullable;

/// Documents by something that is said of their keys: by a list of these, or else one by one, as few as possible.
public final class KeyQuery extends Query {
    /// What one that is asked costs, in steps of a list of documents.
    private static final float ASKED_COST = 1_000;

    private final Optional<List<byte[]>> found;
    private final Predicate<byte[]> holds;

    /// @param found the keys in order, where they are known
    /// @param holds else says of one whether it counts
    public KeyQuery(Optional<List<byte[]>> found, Predicate<byte[]> holds) {
        this.found = found;
        this.holds = holds;
    }

    @Override
    public Weight createWeight(IndexSearcher searcher, ScoreMode mode, float boost) {
        return new ConstantScoreWeight(this, boost) {
            @Override
            public ScorerSupplier scorerSupplier(LeafReaderContext context) throws IOException {
                Keys keys = Keys.of(context.reader());
                int documents = context.reader().maxDoc();
                Scorer scorer = found.isPresent()
                        ? new ConstantScoreScorer(score(), mode, listed(keys, documents, found.get()))
                        : new ConstantScoreScorer(score(), mode, new Asked(keys, documents));
                return new DefaultScorerSupplier(scorer);
            }

            @Override
            public boolean isCacheable(LeafReaderContext context) {
                return false;
            }
        };
    }

    private static DocIdSetIterator listed(Keys keys, int documents, List<byte[]> found) throws IOException {
        FixedBitSet those = new FixedBitSet(documents);
        for (byte[] key : found) {
            int document = keys.document(key);
            if (document >= 0) {
                those.set(document);
            }
        }
        return new BitSetIterator(those, found.size());
    }

    private final class Asked extends TwoPhaseIterator {
        private final Keys keys;

        Asked(Keys keys, int documents) {
            super(DocIdSetIterator.all(documents));
            this.keys = keys;
        }

        @Override
        public boolean matches() throws IOException {
            return holds.test(keys.of(approximation.docID()));
        }

        @Override
        public float matchCost() {
            return ASKED_COST;
        }
    }

    @Override
    public String toString(String field) {
        return "condition";
    }

    @Override
    public void visit(QueryVisitor visitor) {
        visitor.visitLeaf(this);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
