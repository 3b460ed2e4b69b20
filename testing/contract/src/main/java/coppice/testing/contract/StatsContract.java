package coppice.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.api.Batch;
import coppice.api.Branch;
import coppice.api.Cursor;
import coppice.api.DatabaseStats;
import coppice.api.DiffQuery;
import coppice.api.ErrorCode;
import coppice.api.GcReport;
import coppice.api.Latency;
import coppice.api.LogQuery;
import coppice.api.Merge;
import coppice.api.Operation;
import coppice.api.Range;
import coppice.api.Space;
import coppice.api.Tag;
import coppice.api.Version;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// Figures follow what happens.
abstract class StatsContract extends Contract {
    @Test
    void theKeysOfTheCurrentBranchAreCountedBySpaceFoldedOrNot() {
        db.main().run(tx -> {
            for (int i = 0; i < 300; i++) {
                tx.space("s").put("k" + i, "v");
            }
            tx.space("t").put("k", "v");
        });
        db.commit("folded");
        assertThat(db.stats().data().spaces()).containsExactly(Map.entry("s", 300L), Map.entry("t", 1L));
        db.space("s").put("k7", "again");
        db.space("s").put("new", "v");
        db.space("s").delete("k8");
        db.space("s").delete("k9");
        db.space("t").delete("k");
        db.space("a").put("k", "v");
        DatabaseStats.Data data = db.stats().data();
        assertThat(data.branch()).isEqualTo("main");
        assertThat(data.spaces()).containsExactly(Map.entry("a", 1L), Map.entry("s", 299L));
        assertThat(data.keys()).isEqualTo(300);
        assertThat(data.unfoldedBytes()).isPositive();
        db.space("s").put("newer", "v");
        assertThat(db.stats().data().keys())
                .isEqualTo(301)
                .isEqualTo(db.space("s").count() + 1);
        db.checkpoint();
        assertThat(db.stats().data().spaces()).containsExactly(Map.entry("a", 1L), Map.entry("s", 300L));
        assertThat(db.stats().data().unfoldedBytes()).isLessThan(data.unfoldedBytes());
        db.branch("side", "main");
        db.switchTo("side");
        assertThat(db.stats().data().branch()).isEqualTo("side");
        assertThat(db.stats().data().spaces()).containsExactly(Map.entry("s", 300L), Map.entry("t", 1L));
    }

    @Test
    void everyCommitThatARefReachesIsCountedOnce() {
        Random random = new Random(7);
        for (int round = 0; round < 60; round++) {
            List<String> names =
                    db.branches().stream().map(branch -> branch.name()).toList();
            String name = names.get(random.nextInt(names.size()));
            switch (random.nextInt(6)) {
                case 0 -> db.branch("b" + round, name);
                case 1 -> db.tags().create("t" + round, name);
                case 2 -> db.merge(names.get(random.nextInt(names.size())), Merge.into(name));
                default -> commit(db.branch(name), "k" + round, "v");
            }
            assertThat(db.stats().history().commits()).as("round %s", round).isEqualTo(reached());
        }
        assertThat(db.stats().history().branches()).isEqualTo(db.branches().size());
        assertThat(db.stats().history().tags()).isEqualTo(db.tags().list().size());
        db.branches().stream()
                .filter(branch -> !branch.name().equals("main"))
                .forEach(branch -> db.forceDeleteBranch(branch.name()));
        db.tags().list().forEach(tag -> db.tags().delete(tag.name()));
        assertThat(db.stats().history().commits())
                .isEqualTo(
                        db.history().page(LogQuery.of("main"), 1_000).commits().size());
    }

    private long reached() {
        Set<String> seen = new HashSet<>();
        Consumer<String> walk =
                ref -> db.log(ref).forEach(commit -> seen.add(commit.id().hex()));
        db.branches().forEach(branch -> walk.accept(branch.name()));
        db.tags().list().stream().map(Tag::name).forEach(name -> walk.accept("tags/" + name));
        return seen.size();
    }

    @Test
    void stashesAreCounted() {
        db.space("s").put("a", "1");
        db.main().stash().push("aside");
        assertThat(db.stats().history().stashes()).isOne();
        assertThat(db.stats().history().remoteBranches()).isZero();
    }

