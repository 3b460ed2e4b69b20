package coppice.engine.projection;

/// Is told how the making of entries goes on. Called by the thread that makes them.
@FunctionalInterface
public interface Ticker {
    /// Listens to nothing.
    Ticker NONE = () -> {};

    /// One more row was looked at. May throw to end it: nothing of what was made counts then.
    void row();
}
