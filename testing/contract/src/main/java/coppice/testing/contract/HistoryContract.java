package coppice.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.api.Branch;
import coppice.api.Commit;
import coppice.api.CommitId;
import coppice.api.CommitMessage;
import coppice.api.EmptyCommit;
import coppice.api.ErrorCode;
import coppice.api.Merge;
import coppice.api.Snapshot;
import coppice.api.Space;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Commits and their order, refs, differences, and the past staying as it was.
abstract class HistoryContract extends Contract {
    @Test
    void aCommitSaysWhatItWasGiven() {
        Instant before = Instant.now().minusMillis(1);
        db.space("s").put("a", "1");
        Commit root = db.head();
        Commit commit = db.main()
                .commit(CommitMessage.of("title\n\nbody ☃")
                        .by("Bob")
                        .with("tool", "test")
                        .with("run", "7"));
        assertThat(commit.message()).isEqualTo("title\n\nbody ☃");
        assertThat(commit.title()).isEqualTo("title");
        assertThat(commit.author()).isEqualTo("Bob");
        assertThat(commit.metadata()).isEqualTo(Map.of("tool", "test", "run", "7"));
        assertThat(commit.parents()).containsExactly(root.id());
        assertThat(commit.generation()).isEqualTo(root.generation() + 1);
        assertThat(commit.time()).isBetween(before, Instant.now().plusMillis(1));
        assertThat(db.head()).isEqualTo(commit);
        assertThat(db.resolve(commit.id().hex())).isEqualTo(commit);
        assertThat(db.commit("by default").author()).isEqualTo("Ann");
    }

    @Test
    void aCommitTakesAllUncommittedChanges() {
        db.space("s").put("a", "1");
        db.space("t").put("b", "2");
        db.commit("one");
        assertThat(db.main().hasChanges()).isFalse();
        assertThat(everything(db.at("main")).toString()).isEqualTo("{s=[a=1], t=[b=2]}");
        assertThat(everything(db.main().snapshot()).toString()).isEqualTo("{s=[a=1], t=[b=2]}");
    }

    @Test
    void aCommitWithoutChangesIsACommit() {
        commit(db.main(), "a", "1");
        Commit before = db.head();
        Commit empty = db.commit("nothing");
        assertThat(empty.id()).isNotEqualTo(before.id());
        assertThat(empty.parents()).containsExactly(before.id());
        assertThat(db.diff("main~1", "main")).isEmpty();
        assertThat(rows(db.at("main").space("s"))).containsExactly("a=1");
    }

    @Test
    void theLogGoesFromTheNewestToTheFirst() {
        List<CommitId> made = new ArrayList<>(List.of(db.head().id()));
        for (int i = 0; i < 20; i++) {
            made.addFirst(db.commit("commit " + i).id());
        }
        assertThat(db.log("main")).extracting(Commit::id).isEqualTo(made);
        assertThat(db.log("main~5")).extracting(Commit::id).isEqualTo(made.subList(5, made.size()));
        assertThat(db.log("main").iterator().next().message()).isEqualTo("commit 19");
        Iterable<Commit> log = db.log("main");
        assertThat(log).hasSize(21);
        assertThat(log).as("a second walk").hasSize(21);
    }

    @Test
    void theLogOfAMergeHasChildrenBeforeParentsAndEachOnce() {
        for (int round = 0; round < 5; round++) {
            Branch side = db.branch("side" + round, "main");
            commit(side, "side" + round, "x");
            commit(side, "side" + round, "y");
            commit(db.main(), "main" + round, "x");
            db.merge("side" + round, Merge.into("main"));
        }
        List<Commit> log = new ArrayList<>();
        db.log("main").forEach(log::add);
        assertThat(log).hasSize(1 + 5 * 4);
        Set<CommitId> seen = new HashSet<>();
        for (Commit commit : log) {
            assertThat(Collections.disjoint(seen, commit.parents()))
                    .as("parents come later")
                    .isTrue();
            assertThat(seen.add(commit.id())).isTrue();
        }
        Commit merge = log.getFirst();
        assertThat(merge.parents()).hasSize(2);
        assertThat(merge.generation())
                .isEqualTo(1
                        + merge.parents().stream()
                                .mapToLong(id -> db.resolve(id.hex()).generation())
                                .max()
                                .orElseThrow());
    }