    @Test
    void whatIsStoredGrowsAndItsFilesAddUp() {
        DatabaseStats before = db.stats();
        db.main().run(tx -> {
            for (int i = 0; i < 2_000; i++) {
                tx.space("s").put("k" + i, "x".repeat(100) + i);
            }
        });
        assertThat(db.stats().data().unfoldedBytes()).isGreaterThan(2_000 * 100);
        db.commit("folded");
        db.checkpoint();
        DatabaseStats after = db.stats();
        assertThat(after.chunks().count()).isGreaterThan(before.chunks().count());
        assertThat(after.chunks().bytes()).isGreaterThan(before.chunks().bytes() + 2_000 * 100);
        assertThat(after.chunks().storedBytes()).isPositive();
        assertThat(after.chunks().packs()).isPositive();
        assertThat(after.disk().packs()).isGreaterThanOrEqualTo(after.chunks().storedBytes());
        assertThat(after.disk().journal()).isPositive();
        assertThat(after.disk().other()).isPositive(); // there is a manifest
        assertThat(after.disk().total())
                .isGreaterThan(after.disk().packs() + after.disk().journal());
        assertThat(after.io().writes()).isGreaterThan(before.io().writes());
        assertThat(after.io().writtenBytes() - before.io().writtenBytes()).isGreaterThan(2_000 * 100);
        assertThat(after.io().syncs()).isGreaterThan(before.io().syncs());
        assertThat(after.cache().limitBytes()).isBetween(1L << 20, 16L << 20);
        assertThat(after.cache().bytes())
                .isPositive()
                .isLessThanOrEqualTo(after.cache().limitBytes());
        assertThat(after.cache().nodes()).isPositive();
    }

    @Test
    void theJournalIsFollowedFromRecordToRecord() {
        DatabaseStats.Journal before = db.stats().journal();
        for (int i = 0; i < 10; i++) {
            db.space("s").put("k" + i, "v");
        }
        DatabaseStats.Journal after = db.stats().journal();
        assertThat(after.records()).isEqualTo(before.records() + 10);
        assertThat(after.bytes()).isGreaterThan(before.bytes() + 10 * 2);
        assertThat(after.replayBytes() - before.replayBytes()).isEqualTo(after.bytes() - before.bytes());
        assertThat(after.unsyncedBytes()).isBetween(0L, after.replayBytes());
        db.checkpoint();
        DatabaseStats.Journal folded = db.stats().journal();
        assertThat(folded.replayBytes()).isZero();
        assertThat(folded.unsyncedBytes()).isZero();
        assertThat(folded.groups()).isPositive().isLessThanOrEqualTo(folded.records());
    }

    @Test
    void upkeepSaysWhatWasDone() {
        DatabaseStats.Upkeep before = db.stats().upkeep();
        db.space("s").put("a", "1");
        db.checkpoint();
        GcReport report = db.gc();
        DatabaseStats.Upkeep after = db.stats().upkeep();
        assertThat(after.checkpoints()).isGreaterThanOrEqualTo(before.checkpoints() + 2);
        assertThat(after.lastCheckpoint()).isPresent();
        assertThat(after.checkpointing()).isFalse();
        assertThat(after.collections()).isEqualTo(before.collections() + 1);
        assertThat(after.lastCollection()).contains(report);
        assertThat(after.collecting()).isFalse();
    }

    @Test
    void everyOperationIsTimed() {
        Space space = db.space("s");
        space.put("a", "1");
        space.delete("b");
        space.apply(new Batch().put(utf8("c"), utf8("2")));
        db.main().run(tx -> tx.space("s").put("d", "3"));
        db.main().run(tx -> assertThat(tx.space("s").text("a")).contains("1"));
        db.commit("one");
        Branch side = db.branch("side", "main");
        commit(side, "e", "4");
        db.merge("side", Merge.into("main"));
        db.history().page(LogQuery.of("main"), 10);
        db.history().page(DiffQuery.between(Version.of("main~1"), Version.of("main")), 10);
        db.history().blame("main", "s", utf8("e"));
        assertThat(space.count()).isEqualTo(4);
        assertThat(space.rank(utf8("c"))).isEqualTo(1);
        assertThat(rows(space)).hasSize(4);
        db.gc();
        DatabaseStats stats = db.stats();
        assertThat(stats.latency(Operation.WRITE).calls()).isEqualTo(4);
        assertThat(stats.latency(Operation.TRANSACTION).calls())
                .as("writing ones")
                .isEqualTo(1);
        assertThat(stats.latency(Operation.COMMIT).calls()).isEqualTo(2);
        assertThat(stats.latency(Operation.MERGE).calls()).isEqualTo(1);
        assertThat(stats.latency(Operation.LOG).calls()).isEqualTo(1);
        assertThat(stats.latency(Operation.DIFF).calls()).isEqualTo(1);
        assertThat(stats.latency(Operation.BLAME).calls()).isEqualTo(1);
        assertThat(stats.latency(Operation.COUNT).calls()).isEqualTo(2);
        assertThat(stats.latency(Operation.SCAN).calls()).isEqualTo(1);
        assertThat(stats.latency(Operation.GET).calls()).isEqualTo(1);
        assertThat(stats.latency(Operation.GC).calls()).isEqualTo(1);
        assertThat(stats.latency(Operation.CHECKPOINT).calls()).isPositive();
        assertThat(stats.latency(Operation.SYNC).calls()).isPositive();
        assertThat(stats.latencies()).doesNotContainKeys(Operation.FETCH, Operation.PUSH, Operation.STALL);
        stats.latencies().forEach((operation, latency) -> sound(latency));
    }

