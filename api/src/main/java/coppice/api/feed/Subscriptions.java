package coppice.api.feed;

import java.util.List;

/// The durable subscriptions of a database: feeds that go on, in whatever process, behind what they have
/// acknowledged. Each keeps the state that it has acknowledged until it is dropped. Safe for use by many threads.
public interface Subscriptions {
    /// One subscription.
    ///
    /// @param branch the branch that it follows
    /// @param commit the latest commit of the branch at the place that it has acknowledged, as 64 hexadecimal
    ///     digits
    /// @param position that place
    record Subscription(String name, String branch, String commit, long position) {}

    /// All subscriptions that have acknowledged something, in the order of names.
    List<Subscription> all();

    /// Forgets a subscription, durably. Nothing happens when there is none of the name.
    void drop(String name);
}
