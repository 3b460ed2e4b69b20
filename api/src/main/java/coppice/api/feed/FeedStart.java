package coppice.api.feed;

/// Where a feed begins.
public sealed interface FeedStart {
    /// Behind what readers see now.
    record Now() implements FeedStart {}

    /// With everything that is there, as added.
    record Beginning() implements FeedStart {}

    /// Behind the position of a token.
    record After(String token) implements FeedStart {}

    /// With what differs from a commit.
    record Since(String ref) implements FeedStart {}

    /// Behind what a durable subscription has acknowledged.
    ///
    /// @param first where it begins when it has acknowledged nothing yet
    record Subscription(String name, FeedStart first) implements FeedStart {}

    /// What happens from here on.
    static FeedStart now() {
        return new Now();
    }

    /// Everything that is there, as added, then what happens.
    static FeedStart beginning() {
        return new Beginning();
    }

    /// What happened after the position of a token, of this or an earlier feed of the branch. Where the way from
    /// there is no longer known, the feed begins with a batch of the kind [ChangeBatch.Kind#GAP].
    ///
    /// @param token from [ChangeBatch#token] or [ChangeFeed#token]
    static FeedStart after(String token) {
        return new After(token);
    }

    /// What differs from a commit, as one net change, then what happens.
    ///
    /// @param ref see [coppice.api.Database]
    static FeedStart since(String ref) {
        return new Since(ref);
    }

    /// What happened after what the subscription of this name has acknowledged; a new one begins now. It is kept,
    /// with the state that it has acknowledged, until it is dropped: see [Subscriptions].
    static FeedStart subscription(String name) {
        return subscription(name, now());
    }

    /// As [#subscription(String)]; a new one begins elsewhere.
    ///
    /// @param name 1 to 100 characters
    /// @param first no subscription
    static FeedStart subscription(String name, FeedStart first) {
        return new Subscription(name, first);
    }
}
