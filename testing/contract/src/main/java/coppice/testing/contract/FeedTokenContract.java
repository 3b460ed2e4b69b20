package coppice.testing.contract;

import static coppice.testing.contract.Told.all;
import static coppice.testing.contract.Told.batches;
import static coppice.testing.contract.Told.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.tuple;

import coppice.api.Branch;
import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.Reset;
import coppice.api.feed.ChangeBatch;
import coppice.api.feed.ChangeFeed;
import coppice.api.feed.ChangeFilter;
import coppice.api.feed.FeedStart;
import coppice.api.feed.Subscriptions.Subscription;
import coppice.api.progress.Progress;
import java.util.List;
import org.junit.jupiter.api.Test;

/// How feeds go on where they were: tokens and subscriptions.
abstract class FeedTokenContract extends Contract {
    private static final ChangeFilter ALL = ChangeFilter.all();

    private void put(String key, String value) {
        db.space("s").put(key, value);
    }

    private ChangeFeed after(String token) {
        return db.watch(ALL, FeedStart.after(token));
    }

    private List<String> toldAfter(String token) {
        try (ChangeFeed feed = after(token)) {
            return all(feed);
        }
    }

    /// The token behind the first of some writes.
    private String tokenOf(String key, String value) {
        try (ChangeFeed feed = db.watch(ALL, FeedStart.now())) {
            put(key, value);
            return feed.next().token();
        }
    }

    @Test
    void aTokenGoesOnWithTheNextPosition() {
        String token = tokenOf("a", "1");
        assertThat(toldAfter(token)).isEmpty();
        put("a", "2");
        db.commit("in between");
        put("b", "3");
        db.main().commit("both", tx -> tx.space("s").put("c", "4"));
        assertThat(toldAfter(token)).containsExactly("~s/a=1>2", "+s/b=3", "+s/c=4");
        assertThat(toldAfter(token)).as("again").containsExactly("~s/a=1>2", "+s/b=3", "+s/c=4");
    }

    @Test
    void aTokenIsGoodWhileOtherFeedsAreOpen() {
        String token = tokenOf("a", "1");
        put("a", "2");
        try (ChangeFeed other = db.watch(ALL, FeedStart.now())) {
            put("a", "3");
            assertThat(toldAfter(token)).containsExactly("~s/a=1>2", "~s/a=2>3");
            assertThat(all(other)).containsExactly("~s/a=2>3");
        }
    }

    @Test
    void theTokenOfAFeedIsBehindWhatDidNotFit() {
        try (ChangeFeed feed = db.watch(ChangeFilter.of("t"), FeedStart.now())) {
            put("a", "1");
            assertThat(all(feed)).isEmpty();
            String token = feed.token();
            put("a", "2");
            assertThat(toldAfter(token)).containsExactly("~s/a=1>2");
        }
    }

    @Test
    void theTokenOfTheLastPositionIsGoodAfterReopening() {
        String token = tokenOf("a", "1");
        reopenIfPossible();
        put("b", "2");
        put("b", "3");
        assertThat(toldAfter(token)).containsExactly("+s/b=2", "~s/b=2>3");
    }

    @Test
    void theTokenOfACommitIsGoodForEver() {
        put("a", "1");
        db.commit("one");
        String token;
        try (ChangeFeed feed = db.watch(ALL, FeedStart.now())) {
            token = feed.token();
        }
        put("a", "2");
        db.commit("two");
        put("a", "3");
        db.checkpoint();
        db.gc();
        reopenIfPossible();
        put("b", "1");
        assertThat(toldAfter(token)).containsExactly("SEVERAL: ~s/a=1>3 +s/b=1");
    }

    @Test
    void anOldTokenBeginsWithAGap() {
        String token = tokenOf("a", "1");
        put("a", "2");
        db.checkpoint();
        put("a", "3");
        db.checkpoint();
        try (ChangeFeed feed = after(token)) {
            ChangeBatch gap = feed.next();
            assertThat(gap.kind()).isEqualTo(ChangeBatch.Kind.GAP);
            assertThat(gap.changes()).isEmpty();
            assertThat(gap.position()).isGreaterThan(gap.since());
            put("a", "4");
            assertThat(all(feed)).containsExactly("~s/a=3>4");
            assertThat(toldAfter(gap.token())).containsExactly("~s/a=3>4");
        }
    }

    @Test
    void aTokenOfTheBeginningBeginsThere() {
        try (ChangeFeed feed = db.watch(ALL, FeedStart.beginning())) {
            String token = feed.token();
            put("a", "1");
            assertThat(toldAfter(token)).containsExactly("CONTENT: +s/a=1");
        }
    }

    @Test
    void aTokenCrossesMovesOfTheBranch() {
        commit(db.main(), "a", "1");
        String token = tokenOf("b", "2");
        db.main().reset("main~1", Reset.HARD);
        put("c", "3");
        assertThat(toldAfter(token)).containsExactly("-s/a=1 -s/b=2", "+s/c=3");
    }

    @Test
    void whatIsNoTokenOfTheBranchIsRefused() {
        String token = tokenOf("a", "1");
        incorrect(ErrorCode.INVALID_TOKEN, () -> after("nonsense"));
        incorrect(ErrorCode.INVALID_TOKEN, () -> after(token.substring(1)));
        incorrect(ErrorCode.INVALID_TOKEN, () -> after(token + "AAAA"));
        incorrect(ErrorCode.INVALID_TOKEN, () -> after("!" + token));
    }

    private ChangeFeed subscription() {
        return db.watch(ALL, FeedStart.subscription("billing"));
    }

