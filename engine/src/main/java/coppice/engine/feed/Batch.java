package coppice.engine.feed;

import coppice.api.feed.ChangeBatch;
import coppice.api.feed.RowChange;
import coppice.engine.state.BranchState;

/// What a feed tells at once.
///
/// @param feed tells it
/// @param since the position behind which it begins
/// @param after the state in which it ends
record Batch(Feed feed, Kind kind, String action, long since, BranchState after, Iterable<RowChange> changes)
        implements ChangeBatch {
    @Override
    public String branch() {
        return feed.lookout().branch().name();
    }

    @Override
    public String commit() {
        return after.commit().toString();
    }

    @Override
    public long position() {
        return after.lsn();
    }

    @Override
    public String token() {
        return feed.token(after);
    }
}
