package coppice.engine.transaction;

import coppice.api.feed.ChangeFeed;
import coppice.api.feed.ChangeFilter;
import coppice.api.feed.FeedStart;
import coppice.engine.arrival.Arrivals;
import coppice.engine.live.LiveBranch;
import coppice.engine.live.Settings;
import coppice.engine.lock.EmbeddedLocks;
import coppice.engine.reading.Access;
import coppice.engine.storage.Gate;
import coppice.engine.storage.Storage;
import coppice.engine.version.Grafting;
import coppice.engine.views.Views;

/// What transactions need of their database.
///
/// @param access to read spaces
/// @param transacting makes them take effect
/// @param views reads projections
/// @param retry pauses between attempts
/// @param dues what is to be tidied up later
/// @param stamps what is unique
/// @param origins who puts things in order
/// @param arrivals who waits for something
/// @param locks the locks of the database
/// @param follower follows what happens to branches
/// @param grafting adds many rows at once
/// @param works what is done in the background
public record Means(
        Access access,
        Transacting transacting,
        Views views,
        Retry retry,
        Dues dues,
        Stamps stamps,
        Origins origins,
        Arrivals arrivals,
        EmbeddedLocks locks,
        Follower follower,
        Grafting grafting,
        Works works) {
    /// Follows what happens to a branch.
    @FunctionalInterface
    public interface Follower {
        /// A feed of the rows that fit.
        ChangeFeed follow(LiveBranch branch, ChangeFilter filter, FeedStart from);
    }

    /// What those of an open database need.
    public static Means of(
            Storage storage,
            Gate gate,
            Settings settings,
            Transacting transacting,
            Views views,
            Follower follower,
            Grafting grafting) {
        Retry retry = new Retry(storage.tasks(), storage.entropy());
        return new Means(
                Access.of(storage, gate),
                transacting,
                views,
                retry,
                new Dues(),
                new Stamps(storage.clock(), storage.entropy()),
                new Origins(storage.entropy()),
                new Arrivals(storage, gate),
                EmbeddedLocks.open(storage, settings, gate),
                follower,
                grafting,
                new Works(storage.tasks(), storage.clock(), gate));
    }

    /// Tidies up what is due, and begins what is to be done in the background.
    public void tidy() {
        dues.run(this);
        arrivals.tidy();
        locks.tidy();
        works.run();
    }
}
