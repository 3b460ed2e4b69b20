package coppice.api.search;

import java.util.function.Function;

/// How the documents of a collection are made into vectors; see [coppice.api.structure.Documents#embedWith].
///
/// ```java
/// var byMeaning = Embedding.of("all-minilm-l6", "1", Article::text, model::embed);
/// ```
///
/// @param id which function it is, which is stored. Who changes any of the rest gives it another version
/// @param text what of a document is embedded: the same text for the same document. One that is blank gets no
///     vector
/// @param embedder makes vectors of texts
/// @param batch how many texts it is given at once, at most
public record Embedding<V>(EmbeddingId id, Function<? super V, String> text, Embedder embedder, int batch) {
    private static final int BATCH = 64;

    /// @throws IllegalArgumentException when a batch has no texts
    public Embedding {
        if (batch < 1) {
            throw new IllegalArgumentException("A batch has 1 text or more, not " + batch);
        }
    }

    /// One that is given 64 texts at once, at most.
    ///
    /// @throws IllegalArgumentException when name or version is blank
    public static <V> Embedding<V> of(
            String name, String version, Function<? super V, String> text, Embedder embedder) {
        return new Embedding<>(new EmbeddingId(name, version), text, embedder, BATCH);
    }

    /// With so many texts at once, at most.
    public Embedding<V> inBatches(int texts) {
        return new Embedding<>(id, text, embedder, texts);
    }
}
