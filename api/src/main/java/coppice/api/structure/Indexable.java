package coppice.api.structure;

import java.util.Arrays;
import java.util.Optional;

/// A document that is to be indexed, as [Documents#indexAll] takes it.
///
/// ```java
/// docs.indexAll(articles.stream().map(one -> Indexable.of(one).withVector(embed(one))), IndexOptions.atOnce());
/// ```
///
/// @param id what it is called in the collection; nothing for what its member `id` says
/// @param vector what it is found by, if anything. Not copied
public record Indexable<V>(Optional<String> id, V document, Optional<float[]> vector) {
    /// One that has its id in its member `id`.
    public static <V> Indexable<V> of(V document) {
        return new Indexable<>(Optional.empty(), document, Optional.empty());
    }

    /// One that need not have its id.
    public static <V> Indexable<V> of(String id, V document) {
        return new Indexable<>(Optional.of(id), document, Optional.empty());
    }

    /// With the vector that it is found by.
    public Indexable<V> withVector(float[] other) {
        return new Indexable<>(id, document, Optional.of(other));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Indexable<?>(Optional<String> itsId, Object its, Optional<float[]> itsVector)
                && id.equals(itsId)
                && document.equals(its)
                && Arrays.equals(vector.orElse(null), itsVector.orElse(null));
    }

    @Override
    public int hashCode() {
        return 31 * document.hashCode() + Arrays.hashCode(vector.orElse(null));
    }
}
