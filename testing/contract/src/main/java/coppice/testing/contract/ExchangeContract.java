package coppice.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import coppice.api.Branch;
import coppice.api.Bundles.Choice;
import coppice.api.CloneOptions;
import coppice.api.Commit;
import coppice.api.CommitId;
import coppice.api.Coppice;
import coppice.api.Database;
import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.Fetch;
import coppice.api.Merge;
import coppice.api.MergeOutcome;
import coppice.api.Push;
import coppice.api.PushOutcome;
import coppice.api.PushOutcome.Reason;
import coppice.api.Reset;
import coppice.api.Traffic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What goes wrong between databases: it is said clearly, and nothing has changed.
abstract class ExchangeContract extends Contract {
    @TempDir
    Path directory;

    private Subject place;
    private Database other;

    @BeforeEach
    final void openAnotherDatabase() {
        place = subject();
        other = place.open(OPTIONS);
        db.remotes().add("other", place.location());
    }

    @AfterEach
    final void closeTheOther() {
        other.close();
    }

    /// Everything that a failed transfer must leave as it was: all refs, and what branches hold.
    private static Map<String, Object> state(Database db) {
        Map<String, Object> all = new TreeMap<>();
        db.branches().forEach(branch -> {
            all.put("heads/" + branch.name(), branch.head().id());
            all.put(
                    "content of " + branch.name(),
                    everything(db.branch(branch.name()).snapshot()));
        });
        db.tags().list().forEach(tag -> all.put("tags/" + tag.name(), tag.commit()));
        db.remotes().list().forEach(remote -> all.put("remote " + remote.name(), remote.location()));
        return all;
    }

    private static void changesNothing(Database db, Runnable work) {
        Map<String, Object> before = state(db);
        work.run();
        assertThat(state(db)).isEqualTo(before);
        assertThat(db.check().problems()).isEmpty();
    }

    private void isCorrupt(ThrowingCallable call) {
        refused(DatabaseException.Corrupt.class, ErrorCode.CORRUPT, call);
    }

    private void isUnavailable(ThrowingCallable call) {
        refused(DatabaseException.Unavailable.class, ErrorCode.REMOTE_UNAVAILABLE, call);
    }

    /// Both begin with the same commit.
    private void related() {
        commit(db.main(), "base", "1");
        assertThat(db.remotes().push("other", Push.branch("main").forced())).isInstanceOf(PushOutcome.Pushed.class);
    }

    @Test
    void aBundleThatWasCutShortOrAlteredAnywhereIsRefused() throws IOException {
        commit(other.main(), "a", "1".repeat(40));
        Path bundle = directory.resolve("a.bundle");
        other.bundles().write(bundle, Choice.of("main"));
        byte[] sound = Files.readAllBytes(bundle);
        db.remotes().add("file", bundle.toString());
        changesNothing(db, () -> {
            for (int at = 0; at < sound.length; at += 7 + at / 40) {
                byte[] altered = sound.clone();
                altered[at] ^= (byte) (1 << at % 8);
                refusedAsCorrupt(bundle, altered);
                refusedAsCorrupt(bundle, Arrays.copyOf(sound, at));
            }
            refusedAsCorrupt(bundle, Arrays.copyOf(sound, sound.length + 1));
        });
        String clone = directory.resolve("clone").toString();
        isCorrupt(() -> Coppice.clone(bundle.toString(), clone));
        assertThat(directory.resolve("clone/MANIFEST")).doesNotExist();
        write(bundle, sound);
        assertThat(db.remotes().fetch("file").refs()).hasSize(1);
    }

    private void refusedAsCorrupt(Path bundle, byte[] bytes) {
        write(bundle, bytes);
        isCorrupt(() -> db.remotes().fetch("file"));
        isCorrupt(() -> db.bundles().verify(bundle));
    }

