package coppice.testing.contract;

import static coppice.testing.contract.Told.all;
import static coppice.testing.contract.Told.batches;
import static coppice.testing.contract.Told.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.api.Branch;
import coppice.api.CommitMessage;
import coppice.api.DatabaseException;
import coppice.api.Entry;
import coppice.api.ErrorCode;
import coppice.api.Merge;
import coppice.api.Reset;
import coppice.api.StashPick;
import coppice.api.feed.ChangeBatch;
import coppice.api.feed.ChangeFeed;
import coppice.api.feed.ChangeFilter;
import coppice.api.feed.FeedStart;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// What feeds tell of a branch, and in what order.
abstract class FeedContract extends Contract {
    private static final ChangeFilter ALL = ChangeFilter.all();

    private ChangeFeed watch() {
        return db.watch(ALL, FeedStart.now());
    }

    private void put(String key, String value) {
        db.space("s").put(key, value);
    }

    @Test
    void eachTransactionIsToldForItselfAndInOrder() {
        put("before", "0");
        try (ChangeFeed feed = watch()) {
            assertThat(all(feed)).isEmpty();
            put("a", "1");
            put("a", "2");
            db.main().run(tx -> {
                tx.space("t").put("x", "9");
                tx.space("s").put("b", "3");
                tx.space("s").delete("a");
                tx.space("s").put("c", "4");
                tx.space("s").delete("c");
            });
            assertThat(all(feed)).containsExactly("+s/a=1", "~s/a=1>2", "-s/a=2 +s/b=3 +t/x=9");
            assertThat(all(feed)).isEmpty();
        }
    }

    @Test
    void positionsGrowAndJoinUp() {
        try (ChangeFeed feed = watch()) {
            put("a", "1");
            put("b", "1");
            put("c", "1");
            List<ChangeBatch> told = batches(feed);
            assertThat(told).hasSize(3).allSatisfy(batch -> {
                assertThat(batch.position()).isGreaterThan(batch.since());
                assertThat(batch.action()).isEqualTo("write");
                assertThat(batch.branch()).isEqualTo("main");
                assertThat(batch.commit()).isEqualTo(db.head().id().hex());
            });
            assertThat(told.get(1).since()).isEqualTo(told.get(0).position());
            assertThat(told.get(2).since()).isEqualTo(told.get(1).position());
        }
    }

    @Test
    void whatLeavesNoTraceIsNotTold() {
        put("a", "1");
        try (ChangeFeed feed = watch()) {
            put("a", "1");
            db.space("s").delete("none");
            db.commit("no change of rows");
            db.checkpoint();
            assertThat(all(feed)).isEmpty();
        }
    }

    @Test
    void theBeginningIsEverythingAsAdded() {
        put("a", "1");
        db.commit("one");
        put("b", "2");
        db.checkpoint();
        db.space("t").put("c", "3");
        try (ChangeFeed feed = db.watch(ALL, FeedStart.beginning())) {
            put("b", "4");
            ChangeBatch first = feed.next();
            assertThat(first.since()).isEqualTo(-1);
            Map<String, String> rows = new TreeMap<>();
            Told.apply(first, rows);
            batches(feed).forEach(batch -> Told.apply(batch, rows));
            assertThat(rows).isEqualTo(Map.of("s/a", "1", "s/b", "4", "t/c", "3"));
        }
    }

    @Test
    void anEmptyBeginningIsNotTold() {
        try (ChangeFeed feed = db.watch(ALL, FeedStart.beginning())) {
            assertThat(all(feed)).isEmpty();
            put("a", "1");
            assertThat(all(feed)).hasSize(1);
        }
    }

    @Test
    void theDifferenceFromACommitComesFirst() {
        put("a", "1");
        put("b", "1");
        db.commit("one");
        put("a", "2");
        db.space("s").delete("b");
        try (ChangeFeed feed = db.watch(ALL, FeedStart.since("HEAD"))) {
            assertThat(all(feed)).containsExactly("SEVERAL: ~s/a=1>2 -s/b=1");
            put("c", "3");
            assertThat(all(feed)).containsExactly("+s/c=3");
        }
        notFound(ErrorCode.UNKNOWN_REF, () -> db.watch(ALL, FeedStart.since("nothing")));
    }