    @Test
    void refsReachEveryAncestor() {
        Commit root = db.head();
        Branch side = db.branch("side", root);
        commit(side, "side", "1");
        commit(db.main(), "main", "1");
        Commit first = db.head();
        Commit second = side.head();
        db.merge("side", Merge.into("main"));
        Commit merge = db.head();
        assertThat(db.resolve("main")).isEqualTo(merge);
        assertThat(db.resolve("main~0")).isEqualTo(merge);
        assertThat(db.resolve("main~1")).isEqualTo(first);
        assertThat(db.resolve("main^1")).isEqualTo(first);
        assertThat(db.resolve("main^2")).isEqualTo(second);
        assertThat(db.resolve("main~2")).isEqualTo(root);
        assertThat(db.resolve("main^2~1")).isEqualTo(root);
        assertThat(db.resolve(merge.id().hex() + "^2")).isEqualTo(second);
        assertThat(db.resolve(merge.id().hex().substring(0, 12) + "~1")).isEqualTo(first);
        assertThat(db.resolve(merge.id().abbreviated())).isEqualTo(merge);
        assertThat(rows(db.at("main^2").space("s"))).containsExactly("side=1");
        assertThat(db.at("main~1").commit()).isEqualTo(first);
    }

    @Test
    void refsThatNameNothingAreNotFound() {
        String absent = "0".repeat(64).equals(db.head().id().hex()) ? "1".repeat(64) : "0".repeat(64);
        for (String ref : List.of("nobody", "main~1", "main~99", "main^1", "main^2", absent, absent.substring(0, 40))) {
            notFound(ErrorCode.UNKNOWN_REF, () -> db.resolve(ref));
            notFound(ErrorCode.UNKNOWN_REF, () -> db.at(ref));
            notFound(
                    ErrorCode.UNKNOWN_REF, () -> db.diff("main", ref).iterator().hasNext());
            notFound(ErrorCode.UNKNOWN_REF, () -> db.log(ref).iterator().hasNext());
            notFound(ErrorCode.UNKNOWN_REF, () -> db.merge(ref, Merge.into("main")));
        }
    }

    @Test
    void malformedRefsAreRefused() {
        for (String ref : List.of("", "main~x", "main^x", "~1", "^", "main~99999999999999999999")) {
            incorrect(ErrorCode.INVALID_REF, () -> db.resolve(ref));
        }
    }

    @Test
    void aPrefixThatFitsSeveralCommitsIsRefused() {
        Map<String, Commit> byPrefix = new HashMap<>();
        Commit commit = db.head();
        Commit twin = byPrefix.put(commit.id().hex().substring(0, 4), commit);
        for (int i = 0; twin == null; i++) { // 65,536 prefixes: some two of 2,000 commits share one, all but surely
            assertThat(i).isLessThan(5_000);
            commit = db.commit("commit " + i);
            twin = byPrefix.put(commit.id().hex().substring(0, 4), commit);
        }
        String prefix = twin.id().hex().substring(0, 4);
        incorrect(ErrorCode.AMBIGUOUS_REF, () -> db.resolve(prefix));
        assertThat(db.resolve(twin.id().hex().substring(0, 16))).isEqualTo(twin);
        assertThat(db.resolve(commit.id().hex().substring(0, 16))).isEqualTo(commit);
    }

    @Test
    void aDiffTellsWhatChangedInOrder() {
        db.space("a").put("gone", "1");
        db.space("b").put("changed", "1");
        db.space("b").put("same", "1");
        db.space("vanished").put("x", "1");
        db.commit("one");
        db.space("a").delete("gone");
        db.space("b").put("added", "2");
        db.space("b").put("changed", "2");
        db.space("b").put("same", "1");
        db.space("new").put("y", "2");
        db.space("vanished").delete("x");
        db.commit("two");
        assertThat(shown(db.diff("main~1", "main")))
                .containsExactly("-a/gone=1", "+b/added=2", "~b/changed=1>2", "+new/y=2", "-vanished/x=1");
        assertThat(shown(db.diff("main", "main~1")))
                .containsExactly("+a/gone=1", "-b/added=2", "~b/changed=2>1", "-new/y=2", "+vanished/x=1");
        assertThat(db.diff("main", "main")).isEmpty();
    }

