package coppice.structure.collection;

import coppice.api.search.Hit;
import coppice.api.search.HybridSearch;
import coppice.api.search.Ranking;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A search by words and by a vector in one state, whose ranks are put together.
final class BothSearch<V> implements HybridSearch<V> {
    private static final int DEPTH_MIN = 100;
    private static final int DEPTH_FACTOR = 5;

    private final SpaceDocumentsView<V> documents;
    private final String text;
    private final float[] vector;
    private final Asked asked;

    /// What is asked for: changed only before a search has it.
    private static final class Asked {
        private int wanted = Wanted.USUAL;
        private int depth;
        private int fuzziness;
        private Conditions conditions = Conditions.NONE;
        private double textWeight = 1;
        private double vectorWeight = 1;

        Asked copy() {
            Asked copy = new Asked();
            copy.wanted = wanted;
            copy.depth = depth;
            copy.fuzziness = fuzziness;
            copy.conditions = conditions;
            copy.textWeight = textWeight;
            copy.vectorWeight = vectorWeight;
            return copy;
        }
    }

    BothSearch(SpaceDocumentsView<V> documents, String text, float[] vector) {
        this(documents, text, vector, new Asked());
    }

    private BothSearch(SpaceDocumentsView<V> documents, String text, float[] vector, Asked asked) {
        this.documents = documents;
        this.text = text;
        this.vector = vector;
        this.asked = asked;
    }

    private BothSearch<V> with(Consumer<Asked> change) {
        Asked copy = asked.copy();
        change.accept(copy);
        return new BothSearch<>(documents, text, vector, copy);
    }

    @Override
    public HybridSearch<V> topK(int number) {
        return with(next -> next.wanted = Wanted.checked(number));
    }

    @Override
    public HybridSearch<V> depth(int number) {
        return with(next -> next.depth = Wanted.checked(number));
    }

    @Override
    public HybridSearch<V> where(String expression, @Nullable Object... values) {
        return with(next -> next.conditions = asked.conditions.with(documents.query(), expression, values));
    }

    @Override
    public HybridSearch<V> weights(double forText, double forVector) {
        if (!(forText >= 0 && forVector >= 0 && forText + forVector > 0) || Double.isInfinite(forText + forVector)) {
            throw new IllegalArgumentException(
                    "Weights are 0 or greater and not both 0, not " + forText + " and " + forVector);
        }
        return with(next -> {
            next.textWeight = forText;
            next.vectorWeight = forVector;
        });
    }

    @Override
    public HybridSearch<V> fuzziness(int edits) {
        new WordSearch<>(documents, text).fuzziness(edits); // which refuses what cannot be
        return with(next -> next.fuzziness = edits);
    }

    @Override
    public List<Hit<V>> hits() {
        SpaceDocumentsView<V> still = documents.still();
        int depth = asked.depth > 0
                ? asked.depth
                : (int) Math.min(Integer.MAX_VALUE, Math.max(DEPTH_MIN, (long) DEPTH_FACTOR * asked.wanted));
        List<Hit<V>> byText = new WordSearch<>(still, text)
                .where(asked.conditions)
                .fuzziness(asked.fuzziness)
                .topK(depth)
                .hits();
        List<Hit<V>> byVector = new NearestSearch<>(still, _ -> vector)
                .where(asked.conditions)
                .topK(depth)
                .hits();
        List<Hit<V>> fused = Ranking.fuse(List.of(byText, byVector), asked.textWeight, asked.vectorWeight);
        return fused.subList(0, Math.min(asked.wanted, fused.size()));
    }
}
