package coppice.engine.projection;

/// Is told how the making of entries goes on. Called by one thread at a time.
@FunctionalInterface
public interface Ticker {
    /// Listens to nothing.
    Ticker NONE = _ -> {};

    /// More rows were looked at. May throw to end it: nothing of what was made counts then.
    void rows(long count);
}
