package coppice.api.structure;

/// A callback that is told of changes until this is closed.
@FunctionalInterface
public interface Listening extends AutoCloseable {
    /// Ends it. A call that is under way is not waited for. Idempotent.
    @Override
    void close();
}
