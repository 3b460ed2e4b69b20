package coppice.api.structure;

/// What becomes of a message for a subscriber of a [Channel] that has its buffer full.
public enum Overflow {
    /// The oldest message in the buffer is dropped for it.
    DROP_OLDEST,
    /// It is dropped itself.
    DROP_NEWEST,
    /// Whoever publishes waits until the subscriber has taken one, and all other subscribers with it. One that
    /// takes no messages any more without having been closed holds up the channel for ever.
    BLOCK,
    /// The subscriber is disconnected: what is in its buffer is gone, and it fails with
    /// [coppice.api.ErrorCode#SLOW_SUBSCRIBER].
    FAIL
}
