package coppice.engine.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.api.Coppice;
import coppice.api.Database;
import coppice.api.DatabaseException;
import coppice.api.feed.ChangeFilter;
import coppice.api.feed.FeedStart;
import coppice.engine.state.BranchState;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class FeedTest {
    @Test
    void whoWasClosedBetweenALookAndWaitingDoesNotWait() {
        try (Database db = Coppice.open("mem:")) {
            Feed feed = (Feed) db.watch(ChangeFilter.of("s"), FeedStart.now());
            assertThat(feed.poll()).isEmpty();
            BranchState at = Objects.requireNonNull(feed.at());
            feed.close();
            assertThat(feed.lookout().park(feed, at)).isFalse();
            assertThat(feed.isWaiting()).isFalse();
            assertThatThrownBy(feed::next).isInstanceOf(DatabaseException.Closed.class);
        }
    }
}
