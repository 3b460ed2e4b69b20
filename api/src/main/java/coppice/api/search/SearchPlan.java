package coppice.api.search;

import java.time.Duration;

/// How a search by vector was answered.
///
/// @param method how vectors were compared
/// @param vectors how many there are
/// @param compared how many of them were compared with the query
/// @param reranked how many of these were compared in full, as their short form or a graph did not tell whether
///     they are among the nearest; 0 where all were compared in full at once
/// @param tested for how many the condition was looked at
/// @param dimension how many numbers each has
/// @param similarity what they were compared by
/// @param preparing how long it took until the vectors of this state were ready to be compared
/// @param searching how long it took from then on, documents included
public record SearchPlan(
        Method method,
        long vectors,
        long compared,
        long reranked,
        long tested,
        int dimension,
        Similarity similarity,
        Duration preparing,
        Duration searching) {
    /// How vectors are compared.
    public enum Method {
        /// All of them in full, see [Scan#FLOAT]: the answer is the right one.
        EXACT,
        /// Those of the documents that meet the condition, which an index has found: the answer is the right one.
        EXACT_OF_FOUND,
        /// All of them by one byte a number, see [Scan#INT8]: the answer is the right one.
        INT8,
        /// All of them by one bit a number, see [Scan#BINARY]: the answer may lack some of the nearest.
        BINARY,
        /// Some of them, to which a graph leads: the answer may lack some of the nearest.
        GRAPH
    }
}
