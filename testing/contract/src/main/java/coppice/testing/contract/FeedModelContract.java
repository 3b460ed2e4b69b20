package coppice.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.api.Branch;
import coppice.api.Database;
import coppice.api.Merge;
import coppice.api.Reset;
import coppice.api.Resolver;
import coppice.api.Snapshot;
import coppice.api.feed.ChangeBatch;
import coppice.api.feed.ChangeFeed;
import coppice.api.feed.ChangeFilter;
import coppice.api.feed.FeedStart;
import coppice.testing.property.Gen;
import coppice.testing.property.Property;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Whatever happens to a branch, and wherever those who follow it begin again: what they were told is always a
/// state that the branch was in, never an earlier one than before, and in the end the one that it is in.
abstract class FeedModelContract extends Contract {
    private static final int KINDS = 18;

    /// One random thing to do.
    private record Act(int kind, int key, int value) {}

    @Test
    void whatIsToldIsAlwaysAStateOfTheBranch() {
        Gen<Act> act = Gen.combine(
                Gen.ints(0, KINDS - 1), Gen.ints(0, 399), (kind, number) -> new Act(kind, number % 8, number / 8));
        Property.forAll(act.list(0, 60)).runs(subject.isPersistent() ? 15 : 60).check(acts -> {
            try (World world = new World(subject())) {
                acts.forEach(world::take);
                world.finish();
            }
        });
    }

    private static final class World implements AutoCloseable {
        private final Subject subject;
        private final List<Map<String, String>> past = new ArrayList<>();
        private final List<Follower> followers = new ArrayList<>();
        private Database db;

        World(Subject subject) {
            this.subject = subject;
            this.db = subject.open(OPTIONS);
            db.branch("other", "main");
            past.add(rows());
            for (int i = 0; i < 4; i++) {
                followers.add(new Follower(i));
            }
        }

        private Map<String, String> rows() {
            Map<String, String> rows = new TreeMap<>();
            Snapshot snapshot = db.main().snapshot();
            everything(snapshot)
                    .forEach((space, entries) -> entries.forEach(entry -> {
                        int equals = entry.indexOf('=');
                        rows.put(space + "/" + entry.substring(0, equals), entry.substring(equals + 1));
                    }));
            return rows;
        }

        void take(Act act) {
            switch (act.kind()) {
                case 0, 1, 2 -> db.space("s").put("k" + act.key(), "v" + act.value());
                case 3 -> db.space("s").delete("k" + act.key());
                case 4 ->
                    db.main().run(tx -> {
                        tx.space("t").put("k" + act.key(), "v" + act.value());
                        tx.space("s").delete("k" + act.value() % 8);
                        tx.space("s").put("k" + act.key(), "both");
                    });
                case 5 -> db.main().commit("version", tx -> tx.space("s").put("k" + act.key(), "version"));
                case 6 -> db.commit("commit");
                case 7 -> db.checkpoint();
                case 8 -> db.main().discard();
                case 9 -> back();
                case 10 -> commit(db.branch("other"), "k" + act.key(), "other" + act.value());
                case 11 -> merge();
                case 12 -> db.gc();
                case 13 -> reopen();
                case 14, 15 -> follower(act).look(act.value() % 5);
                case 16 -> follower(act).beginAgain();
                default -> follower(act).acknowledge();
            }
            if (act.kind() <= 13) {
                past.add(rows());
            }
        }

        private Follower follower(Act act) {
            return followers.get(act.key() % followers.size());
        }

        private void back() {
            Branch main = db.main();
            if (!main.head().parents().isEmpty()) {
                main.reset("main~1", Reset.HARD);
            }
        }

        private void merge() {
            db.commit("before the merge");
            db.merge("other", Merge.into("main").resolving(Resolver.THEIRS));
        }

        private void reopen() {
            if (subject.isPersistent()) {
                followers.forEach(follower -> follower.look(1));
                db.close();
                db = subject.open(OPTIONS);
                followers.forEach(Follower::beginAgain);
            }
        }

        void finish() {
            followers.forEach(follower -> follower.look(Integer.MAX_VALUE));
            followers.forEach(Follower::beginAgain);
            db.checkpoint();
            for (Follower follower : followers) {
                follower.look(Integer.MAX_VALUE);
                assertThat(follower.rows).isEqualTo(rows());
            }
        }

        @Override
        public void close() {
            db.close();
        }

        /// Who puts together what a feed tells. Odd ones follow coalesced, the last two by a subscription.
        private final class Follower {
            private final int number;
            private ChangeFeed feed;
            private Map<String, String> rows = new TreeMap<>();
            private Map<String, String> acknowledged = new TreeMap<>();
            private @Nullable String token;
            private @Nullable ChangeBatch last;
            private int at;
            private int acknowledgedAt;

            Follower(int number) {
                this.number = number;
                this.feed = watch(FeedStart.beginning());
            }

            private boolean isSubscription() {
                return number >= 2;
            }

            private ChangeFeed watch(FeedStart plain) {
                ChangeFilter filter = number % 2 == 0
                        ? ChangeFilter.all()
                        : ChangeFilter.all().coalesced();
                FeedStart from = isSubscription() ? FeedStart.subscription("f" + number, FeedStart.beginning()) : plain;
                return db.watch(filter, from);
            }

            void look(int most) {
                for (int i = 0; i < most; i++) {
                    Optional<ChangeBatch> batch = feed.poll();
                    if (batch.isEmpty()) {
                        return;
                    }
                    take(batch.get());
                }
            }

            private void take(ChangeBatch batch) {
                if (batch.kind() == ChangeBatch.Kind.GAP) {
                    assertThat(isSubscription())
                            .as("a subscription has no gaps")
                            .isFalse();
                    feed.close();
                    rows = new TreeMap<>();
                    token = null;
                    feed = watch(FeedStart.beginning());
                    return;
                }
                Told.apply(batch, rows);
                if (!isSubscription()) {
                    token = batch.token();
                }
                last = batch;
                while (at < past.size() && !past.get(at).equals(rows)) {
                    at++;
                }
                assertThat(at).as("no state from there on is %s", rows).isLessThan(past.size());
            }

            void acknowledge() {
                if (isSubscription() && last != null) {
                    feed.acknowledge(last);
                    acknowledged = new TreeMap<>(rows);
                    acknowledgedAt = at;
                }
            }

            void beginAgain() {
                feed.close();
                last = null;
                if (isSubscription()) {
                    rows = new TreeMap<>(acknowledged);
                    at = acknowledgedAt;
                } else if (token == null) {
                    rows = new TreeMap<>();
                }
                feed = watch(token == null ? FeedStart.beginning() : FeedStart.after(token));
            }
        }
    }
}