    private static void sound(Latency latency) {
        assertThat(latency.measured()).isPositive().isLessThanOrEqualTo(latency.calls());
        assertThat(latency.minNanos()).isNotNegative().isLessThanOrEqualTo(latency.percentile(50));
        assertThat(latency.percentile(50)).isLessThanOrEqualTo(latency.percentile(99));
        assertThat(latency.percentile(99)).isLessThanOrEqualTo(latency.maxNanos());
        assertThat(latency.percentile(100)).isEqualTo(latency.maxNanos());
        assertThat(latency.meanNanos()).isBetween((double) latency.minNanos(), (double) latency.maxNanos());
    }

    @Test
    void readsAreAllCountedAndOneIn64IsTimed() {
        db.space("s").put("a", "1");
        Space space = db.space("s");
        for (int i = 0; i < 64_000; i++) {
            space.get(utf8("a"));
        }
        for (int i = 0; i < 6_400; i++) {
            try (Cursor cursor = space.scan(Range.all())) {
                assertThat(cursor.next()).isTrue();
                assertThat(cursor.next()).isFalse();
            }
        }
        DatabaseStats stats = db.stats();
        assertThat(stats.latency(Operation.GET).calls()).isEqualTo(64_000);
        assertThat(stats.latency(Operation.GET).measured()).isBetween(900L, 1_100L);
        assertThat(stats.latency(Operation.SCAN).calls()).isEqualTo(6_400);
        assertThat(stats.latency(Operation.SCAN).measured()).isBetween(70L, 130L);
        space.get(utf8("a"));
        Latency interval = db.stats().latency(Operation.GET).since(stats.latency(Operation.GET));
        assertThat(interval.calls()).isOne();
        assertThat(interval.measured()).isLessThanOrEqualTo(1);
    }

    @Test
    void whatFailsIsNotTimed() {
        db.space("s").put("a", "1");
        Latency before = db.stats().latency(Operation.MERGE);
        db.branch("side", "main");
        incorrect(ErrorCode.UNCOMMITTED_CHANGES, () -> db.merge("side", Merge.into("main")));
        assertThat(db.stats().latency(Operation.MERGE)).isEqualTo(before).isEqualTo(Latency.NONE);
    }

    @Test
    void lookingChangesNothing() {
        commit(db.main(), "a", "1");
        db.space("s").put("b", "2");
        DatabaseStats one = db.stats();
        DatabaseStats two = db.stats();
        assertThat(two.data()).isEqualTo(one.data());
        assertThat(two.history()).isEqualTo(one.history());
        assertThat(two.chunks()).isEqualTo(one.chunks());
        assertThat(two.journal()).isEqualTo(one.journal());
        assertThat(two.io().writes()).isEqualTo(one.io().writes());
        assertThat(two.latencies()).isEqualTo(one.latencies());
    }

    @Test
    void figuresHavePlainNames() {
        commit(db.main(), "a", "1");
        DatabaseStats stats = db.stats();
        assertThat(stats.figures())
                .containsEntry("data.keys", 1L)
                .containsEntry("history.commits", 2L)
                .containsEntry("chunks.count", stats.chunks().count())
                .containsEntry("disk.total", stats.disk().total())
                .containsEntry("io.writes", stats.io().writes())
                .containsEntry("cache.misses", stats.cache().misses())
                .containsEntry("journal.records", stats.journal().records())
                .containsEntry("upkeep.collections", 0L)
                .containsEntry("latency.commit.calls", 1L)
                .containsEntry(
                        "latency.commit.p99.9", stats.latency(Operation.COMMIT).percentile(99.9))
                .doesNotContainKey("latency.merge.calls");
        assertThat(stats.figures().firstEntry().getKey()).isEqualTo("data.keys");
    }
}
