package coppice.api.structure;

import coppice.api.progress.Progress;
import java.util.Objects;
import java.util.Optional;

/// How [Documents#indexAll] indexes many documents. An immutable value.
///
/// @param step how many of them take effect together; nothing for all of them
/// @param progress is told the documents; how many there are is not known before the end
public record IndexOptions(Optional<Integer> step, Progress progress) {
    /// @throws IllegalArgumentException when a step has no documents
    public IndexOptions {
        Objects.requireNonNull(progress);
        step.filter(documents -> documents < 1).ifPresent(documents -> {
            throw new IllegalArgumentException("A step has 1 document or more, not " + documents);
        });
    }

    /// All documents take effect together, at the end, or none of them.
    public static IndexOptions atOnce() {
        return new IndexOptions(Optional.empty(), Progress.none());
    }

    /// So many documents take effect together, then the next ones. What fails ends it; the steps before it stay.
    ///
    /// @param documents of a step, which are held in memory
    public static IndexOptions inSteps(int documents) {
        return new IndexOptions(Optional.of(documents), Progress.none());
    }

    /// This, telling how far it is.
    public IndexOptions telling(Progress listener) {
        return new IndexOptions(step, listener);
    }
}
