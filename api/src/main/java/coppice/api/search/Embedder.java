package coppice.api.search;

import java.util.List;

/// Makes vectors of texts, such as by a model that runs here or elsewhere. Called by several threads at once, each
/// time by the thread of whoever indexes or searches, while nothing of the database is held: it may take its time.
/// What it throws reaches the caller, and nothing is written then.
@FunctionalInterface
public interface Embedder {
    /// The vectors of texts, one for each of them, in their order. They all have the same dimension.
    ///
    /// @param texts one at least, none of them blank
    List<float[]> embed(List<String> texts);
}
