package coppice.async;

/// How a method of a twin answers.
enum Answer {
    /// As the interface does.
    SAME,
    /// With a future of what it returns.
    FUTURE,
    /// With a publisher of what is in the stream that it returns.
    PUBLISHER
}