    private static void write(Path file, byte[] bytes) {
        try {
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aBundleIsWrittenAndReadWhereThereIsADirectory() throws IOException {
        Path nowhere = directory.resolve("missing").resolve("a.bundle");
        incorrect(ErrorCode.NO_FILE, () -> db.bundles().write(nowhere, Choice.all()));
        incorrect(ErrorCode.NO_FILE, () -> db.bundles().write(directory, Choice.all()));
        incorrect(ErrorCode.NO_FILE, () -> db.bundles().verify(nowhere));
        incorrect(ErrorCode.NO_FILE, () -> db.bundles().describe(directory));
        assertThat(nowhere.getParent()).doesNotExist();
        Path text =
                Files.writeString(directory.resolve("text"), "This is no bundle, but it is as long as its header.\n");
        isCorrupt(() -> db.bundles().describe(text));
    }

    @Test
    void aBundleIsReplacedAsAWholeOrNotAtAll() throws IOException {
        Path bundle = directory.resolve("a.bundle");
        db.bundles().write(bundle, Choice.all());
        byte[] before = Files.readAllBytes(bundle);
        commit(db.main(), "a", "1");
        notFound(ErrorCode.UNKNOWN_REF, () -> db.bundles().write(bundle, Choice.of("nothing")));
        notFound(
                ErrorCode.UNKNOWN_REF,
                () -> db.bundles().write(bundle, Choice.all().since("nothing")));
        incorrect(
                ErrorCode.AMBIGUOUS_REF,
                () -> db.bundles().write(bundle, Choice.all().since(ambiguous(db))));
        Consumer<Traffic> failing = traffic -> {
            throw new IllegalStateException("enough");
        };
        assertThat(catchThrowable(() -> db.bundles().write(bundle, Choice.all().telling(failing))))
                .hasMessage("enough");
        assertThat(bundle).hasBinaryContent(before);
        assertThat(directory.toFile().list()).containsExactly("a.bundle");
    }

    /// The beginning of two commits.
    private static String ambiguous(Database db) {
        Map<String, CommitId> seen = new HashMap<>();
        for (int i = 0; i < 5_000; i++) {
            CommitId id = db.commit("commit " + i).id();
            String prefix = id.hex().substring(0, 4);
            if (seen.put(prefix, id) != null) {
                return prefix;
            }
        }
        throw new AssertionError("no two of 5,000 commits begin alike");
    }

    @Test
    void aRemoteThatIsNotThereIsSaidSo() throws IOException {
        Path text = directory.resolve("text");
        Files.writeString(text, "text".repeat(40));
        db.remotes().add("memory", "mem:nobody has this open");
        db.remotes().add("missing", directory.resolve("missing").toString());
        Files.createDirectory(directory.resolve("empty"));
        db.remotes().add("empty", directory.resolve("empty").toString());
        db.remotes().add("foreign", directory.toString());
        db.remotes().add("text", text.toString());
        db.remotes().add("malformed", "\0");
        changesNothing(db, () -> {
            for (String remote : List.of("memory", "missing", "empty", "malformed")) {
                incorrect(ErrorCode.NO_DATABASE, () -> db.remotes().fetch(remote));
                incorrect(ErrorCode.NO_DATABASE, () -> db.remotes().push(remote, "main"));
                incorrect(ErrorCode.NO_DATABASE, () -> db.remotes().pull(remote, "main"));
                incorrect(
                        ErrorCode.NO_DATABASE,
                        () -> Coppice.clone(
                                db.remotes().remote(remote).location(),
                                directory.resolve("clone").toString()));
            }
            incorrect(ErrorCode.NOT_A_DATABASE, () -> db.remotes().fetch("foreign"));
            incorrect(ErrorCode.NOT_A_DATABASE, () -> db.remotes().push("foreign", "main"));
            isCorrupt(() -> db.remotes().fetch("text"));
            isCorrupt(() -> db.remotes().push("text", "main"));
        });
        assertThat(directory.resolve("clone/MANIFEST")).doesNotExist();
    }

    @Test
    void aRemoteThatVanishesMidwayLeavesEverythingAsItWas() {
        related();
        commit(other.main(), "a", "1");
        commit(other.main(), "b", "1");
        commit(db.main(), "c", "1");
        commit(db.main(), "d", "1");
        changesNothing(db, () -> {
            isUnavailable(() -> db.remotes().fetch("other", Fetch.all().telling(traffic -> other.close())));
            other = place.open(OPTIONS);
            Push push = Push.branch("main").to("new").telling(traffic -> other.close());
            isUnavailable(() -> db.remotes().push("other", push));
            other = place.open(OPTIONS);
            String clone = directory.resolve("clone").toString();
            Fetch vanishing = Fetch.all().telling(traffic -> other.close());
            isUnavailable(() -> Coppice.clone(
                    place.location(), clone, CloneOptions.defaults().with(vanishing)));
            assertThat(directory.resolve("clone/MANIFEST")).doesNotExist();
        });
        other = place.open(OPTIONS);
        assertThat(db.remotes().fetch("other").refs()).hasSize(1);
        assertThat(other.check().problems()).isEmpty();
    }

    @Test
    void unrelatedHistoriesAreFetchedButMergedOnlyWhenThatIsMeant() {
        commit(other.main(), "a", "1");
        commit(db.main(), "b", "1");
        changesNothing(
                db,
                () -> incorrect(
                        ErrorCode.UNRELATED_HISTORIES, () -> db.remotes().pull("other", "main")));
        assertThat(db.resolve("remotes/other/main")).isEqualTo(other.head());
        assertThat(db.remotes().push("other", "main"))
                .isEqualTo(new PushOutcome.Rejected(
                        Reason.NOT_FAST_FORWARD, Optional.of(other.head().id())));
        Merge meant = Merge.into("main").with(Merge.Option.ALLOW_UNRELATED);
        assertThat(db.remotes().pull("other", "main", meant).merged()).isInstanceOf(MergeOutcome.Merged.class);
        assertThat(rows(db.space("s"))).containsExactly("a=1", "b=1");
    }

    @Test
    void aPullIntoABranchWithChangesOrAnUnfinishedMergeIsRefused() {
        related();
        db.branch("side", "main");
        commit(other.main(), "a", "theirs");
        db.space("s").put("a", "uncommitted");
        changesNothing(
                db,
                () -> incorrect(
                        ErrorCode.UNCOMMITTED_CHANGES, () -> db.remotes().pull("other", "main")));
        db.commit("a=ours");
        commit(db.branch("side"), "a", "aside");
        assertThat(db.merge("side", Merge.into("main").keepingConflicts())).isInstanceOf(MergeOutcome.Conflicted.class);
        changesNothing(
                db,
                () -> incorrect(ErrorCode.MERGE_IN_PROGRESS, () -> db.remotes().pull("other", "main")));
        db.main().merging().orElseThrow().abort();
        assertThat(db.remotes().pull("other", "main").merged()).isInstanceOf(MergeOutcome.Conflicted.class);
        notFound(ErrorCode.UNKNOWN_BRANCH, () -> db.remotes().pull("other", "nothing"));
    }

    @Test
    void aPushToABranchThatMovesMeanwhileIsRejectedEvenIfForced() {
        related();
        commit(db.main(), "a", "ours");
        for (Push push : List.of(Push.branch("main"), Push.branch("main").forced())) {
            AtomicBoolean once = new AtomicBoolean();
            Push late = push.telling(traffic -> {
                if (!once.getAndSet(true)) {
                    commit(other.main(), "b", "theirs");
                }
            });
            PushOutcome outcome = db.remotes().push("other", late);
            Commit theirs = other.head();
            assertThat(theirs.title()).isEqualTo("b=theirs");
            assertThat(outcome).isEqualTo(new PushOutcome.Rejected(Reason.MOVED, Optional.of(theirs.id())));
        }
        assertThat(db.remotes().push("other", "main")).isInstanceOf(PushOutcome.Rejected.class);
        assertThat(db.remotes().push("other", Push.branch("main").forced())).isInstanceOf(PushOutcome.Pushed.class);
        assertThat(other.head()).isEqualTo(db.head());
        assertThat(other.check().problems()).isEmpty();
    }

    /// Pushes while somebody works over there.
    private PushOutcome pushed(Push push, Runnable meanwhile) {
        AtomicBoolean once = new AtomicBoolean();
        return db.remotes().push("other", push.telling(traffic -> {
            if (!once.getAndSet(true)) {
                meanwhile.run();
            }
        }));
    }

    @Test
    void aPushFindsOutWhatBecameOfTheBranchMeanwhile() {
        related();
        commit(db.main(), "a", "ours");
        PushOutcome late = pushed(Push.branch("main").to("new"), () -> other.branch("new", "main"));
        assertThat(late)
                .isEqualTo(new PushOutcome.Rejected(
                        Reason.MOVED, Optional.of(other.branch("new").head().id())));
        PushOutcome gone = pushed(Push.branch("main").to("new"), () -> other.deleteBranch("new"));
        assertThat(gone).isEqualTo(new PushOutcome.Rejected(Reason.MOVED, Optional.empty()));
        CommitId before = other.head().id();
        PushOutcome busy = pushed(Push.branch("main"), () -> other.space("s").put("b", "uncommitted"));
        assertThat(busy).isEqualTo(new PushOutcome.Rejected(Reason.UNCOMMITTED_CHANGES, Optional.of(before)));
        other.main().reset("main", Reset.HARD);
        commit(db.main(), "a", "again");
        PushOutcome quiet = pushed(Push.branch("main"), () -> {
            other.space("s").put("b", "for a moment");
            other.space("s").delete("b");
        });
        assertThat(quiet).isInstanceOf(PushOutcome.Pushed.class);
        assertThat(rows(other.space("s"))).containsExactly("a=again", "base=1");
    }

    @Test
    void whatGoesRoundThreeDatabasesArrivesOnceInEach() {
        related();
        Subject home = subject();
        try (Database third = home.open(OPTIONS)) {
            third.remotes().add("db", subject.location());
            third.remotes().add("other", place.location());
            db.remotes().add("third", home.location());
            third.remotes().fetch("db");
            Branch work = third.branch("work", "remotes/db/main");
            commit(other.main(), "b", "other's");
            commit(work, "c", "third's");
            third.remotes().pull("other", "main", Merge.into("work"));
            commit(db.main(), "a", "ours");
            db.remotes().fetch("other");
            db.remotes().pull("third", "work", Merge.into("main"));
            assertThat(rows(db.space("s"))).containsExactly("a=ours", "b=other's", "base=1", "c=third's");
            assertThat(db.remotes().push("other", "main")).isInstanceOf(PushOutcome.Pushed.class);
            assertThat(third.remotes().pull("other", "main", Merge.into("work")).merged())
                    .isEqualTo(new MergeOutcome.Merged(db.head()));
            assertThat(third.remotes().fetch("db").traffic().chunks()).isZero();
            for (Database each : List.of(db, other, third)) {
                assertThat(each.check().problems()).isEmpty();
            }
        }
    }

    @Test
    void aCloneHasTheProjectionsOfItsRows() {
        other.projections().create("by_v", "FROM s INDEX BY v");
        other.projections().create("kinds", "FROM s GROUP BY v MEASURE COUNT(*) AS n");
        other.main().space("s").put("k", "{\"v\":7}");
        other.commit("a row");
        try (Database copy =
                Coppice.clone(place.location(), directory.resolve("copy").toString(), CloneOptions.defaults())) {
            assertThat(copy.projections().all()).isEqualTo(other.projections().all());
            assertThat(copy.projection("by_v").get(7)).hasSize(1);
            assertThat(copy.projection("kinds").get(7)).hasSize(1);
            assertThat(copy.check().problems()).isEmpty();
        }
        Path bundle = directory.resolve("a.bundle");
        other.bundles().write(bundle, Choice.of("main"));
        try (Database copy = Coppice.clone(
                bundle.toString(), directory.resolve("from-bundle").toString(), CloneOptions.defaults())) {
            assertThat(copy.projections().all()).isEmpty();
        }
    }

    @Test
    void aShallowCloneGivesWhatItHasAndSaysWhatItHasNot() {
        for (int i = 0; i < 6; i++) {
            commit(other.main(), "k" + i, "v");
        }
        CloneOptions two = CloneOptions.defaults().with(Fetch.branches("main").depth(2));
        try (Database shallow =
                Coppice.clone(place.location(), directory.resolve("shallow").toString(), two)) {
            db.remotes().add("shallow", directory.resolve("shallow").toString());
            changesNothing(db, () -> {
                incorrect(ErrorCode.SHALLOW_HISTORY, () -> db.remotes().fetch("shallow"));
                shallow.remotes().add("db", subject.location());
                incorrect(
                        ErrorCode.SHALLOW_HISTORY,
                        () -> shallow.remotes().push("db", Push.branch("main").to("theirs")));
            });
            incorrect(ErrorCode.SHALLOW_HISTORY, () -> shallow.resolve("main~2"));
            assertThat(everything(shallow.at("main~1"))).isEqualTo(everything(other.at("main~1")));
            shallow.remotes().fetch("origin", Fetch.all().whole());
            assertThat(db.remotes().fetch("shallow").refs()).isNotEmpty();
            assertThat(shallow.log("main")).containsExactlyElementsOf(other.log("main"));
        }
    }

    @Test
    void backupsAreMadeAndRestoredInPlacesOfTheirOwn() throws IOException {
        commit(db.main(), "a", "1");
        String backup = directory.resolve("backup").toString();
        String restored = directory.resolve("restored").toString();
        db.backup(backup);
        incorrect(ErrorCode.OTHER_BACKUP, () -> other.backup(backup));
        Files.writeString(Files.createDirectory(directory.resolve("full")).resolve("note.txt"), "mine");
        incorrect(
                ErrorCode.NOT_A_DATABASE,
                () -> db.backup(directory.resolve("full").toString()));
        incorrect(
                ErrorCode.NO_DATABASE,
                () -> Coppice.restore(directory.resolve("full").toString(), restored));
        incorrect(
                ErrorCode.NO_DATABASE,
                () -> Coppice.restore(directory.resolve("none").toString(), restored));
        incorrect(ErrorCode.NOT_A_DATABASE, () -> Coppice.open(backup));
        Coppice.restore(backup, restored).close();
        incorrect(ErrorCode.NOT_A_DATABASE, () -> Coppice.restore(backup, restored));
        incorrect(ErrorCode.NOT_A_DATABASE, () -> Coppice.clone(place.location(), restored));
        incorrect(ErrorCode.NOT_A_DATABASE, () -> Coppice.clone(place.location(), "mem:clone"));
    }
}
