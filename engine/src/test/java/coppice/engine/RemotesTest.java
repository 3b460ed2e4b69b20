package coppice.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.api.Branch;
import coppice.api.Bundles;
import coppice.api.Change;
import coppice.api.CloneOptions;
import coppice.api.CommitId;
import coppice.api.CommitMessage;
import coppice.api.Coppice;
import coppice.api.Database;
import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.Fetch;
import coppice.api.FetchOutcome;
import coppice.api.MergeOutcome;
import coppice.api.Push;
import coppice.api.PushOutcome;
import coppice.api.RefUpdate;
import coppice.api.Remote;
import coppice.engine.live.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemotesTest {
    @TempDir
    Path directory;

    private String at(String name) {
        return directory.resolve(name).toString();
    }

    private static void rows(Branch branch, int from, int to, String value) {
        branch.run(tx -> {
            for (int row = from; row < to; row++) {
                tx.space("rows").put("%06d".formatted(row), value + row);
            }
        });
    }

    private static List<String> content(Database db, String branch) {
        List<String> rows = new ArrayList<>();
        try (var cursor = db.at(branch).space("rows").scan(coppice.api.Range.all())) {
            while (cursor.next()) {
                rows.add(new String(cursor.key(), UTF_8) + "=" + new String(cursor.value(), UTF_8));
            }
        }
        return rows;
    }

    private Database origin(String name) {
        Database db = Coppice.open(at(name));
        rows(db.main(), 0, 3_000, "v");
        db.commit("rows");
        rows(db.main(), 100, 110, "w");
        db.commit("changed");
        return db;
    }

    /// Whole packs move, so what no ref reaches comes along; what has just what refs reach is a bundle.
    @Test
    void whatNoRefReachesOverThereGoesWithTheFirstCollectionOfAClone() {
        long all;
        try (Database db = origin("a")) {
            rows(db.branch("large", "main"), 3_000, 60_000, "x".repeat(40));
            db.branch("large").commit(CommitMessage.of("large"));
            db.checkpoint();
            db.forceDeleteBranch("large");
            db.bundles().write(directory.resolve("b.bundle"), Bundles.Choice.all());
            all = db.stats().chunks().bytes();
        }
        try (Database clone = Coppice.clone(at("a"), at("clone"));
                Database bundled = Coppice.clone(at("b.bundle"), at("bundled"))) {
            assertThat(bundled.stats().chunks().bytes()).isLessThan(all / 8);
            assertThat(clone.stats().chunks().bytes()).isGreaterThan(all / 2);
            clone.gc();
            assertThat(clone.stats().chunks().bytes()).isLessThan(all / 8);
            assertThat(content(clone, "main"))
                    .isEqualTo(content(bundled, "main"))
                    .hasSize(3_000);
            assertThat(clone.check().isSound()).isTrue();
        }
    }

    @Test
    void aCloneHasTheSameCommitsAndRemembersItsOrigin() {
        try (Database db = origin("a")) {
            db.branch("side", "main~1").space("rows").put("x", "y");
            db.branch("side").commit("aside");
            try (Database copy = Coppice.clone(at("a"), at("b"))) {
                assertThat(copy.head()).isEqualTo(db.head());
                assertThat(copy.log("main")).containsExactlyElementsOf(db.log("main"));
                assertThat(content(copy, "main")).isEqualTo(content(db, "main"));
                assertThat(copy.remotes().list()).containsExactly(new Remote("origin", at("a")));
                assertThat(copy.branches())
                        .extracting(coppice.api.BranchInfo::name)
                        .containsExactly("main");
                assertThat(copy.check().problems()).isEmpty();
                FetchOutcome again = copy.remotes().fetch("origin");
                assertThat(again.isUpToDate()).isTrue();
                assertThat(again.traffic().chunks()).isZero();
                assertThat(again.refs())
                        .extracting(RefUpdate::ref)
                        .containsExactly("remotes/origin/main", "remotes/origin/side");
            }
        }
    }

    @Test
    void aDatabaseThatNobodyHasOpenIsClonedAsWell() {
        CommitId head;
        try (Database db = origin("a")) {
            head = db.head().id();
        }
        Coppice.clone(at("a"), at("b"), CloneOptions.defaults().with(Fetch.branches("main")))
                .close();
        try (Database copy = Coppice.open(at("b"));
                Database db = Coppice.open(at("a"))) {
            assertThat(copy.head().id()).isEqualTo(head);
            assertThat(db.head().id()).isEqualTo(head);
        }
    }

    @Test
    void aFetchMovesWhatChangedOnly() {
        try (Database db = Coppice.open(at("a"))) {
            rows(db.main(), 0, 20_000, "some longer value of row ");
            db.commit("rows");
            try (Database copy = Coppice.clone(at("a"), at("b"))) {
                for (int row = 0; row < 100; row++) {
                    db.space("rows").put("%06d".formatted(row * 197), "changed");
                }
                db.commit("100 rows");
                long changed = db.stats().chunks().count();
                db.checkpoint();
                FetchOutcome fetched = copy.remotes().fetch("origin");
                assertThat(fetched.refs().getFirst().kind()).isEqualTo(RefUpdate.Kind.FORWARDED);
                assertThat(fetched.traffic().commits()).isEqualTo(1);
                // At most a leaf a row, and the nodes above them.
                assertThat(fetched.traffic().chunks()).isBetween(100L, 130L);
                assertThat(fetched.traffic().visited())
                        .isLessThan(2 * fetched.traffic().chunks());
                assertThat(changed).isPositive();
                assertThat(content(copy, "main")).isNotEqualTo(content(db, "main"));
                copy.remotes().pull("origin", "main");
                assertThat(content(copy, "main")).isEqualTo(content(db, "main"));
            }
        }
    }

    @Test
    void aPushMovesABranchForwardAndNothingElseUnlessForced() {
        try (Database db = origin("a");
                Database copy = Coppice.clone(at("a"), at("b"))) {
            rows(copy.main(), 0, 5, "mine");
            copy.commit("mine");
            PushOutcome pushed = copy.remotes().push("origin", "main");
            assertThat(pushed).isInstanceOfSatisfying(PushOutcome.Pushed.class, done -> {
                assertThat(done.commit()).isEqualTo(copy.head().id());
                assertThat(done.forced()).isFalse();
            });
            assertThat(db.head()).isEqualTo(copy.head());
            assertThat(content(db, "main")).isEqualTo(content(copy, "main"));
            assertThat(copy.remotes().push("origin", "main")).isInstanceOf(PushOutcome.UpToDate.class);

            rows(db.main(), 0, 5, "theirs");
            CommitId theirs = db.commit("theirs").id();
            rows(copy.main(), 5, 9, "ours");
            copy.commit("ours");
            assertThat(copy.remotes().push("origin", "main"))
                    .isEqualTo(new PushOutcome.Rejected(
                            PushOutcome.Reason.NOT_FAST_FORWARD, java.util.Optional.of(theirs)));
            assertThat(db.head().id()).isEqualTo(theirs);
            assertThat(copy.remotes()
                            .push(
                                    "origin",
                                    Push.branch("main")
                                            .forcedFrom(copy.resolve("main~1").id())))
                    .isEqualTo(new PushOutcome.Rejected(PushOutcome.Reason.MOVED, java.util.Optional.of(theirs)));
            assertThat(copy.remotes().push("origin", Push.branch("main").forcedFrom(theirs)))
                    .isInstanceOfSatisfying(
                            PushOutcome.Pushed.class,
                            done -> assertThat(done.forced()).isTrue());
            assertThat(db.head()).isEqualTo(copy.head());
            assertThat(copy.remotes().push("origin", Push.branch("main").to("other")))
                    .isInstanceOf(PushOutcome.Pushed.class);
            assertThat(db.branch("other").head()).isEqualTo(copy.head());
            assertThat(db.check().problems()).isEmpty();
        }
    }

    @Test
    void aPushNeverLosesUncommittedChanges() {
        try (Database db = origin("a");
                Database copy = Coppice.clone(at("a"), at("b"))) {
            db.space("rows").put("uncommitted", "change");
            rows(copy.main(), 0, 5, "mine");
            copy.commit("mine");
            CommitId before = db.head().id();
            assertThat(copy.remotes().push("origin", Push.branch("main").forced()))
                    .isEqualTo(new PushOutcome.Rejected(
                            PushOutcome.Reason.UNCOMMITTED_CHANGES, java.util.Optional.of(before)));
            assertThat(db.space("rows").text("uncommitted")).contains("change");
            assertThat(db.head().id()).isEqualTo(before);
        }
    }

    @Test
    void aPullMergesWhatBothSidesDid() {
        try (Database db = origin("a");
                Database copy = Coppice.clone(at("a"), at("b"))) {
            rows(db.main(), 0, 5, "theirs");
            db.commit("theirs");
            rows(copy.main(), 500, 505, "ours");
            copy.commit("ours");
            assertThat(copy.remotes().pull("origin", "main").merged()).isInstanceOf(MergeOutcome.Merged.class);
            assertThat(copy.space("rows").text("000000")).contains("theirs0");
            assertThat(copy.space("rows").text("000500")).contains("ours500");
            assertThat(copy.remotes().push("origin", "main")).isInstanceOf(PushOutcome.Pushed.class);
            assertThat(db.head()).isEqualTo(copy.head());
        }
    }

    @Test
    void branchesThatAreGoneAreForgottenWhenPruning() {
        try (Database db = origin("a")) {
            db.branch("short-lived", "main");
            try (Database copy = Coppice.clone(at("a"), at("b"))) {
                db.deleteBranch("short-lived");
                assertThat(copy.remotes().fetch("origin").refs())
                        .extracting(RefUpdate::kind)
                        .containsOnly(RefUpdate.Kind.UNCHANGED);
                assertThat(copy.remotes().fetch("origin", Fetch.all().pruning()).refs())
                        .filteredOn(ref -> ref.kind() == RefUpdate.Kind.REMOVED)
                        .extracting(RefUpdate::ref)
                        .containsExactly("remotes/origin/short-lived");
            }
        }
    }

    @Test
    void remotesAreRememberedRenamedAndForgotten() {
        try (Database db = origin("a");
                Database other = Coppice.open(at("b"))) {
            other.remotes().add("a", at("a"));
            assertThatThrownBy(() -> other.remotes().add("a", "elsewhere"))
                    .isInstanceOfSatisfying(
                            DatabaseException.Incorrect.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.REMOTE_EXISTS));
            assertThatThrownBy(() -> other.remotes().add("a/b", "elsewhere"))
                    .isInstanceOf(DatabaseException.Incorrect.class);
            assertThat(other.remotes().fetch("a").refs()).hasSize(1);
            other.remotes().rename("a", "b");
            assertThat(db.head()).isNotNull();
        }
        try (Database other = Coppice.open(at("b"))) {
            assertThat(other.remotes().list()).containsExactly(new Remote("b", at("a")));
            assertThat(other.remotes().fetch("b").isUpToDate()).isTrue();
            other.remotes().remove("b");
            assertThat(other.remotes().list()).isEmpty();
            assertThatThrownBy(() -> other.remotes().fetch("b")).isInstanceOf(DatabaseException.NotFound.class);
        }
    }

    @Test
    void aRemoteThatVanishesMidwayChangesNothing() {
        Database db = origin("a");
        try (Database copy = Coppice.open(at("b"))) {
            copy.remotes().add("origin", at("a"));
            Fetch vanishing = Fetch.all().telling(traffic -> db.close());
            assertThatThrownBy(() -> copy.remotes().fetch("origin", vanishing))
                    .isInstanceOfSatisfying(
                            DatabaseException.Unavailable.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.REMOTE_UNAVAILABLE));
            assertThat(copy.check().problems()).isEmpty();
            try (Database again = Coppice.open(at("a"))) {
                FetchOutcome rest = copy.remotes().fetch("origin");
                assertThat(rest.refs()).extracting(RefUpdate::kind).containsExactly(RefUpdate.Kind.CREATED);
                assertThat(copy.check().problems()).isEmpty();
                copy.branch("theirs", again.head());
                assertThat(content(copy, "theirs")).isEqualTo(content(again, "main"));
            }
        }
    }

    @Test
    void writersOnBothSidesGoOnBesideTransfers() throws InterruptedException {
        try (Database db = origin("a");
                Database copy = Coppice.clone(at("a"), at("b"))) {
            AtomicBoolean done = new AtomicBoolean();
            AtomicLong commits = new AtomicLong();
            Thread there = Thread.startVirtualThread(() -> {
                // So many and no more: history must not outgrow a collector that gives way to writers.
                for (int i = 0; !done.get() && i < 200; i++) {
                    rows(db.main(), i % 2_000, i % 2_000 + 5, "busy" + i + "-");
                    db.commit("busy " + i);
                    commits.incrementAndGet();
                }
            });
            Thread here = Thread.startVirtualThread(() -> {
                for (int i = 0; !done.get() && i < 2_000; i++) {
                    copy.space("own").put("k" + i % 100, "v" + i);
                    if (i % 50 == 0) {
                        copy.gc();
                    }
                }
            });
            for (int i = 0; i < 10 || commits.get() < 20; i++) {
                copy.remotes().fetch("origin");
                db.gc();
            }
            done.set(true);
            there.join();
            here.join();
            copy.commit("own");
            copy.remotes().pull("origin", "main");
            assertThat(content(copy, "main")).isEqualTo(content(db, "main"));
            assertThat(copy.check().problems()).isEmpty();
            assertThat(db.check().problems()).isEmpty();
        }
    }

    @Test
    void aShallowCloneHasTheNewestCommitsAndIsDeepenedLater() {
        try (Database db = Coppice.open(at("a"))) {
            for (int i = 0; i < 20; i++) {
                rows(db.main(), i * 10, i * 10 + 10, "v");
                db.commit("commit " + i);
            }
            CloneOptions three =
                    CloneOptions.defaults().with(Fetch.branches("main").depth(3));
            try (Database copy = Coppice.clone(at("a"), at("b"), three)) {
                assertThat(copy.log("main")).hasSize(3).containsExactlyElementsOf(first(db, 3));
                assertThat(content(copy, "main")).isEqualTo(content(db, "main"));
                assertThat(copy.check().problems()).isEmpty();
                assertThatThrownBy(() -> copy.at("main~3"))
                        .isInstanceOfSatisfying(
                                DatabaseException.Incorrect.class,
                                e -> assertThat(e.code()).isEqualTo(ErrorCode.SHALLOW_HISTORY));
                rows(copy.main(), 1_000, 1_010, "mine");
                copy.commit("mine");
                assertThat(copy.remotes().push("origin", "main")).isInstanceOf(PushOutcome.Pushed.class);
                rows(db.main(), 2_000, 2_010, "theirs");
                db.commit("theirs");
                copy.remotes().pull("origin", "main");
                assertThat(content(copy, "main")).isEqualTo(content(db, "main"));
                copy.gc();
            }
            try (Database copy = Coppice.open(at("b"))) {
                assertThat(copy.log("main")).hasSize(5);
                Settings settings = ((EmbeddedDatabase) copy).depot().settings();
                settings.put("index", "changed keys", new byte[] {2});
                copy.remotes().fetch("origin", Fetch.all().depth(8));
                assertThat(settings.find("index", "changed keys"))
                        .as("it takes commits for first ones that are none")
                        .isEmpty();
                assertThat(copy.log("main")).hasSize(8);
                assertThat(copy.check().problems()).isEmpty();
                copy.remotes().fetch("origin", Fetch.all().whole());
                assertThat(copy.log("main")).containsExactlyElementsOf(db.log("main"));
                copy.gc();
                assertThat(copy.check().problems()).isEmpty();
                assertThat(content(copy, "main~15")).isEqualTo(content(db, "main~15"));
            }
        }
    }

    private static List<coppice.api.Commit> first(Database db, int count) {
        List<coppice.api.Commit> commits = new ArrayList<>();
        for (coppice.api.Commit commit : db.log("main")) {
            if (commits.size() < count) {
                commits.add(commit);
            }
        }
        return commits;
    }

    @Test
    void aBundleIsClonedAndFetchedFrom() throws IOException {
        Path full = directory.resolve("full.bundle");
        Path more = directory.resolve("more.bundle");
        try (Database db = origin("a")) {
            Bundles.Summary summary = db.bundles().write(full, Bundles.Choice.all());
            assertThat(summary.find("heads/main")).contains(db.head().id());
            assertThat(db.bundles().verify(full)).isEqualTo(summary);
            rows(db.main(), 7, 9, "later");
            db.commit("later");
            Bundles.Summary second =
                    db.bundles().write(more, Bundles.Choice.of("main").since("main~1"));
            assertThat(second.commits()).isEqualTo(1);
            assertThat(second.chunks()).isLessThan(10);
            try (Database copy = Coppice.clone(full.toString(), at("b"))) {
                copy.remotes().add("more", more.toString());
                copy.remotes().pull("more", "main");
                assertThat(copy.head()).isEqualTo(db.head());
                assertThat(content(copy, "main")).isEqualTo(content(db, "main"));
                assertThat(copy.check().problems()).isEmpty();
            }
            try (Database empty = Coppice.open(at("c"))) {
                empty.remotes().add("more", more.toString());
                assertThatThrownBy(() -> empty.remotes().fetch("more"))
                        .isInstanceOfSatisfying(
                                DatabaseException.NotFound.class,
                                e -> assertThat(e.code()).isEqualTo(ErrorCode.MISSING_PREREQUISITE));
                assertThat(empty.branches()).hasSize(1);
                assertThat(empty.log("main")).hasSize(1);
            }
        }
    }

    @Test
    void aRestoredBackupIsTheSameDatabase() {
        List<Change> changes = new ArrayList<>();
        try (Database db = origin("a")) {
            db.branch("side", "main~1").space("rows").put("aside", "x");
            db.remotes().add("r", "somewhere");
            assertThat(db.backup(at("backup")).commits()).isPositive();
            rows(db.main(), 5, 7, "later");
            db.commit("later");
            db.space("rows").put("uncommitted", "change");
            var second = db.backup(at("backup"));
            assertThat(second.commits()).isEqualTo(1);
            assertThat(second.traffic().chunks()).isLessThan(25);
            db.main().changes().forEach(changes::add);
            try (Database copy = Coppice.restore(at("backup"), at("restored"))) {
                assertThat(copy.branches())
                        .extracting(coppice.api.BranchInfo::name)
                        .containsExactly("main", "side");
                assertThat(copy.log("main")).containsExactlyElementsOf(db.log("main"));
                assertThat(copy.main().changes()).hasSameSizeAs(changes);
                assertThat(copy.space("rows").text("uncommitted")).contains("change");
                assertThat(content(copy, "main~1")).isEqualTo(content(db, "main~1"));
                assertThat(copy.branch("side").space("rows").text("aside")).contains("x");
                assertThat(copy.remotes().list()).isEqualTo(db.remotes().list());
                assertThat(copy.check().problems()).isEmpty();
                copy.space("rows").put("after", "restore");
                copy.commit("after");
            }
            try (Database copy = Coppice.open(at("restored"))) {
                assertThat(copy.space("rows").text("after")).contains("restore");
                assertThat(copy.check().problems()).isEmpty();
            }
            assertThatThrownBy(() -> Coppice.restore(at("backup"), at("restored")))
                    .isInstanceOf(DatabaseException.Incorrect.class);
            assertThatThrownBy(() -> Coppice.open(at("backup"))).isInstanceOf(DatabaseException.Incorrect.class);
        }
    }
}