    @Test
    void aDiffOfFewChangesAmongManyRowsFindsExactlyThem() {
        Space space = db.space("s");
        db.main().run(tx -> {
            for (int i = 0; i < 5_000; i++) {
                tx.space("s").put("k%05d".formatted(i), "v".repeat(50) + i);
            }
        });
        db.commit("many");
        space.put("k01234", "changed");
        space.delete("k04321");
        space.put("k99999", "added");
        db.commit("few");
        assertThat(shown(db.diff("main~1", "main")))
                .containsExactly(
                        "~s/k01234=" + "v".repeat(50) + "1234>changed",
                        "-s/k04321=" + "v".repeat(50) + "4321",
                        "+s/k99999=added");
        assertThat(shown(db.diff("main~2", "main"))).hasSize(5_000);
    }

    @Test
    void thePastStaysAsItWas() {
        List<Snapshot> kept = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        for (int round = 0; round < 20; round++) {
            db.space("s").put("round", "" + round);
            db.space("s").put("k" + round, "x");
            db.space("s").delete("k" + (round - 3));
            ids.add(db.commit("round " + round).id().hex());
            kept.add(db.at("main"));
            expected.add(everything(db.main().snapshot()).toString());
            if (round % 7 == 0) {
                db.checkpoint();
            }
        }
        db.space("s").put("round", "uncommitted");
        for (int round = 0; round < 20; round++) {
            assertThat(everything(kept.get(round)).toString()).isEqualTo(expected.get(round));
            assertThat(everything(db.at(ids.get(round))).toString()).isEqualTo(expected.get(round));
            assertThat(kept.get(round).commit().id().hex()).isEqualTo(ids.get(round));
        }
    }

    @Test
    void aSnapshotStaysTheSameWhileOthersWrite() {
        db.main().run(tx -> {
            for (int i = 0; i < 500; i++) {
                tx.space("s").put("k" + i, "old");
            }
        });
        Snapshot snapshot = db.main().snapshot();
        String before = everything(snapshot).toString();
        Team.of(4, member -> {
            for (int round = 0; round < 100; round++) {
                if (member == 0) {
                    assertThat(everything(snapshot).toString()).isEqualTo(before);
                } else {
                    db.space("s").put("k" + round * member, "new");
                    db.space("s").delete("k" + (499 - round));
                }
            }
            if (member == 1) {
                db.commit("meanwhile");
                db.checkpoint();
                db.gc();
            }
        });
        assertThat(everything(snapshot).toString()).isEqualTo(before);
        assertThat(snapshot.space("s").count()).isEqualTo(500);
        assertThat(db.space("s").text("k100")).contains("new");
    }

    @Test
    void aCommitThatIsSkippedLosesNothingThatWasWrittenBack() {
        commit(db.main(), "a", "1");
        db.space("s").put("a", "2");
        db.checkpoint();
        db.space("s").put("a", "1");
        Commit head = db.head();
        assertThat(db.main().commit(CommitMessage.of("none").whenEmpty(EmptyCommit.SKIP)))
                .isEqualTo(head);
        assertThat(db.space("s").text("a")).contains("1");
        assertThat(db.main().hasChanges()).isFalse();
    }

    @Test
    void writersGoOnWhileOneCommits() {
        Team.of(4, member -> {
            for (int round = 0; round < 60; round++) {
                if (member == 0) {
                    db.commit("round " + round);
                } else {
                    db.space("s").put(member + "-" + round, "x");
                }
            }
        });
        assertThat(db.space("s").count()).isEqualTo(180);
        db.commit("the rest");
        assertThat(db.at("main").space("s").count()).isEqualTo(180);
        long previous = 180;
        for (Commit commit : db.log("main")) {
            long count = db.at(commit.id().hex()).space("s").count();
            assertThat(count).as("keys only ever came").isLessThanOrEqualTo(previous);
            previous = count;
        }
        assertThat(previous).isZero();
    }
}