    @Test
    void onlyWhatFitsIsTold() {
        try (ChangeFeed space = db.watch(ChangeFilter.of("users"), FeedStart.now());
                ChangeFeed spaces = db.watch(ChangeFilter.of("user*"), FeedStart.now());
                ChangeFeed keys = db.watch(ChangeFilter.of("users").keys("u:?"), FeedStart.now())) {
            db.main().run(tx -> {
                tx.space("users").put("u:1", "a");
                tx.space("users").put("u:10", "b");
                tx.space("userland").put("u:1", "c");
                tx.space("other").put("u:1", "d");
            });
            assertThat(all(space)).containsExactly("+users/u:1=a +users/u:10=b");
            assertThat(all(spaces)).containsExactly("+userland/u:1=c +users/u:1=a +users/u:10=b");
            assertThat(all(keys)).containsExactly("+users/u:1=a");
        }
    }

    @Test
    void documentsThatBeginOrCeaseToFitAreAddedAndRemoved() {
        ChangeFilter admins = ChangeFilter.of("s").where("role = 'admin'");
        try (ChangeFeed feed = db.watch(admins, FeedStart.now())) {
            put("a", "{\"role\":\"user\"}");
            put("a", "{\"role\":\"admin\"}");
            put("a", "{\"role\":\"admin\",\"age\":3}");
            put("a", "{\"role\":\"user\"}");
            db.space("s").delete("a");
            put("b", "no JSON");
            assertThat(all(feed))
                    .containsExactly(
                            "+s/a={\"role\":\"admin\"}",
                            "~s/a={\"role\":\"admin\"}>{\"role\":\"admin\",\"age\":3}",
                            "-s/a={\"role\":\"admin\",\"age\":3}");
        }
        incorrect(ErrorCode.INVALID_QUERY, () -> db.watch(ALL.where("role ="), FeedStart.now()));
        incorrect(ErrorCode.INVALID_QUERY, () -> db.watch(ALL.where("role = :role"), FeedStart.now()));
    }

    @Test
    void movesOfTheBranchAreToldAsWhatTheyChange() {
        commit(db.main(), "a", "1");
        Branch other = db.branch("other", db.head());
        commit(other, "b", "2");
        try (ChangeFeed feed = watch()) {
            db.merge("other", Merge.into("main"));
            put("a", "3");
            db.main().discard();
            db.main().reset("main~1", Reset.HARD);
            db.main().reset("other", Reset.SOFT);
            put("c", "4");
            db.main().stash().push("aside");
            db.main().stash().pop(StashPick.of(0));
            List<ChangeBatch> told = batches(feed);
            assertThat(told.stream().map(batch -> batch.action() + " " + text(batch)))
                    .containsExactly(
                            "merge +s/b=2",
                            "write ~s/a=1>3",
                            "discard ~s/a=3>1",
                            "reset -s/b=2",
                            "write +s/c=4",
                            "stash +s/b=2 -s/c=4",
                            "stash -s/b=2 +s/c=4");
            assertThat(told.getFirst().commit())
                    .isEqualTo(db.resolve("other").id().hex());
        }
    }

    @Test
    void aVersionThatIsATransactionIsToldWithItsCommit() {
        try (ChangeFeed feed = watch()) {
            var made = db.main()
                    .commit(CommitMessage.of("both"), tx -> tx.space("s").put("a", "1"));
            ChangeBatch batch = feed.next();
            assertThat(text(batch)).isEqualTo("+s/a=1");
            assertThat(batch.action()).isEqualTo("commit");
            assertThat(batch.commit()).isEqualTo(made.id().hex());
        }
    }

    @Test
    void aLoadIsOnePosition() {
        try (ChangeFeed feed = watch()) {
            db.main()
                    .load(
                            "s",
                            List.of(new Entry(utf8("a"), utf8("1")), new Entry(utf8("b"), utf8("2")))
                                    .iterator());
            ChangeBatch batch = feed.next();
            assertThat(batch.action() + " " + text(batch)).isEqualTo("load +s/a=1 +s/b=2");
            assertThat(text(batch)).as("read again").isEqualTo("+s/a=1 +s/b=2");
        }
    }