    @Test
    void aSubscriptionGoesOnBehindWhatItAcknowledged() {
        try (ChangeFeed feed = subscription()) {
            put("a", "1");
            put("a", "2");
            feed.acknowledge(feed.next());
            assertThat(text(feed.next())).isEqualTo("~s/a=1>2");
        }
        try (ChangeFeed feed = subscription()) {
            assertThat(all(feed)).as("not acknowledged").containsExactly("~s/a=1>2");
        }
        reopenIfPossible();
        put("b", "1");
        db.checkpoint();
        db.gc();
        put("b", "2");
        try (ChangeFeed feed = subscription()) {
            List<ChangeBatch> told = batches(feed);
            assertThat(told.stream().map(Told::text)).containsExactly("SEVERAL: ~s/a=1>2 +s/b=2");
            feed.acknowledge(told.getLast());
        }
        try (ChangeFeed feed = subscription()) {
            assertThat(all(feed)).isEmpty();
        }
    }

    @Test
    void aSubscriptionKeepsItsStateThroughCollections() {
        put("a", "x".repeat(10_000));
        db.commit("old");
        try (ChangeFeed feed = db.watch(ALL, FeedStart.subscription("billing", FeedStart.beginning()))) {
            put("a", "y".repeat(10_000));
            feed.acknowledge(batches(feed).getLast());
        }
        db.main().discard();
        db.space("s").delete("a");
        db.commit("new");
        db.checkpoint();
        db.gc();
        reopenIfPossible();
        db.gc();
        try (ChangeFeed feed = subscription()) {
            assertThat(all(feed)).containsExactly("SEVERAL: -s/a=" + "y".repeat(10_000));
        }
        assertThat(db.check(Progress.none()).isSound()).isTrue();
    }

    @Test
    void aNewSubscriptionBeginsNowWhateverBecomesOfItsFirstFeed() {
        put("a", "1");
        subscription().close();
        put("a", "2");
        db.checkpoint();
        reopenIfPossible();
        try (ChangeFeed feed = subscription()) {
            assertThat(all(feed)).containsExactly("SEVERAL: ~s/a=1>2");
        }
    }

    @Test
    void aSubscriptionThatAcknowledgedNothingBeginsWhereItIsTold() {
        put("a", "1");
        for (int i = 0; i < 2; i++) {
            try (ChangeFeed feed = db.watch(ALL, FeedStart.subscription("copy", FeedStart.beginning()))) {
                ChangeBatch content = feed.next();
                assertThat(text(content)).isEqualTo("CONTENT: +s/a=1");
                if (i == 1) {
                    feed.acknowledge(content);
                }
            }
        }
        try (ChangeFeed feed = db.watch(ALL, FeedStart.subscription("copy", FeedStart.beginning()))) {
            assertThat(all(feed)).isEmpty();
        }
    }

    @Test
    void whatWasLookedAtIsAcknowledgedAlsoWhereNothingFitted() {
        ChangeFilter other = ChangeFilter.of("t");
        put("a", "1");
        try (ChangeFeed feed = db.watch(other, FeedStart.subscription("copy", FeedStart.since("HEAD")))) {
            feed.acknowledge();
            assertThat(db.subscriptions().all()).as("nothing was looked at").isEmpty();
            assertThat(all(feed)).isEmpty();
            feed.acknowledge();
        }
        db.commit("later");
        put("b", "1");
        try (ChangeFeed feed = db.watch(ALL, FeedStart.subscription("copy"))) {
            assertThat(all(feed)).containsExactly("+s/b=1");
        }
    }

    @Test
    void subscriptionsAreListedAndDropped() {
        assertThat(db.subscriptions().all()).isEmpty();
        subscription().close();
        assertThat(db.subscriptions().all())
                .extracting(Subscription::name, Subscription::branch, Subscription::commit)
                .containsExactly(tuple("billing", "main", db.head().id().hex()));
        db.subscriptions().drop("billing");
        db.subscriptions().drop("none");
        assertThat(db.subscriptions().all()).isEmpty();
        put("a", "1");
        try (ChangeFeed feed = subscription()) {
            assertThat(all(feed)).as("a new one").isEmpty();
        }
    }

    @Test
    void oneFeedUsesASubscriptionAtATime() {
        try (ChangeFeed feed = subscription()) {
            refused(DatabaseException.Busy.class, ErrorCode.SUBSCRIPTION_IN_USE, this::subscription);
            assertThat(all(feed)).isEmpty();
        }
        subscription().close();
    }

    @Test
    void aSubscriptionFollowsOneBranch() {
        subscription().close();
        Branch other = db.branch("other", db.head());
        incorrect(ErrorCode.INVALID_TOKEN, () -> other.watch(ALL, FeedStart.subscription("billing")));
        subscription().close();
        assertThatIllegalArgumentException().isThrownBy(() -> db.watch(ALL, FeedStart.subscription("")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> db.watch(ALL, FeedStart.subscription("a", FeedStart.subscription("b"))));
    }

    @Test
    void onlyBatchesOfASubscriptionAreAcknowledged() {
        try (ChangeFeed plain = db.watch(ALL, FeedStart.now());
                ChangeFeed feed = subscription()) {
            put("a", "1");
            ChangeBatch batch = plain.next();
            assertThatIllegalStateException().isThrownBy(() -> plain.acknowledge(batch));
            assertThatIllegalStateException().isThrownBy(() -> feed.acknowledge(batch));
        }
    }

    @Test
    void aRenamedBranchTakesItsSubscriptionsAlong() {
        Branch other = db.branch("other", db.head());
        other.watch(ALL, FeedStart.subscription("billing")).close();
        other.space("s").put("a", "1");
        db.renameBranch("other", "new");
        try (ChangeFeed feed = db.branch("new").watch(ALL, FeedStart.subscription("billing"))) {
            assertThat(all(feed)).containsExactly("SEVERAL: +s/a=1");
        }
    }
}
