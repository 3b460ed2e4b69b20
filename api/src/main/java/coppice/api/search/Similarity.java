package coppice.api.search;

/// How near two vectors are to each other. Scores are greater for what is nearer.
public enum Similarity {
    /// The cosine of the angle between them: from -1 to 1. A vector of zeros has none.
    COSINE,
    /// Their inner product.
    DOT,
    /// The negative square of their Euclidean distance.
    EUCLIDEAN,
    /// The negative sum of the distances in each dimension.
    MANHATTAN
}