    @Test
    void foldingAndCommittingBetweenPositionsHidesNothing() {
        try (ChangeFeed feed = watch()) {
            put("a", "1");
            db.checkpoint();
            put("a", "2");
            db.commit("in between");
            put("b", "3");
            db.checkpoint();
            put("a", "4");
            assertThat(all(feed)).containsExactly("+s/a=1", "~s/a=1>2", "+s/b=3", "~s/a=2>4");
        }
    }

    @Test
    void otherBranchesAreNotTold() {
        Branch other = db.branch("other", db.head());
        try (ChangeFeed feed = watch();
                ChangeFeed theirs = other.watch(ALL, FeedStart.now())) {
            other.space("s").put("a", "1");
            assertThat(all(feed)).isEmpty();
            assertThat(all(theirs)).containsExactly("+s/a=1");
        }
    }

    @Test
    void whoLagsTooFarIsToldTheNetChange() {
        try (ChangeFeed feed = watch()) {
            for (int i = 0; i <= 5_000; i++) {
                put("a", "" + i);
            }
            db.space("s").put("b", "x");
            assertThat(all(feed)).containsExactly("SEVERAL: +s/a=5000 +s/b=x");
            put("a", "last");
            assertThat(all(feed)).containsExactly("~s/a=5000>last");
        }
    }

    @Test
    void coalescedFeedsAreToldNetChanges() {
        put("a", "0");
        try (ChangeFeed feed = db.watch(ALL.coalesced(), FeedStart.now())) {
            put("a", "1");
            assertThat(all(feed)).containsExactly("~s/a=0>1");
            put("a", "2");
            put("b", "1");
            db.space("s").delete("b");
            db.commit("and a commit");
            put("c", "1");
            assertThat(all(feed)).containsExactly("SEVERAL: ~s/a=1>2 +s/c=1");
        }
    }

    @Test
    void aDeletedBranchEndsItsFeedsWhenAllIsTold() {
        Branch other = db.branch("other", db.head());
        try (ChangeFeed feed = other.watch(ALL, FeedStart.now())) {
            other.space("s").put("a", "1");
            db.forceDeleteBranch("other");
            assertThat(text(feed.next())).isEqualTo("+s/a=1");
            notFound(ErrorCode.UNKNOWN_BRANCH, feed::next);
            notFound(ErrorCode.UNKNOWN_BRANCH, feed::poll);
        }
        notFound(ErrorCode.UNKNOWN_BRANCH, () -> other.watch(ALL, FeedStart.now()));
    }

    @Test
    void aRenamedBranchEndsItsFeedsAndGoesOnUnderItsNewName() {
        Branch other = db.branch("other", db.head());
        String token;
        try (ChangeFeed feed = other.watch(ALL, FeedStart.now())) {
            other.space("s").put("a", "1");
            token = feed.next().token();
            db.renameBranch("other", "new");
            assertThatThrownBy(feed::next).hasMessageContaining("'new'");
        }
        db.branch("new").space("s").put("b", "2");
        try (ChangeFeed feed = db.branch("new").watch(ALL, FeedStart.after(token))) {
            assertThat(batches(feed).getFirst().kind()).isNotEqualTo(ChangeBatch.Kind.CONTENT);
        }
    }

    @Test
    void closingEndsTheFeedAndTheDatabaseEndsAll() {
        ChangeFeed feed = watch();
        ChangeFeed other = watch();
        put("a", "1");
        feed.close();
        feed.close();
        refused(DatabaseException.Closed.class, ErrorCode.CLOSED, feed::poll);
        db.close();
        refused(DatabaseException.Closed.class, ErrorCode.CLOSED, other::next);
        other.close();
    }

    @Test
    void nothingComesBeforeTheTimeIsOver() {
        try (ChangeFeed feed = watch()) {
            assertThat(feed.next(Duration.ofMillis(1))).isEmpty();
            put("a", "1");
            assertThat(feed.next(Duration.ZERO).map(Told::text)).isEqualTo(Optional.of("+s/a=1"));
        }
    }
}
