package coppice.structure.cache;

import java.util.concurrent.CompletableFuture;

/// A value that is there or being loaded, and who loads it. It never fails: that nothing came of it is an outcome.
final class Loading<V> extends CompletableFuture<Loading.Outcome<V>> {
    /// What came of it.
    sealed interface Outcome<V> {
        /// What it weighs.
        default int weight() {
            return 0;
        }
    }

    /// A value.
    record Loaded<V>(V value, int weight) implements Outcome<V> {}

    /// What the loading function threw.
    record Failed<V>(Throwable failure) implements Outcome<V> {}

    /// The one who loaded it was interrupted: somebody else is to.
    record Abandoned<V>() implements Outcome<V> {}

    private final Thread thread = Thread.currentThread();

    /// Whether this thread loads it.
    boolean isOwn() {
        return !isDone() && thread.equals(Thread.currentThread());
    }
}
