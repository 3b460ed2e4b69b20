package coppice.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coppice.api.CheckOptions;
import coppice.api.CheckReport;
import coppice.api.CommitId;
import coppice.api.ConflictQuery;
import coppice.api.Issue;
import coppice.api.Merge;
import coppice.api.Options;
import coppice.api.RepairOptions;
import coppice.api.RepairReport;
import coppice.api.RepairReport.Action;
import coppice.api.RepairReport.Loss;
import coppice.api.RepairReport.Outcome;
import coppice.api.Resolver;
import coppice.engine.live.Reflog;
import coppice.engine.past.ChangeIndexing;
import coppice.engine.storage.Machine;
import coppice.engine.storage.Sizes;
import coppice.engine.storage.Storage;
import coppice.engine.waiting.MergeStates;
import coppice.kernel.bytes.ByteReader;
import coppice.kernel.bytes.ByteWriter;
import coppice.kernel.bytes.Hash;
import coppice.kernel.platform.Clock;
import coppice.kernel.platform.Disk;
import coppice.kernel.platform.Entropy;
import coppice.kernel.platform.MemoryDisk;
import coppice.kernel.platform.Tasks;
import coppice.kernel.tree.Cursor;
import coppice.kernel.tree.Edit;
import coppice.kernel.tree.Edits;
import coppice.kernel.tree.Tree;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is derived and what is remembered, when it is not what it should be.
class IntegrityTest {
    /// Does nothing by itself.
    private static final Tasks QUIET = new QuietTasks();

    private final Disk disk = new MemoryDisk();
    private final Machine machine = new Machine(disk, QUIET, Clock.system(), Entropy.secure());

    private EmbeddedDatabase open() {
        return Opening.embedded(machine, "test", Options.defaults(), Sizes.STANDARD);
    }

    private RepairReport repair(RepairOptions options) {
        return Opening.repair(machine, "test", options, Map.of(), Sizes.STANDARD);
    }

    private static List<Issue.Kind> kinds(CheckReport report) {
        return report.issues().stream().map(Issue::kind).distinct().toList();
    }

    /// Remembers an index of 150 commits that lacks its first entry.
    private void lie(boolean inJournal) {
        try (EmbeddedDatabase db = open()) {
            for (int i = 0; i < 150; i++) {
                db.space("s").put("k" + i % 10, "v" + i);
                db.commit("commit " + i);
            }
            db.checkpoint();
            Storage storage = db.depot().storage();
            var indexing = new ChangeIndexing(
                    storage.nodes(), storage.history(), storage.roots(), storage.folds(), Optional::empty);
            Hash head = hash(db.resolve("main").id());
            assertThat(indexing.advance(List.of(head), 1, () -> {})).isTrue();
            ByteReader in = new ByteReader("index", indexing.encoded());
            ByteWriter out = new ByteWriter().u8(in.u8()).hash(in.hash()).varint(in.varint());
            Tree run = Tree.load(storage.nodes(), in.hash());
            Cursor first = run.cursor();
            assertThat(first.next()).isTrue();
            out.hash(run.apply(Edits.of(List.of(Edit.delete(first.key())))).root());
            in.expectEnd();
            db.depot().checkpoint().keepChunks();
            db.depot().settings().put("index", "changed keys", out.toBytes());
            if (!inJournal) {
                db.checkpoint();
            }
        }
    }

    private static Hash hash(CommitId commit) {
        return Hash.parse(commit.hex());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anIndexThatLiesIsFoundByADeepCheckAndThrownAwayByARepair(boolean inJournal) {
        lie(inJournal);
        try (EmbeddedDatabase db = open()) {
            assertThat(db.check().problems())
                    .as("a standard check does not compare it")
                    .isEmpty();
            CheckReport report = db.check(CheckOptions.defaults().thorough());
            assertThat(report.issues()).singleElement().satisfies(issue -> {
                assertThat(issue.kind()).isEqualTo(Issue.Kind.WRONG_INDEX);
                assertThat(issue.subject()).startsWith("commit ");
                assertThat(issue.found()).isEqualTo("no entry of it");
            });
        }
        RepairReport dry = repair(RepairOptions.defaults().dry());
        RepairReport report = repair(RepairOptions.defaults());
        assertThat(report.outcome()).isEqualTo(Outcome.REPAIRED).isEqualTo(dry.outcome());
        assertThat(report.losses()).isEmpty();
        assertThat(report.found()).extracting(Issue::kind).containsExactly(Issue.Kind.WRONG_INDEX);
        assertThat(report.actions()).extracting(Action::step).contains(Action.Step.THREW_AWAY);
        try (EmbeddedDatabase db = open()) {
            assertThat(db.check(CheckOptions.defaults().thorough()).problems()).isEmpty();
            assertThat(db.depot().settings().find("index", "changed keys")).isEmpty();
            assertThat(db.space("s").get("k9".getBytes(UTF_8))).hasValue("v149".getBytes(UTF_8));
            assertThat(db.log("main")).hasSize(151);
        }
        assertThat(repair(RepairOptions.defaults()).outcome()).isEqualTo(Outcome.SOUND);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bisect/verdicts", "merge/rules", "decisions/main\0x", "remotes/origin", "shallow/floor"})
    void aSettingThatCannotBeReadIsFoundAndGoesIfItMay(String setting) {
        String area = setting.substring(0, setting.indexOf('/'));
        String key = setting.substring(setting.indexOf('/') + 1);
        try (EmbeddedDatabase db = open()) {
            db.space("s").put("k", "v");
            db.commit("one");
            db.depot().settings().put(area, key, area.equals("remotes") ? new byte[0] : new byte[] {77});
            CheckReport report = db.check();
            assertThat(kinds(report)).containsExactly(Issue.Kind.WRONG_SETTING);
            assertThat(report.issues().getFirst().where()).contains(area);
        }
        assertThat(repair(RepairOptions.defaults()).outcome()).isEqualTo(Outcome.INCOMPLETE);
        RepairReport report = repair(RepairOptions.defaults().allowingLoss());
        assertThat(report.outcome()).isEqualTo(Outcome.REPAIRED_WITH_LOSS);
        assertThat(report.losses()).extracting(Loss::kind).containsExactly(Loss.Kind.SETTING);
        try (EmbeddedDatabase db = open()) {
            assertThat(db.check().problems()).isEmpty();
            assertThat(db.depot().settings().find(area, key)).isEmpty();
            assertThat(db.space("s").get("k".getBytes(UTF_8))).hasValue("v".getBytes(UTF_8));
        }
    }

    @Test
    void aDecisionUnderAnotherDigestIsFound() {
        try (EmbeddedDatabase db = open()) {
            conflict(db);
            byte[] decision =
                    db.depot().settings().all("decisions").values().iterator().next();
            assertThat(db.check().problems()).isEmpty();
            db.depot().settings().put("decisions", "main\0" + "0".repeat(64), decision);
            assertThat(kinds(db.check())).containsExactly(Issue.Kind.WRONG_SETTING);
        }
    }

    @Test
    void aMergeThatWaitsWithoutAPinIsFound() {
        try (EmbeddedDatabase db = open()) {
            conflict(db);
            db.depot()
                    .branches()
                    .remove(MergeStates.pin("main"), db.depot().storage().note("t", ""), _ -> {});
            CheckReport report = db.check();
            assertThat(kinds(report)).containsExactly(Issue.Kind.WRONG_SETTING);
            assertThat(report.problems().getFirst()).contains("merging/main").contains("pins/merge/main");
        }
    }

    private static void conflict(EmbeddedDatabase db) {
        db.space("s").put("k", "v");
        db.space("s").put("l", "v");
        db.commit("one");
        db.branch("side", "main").space("s").put("k", "theirs");
        db.branch("side").space("s").put("l", "theirs");
        db.branch("side").commit("theirs");
        db.space("s").put("k", "ours");
        db.space("s").put("l", "ours");
        db.commit("ours");
        db.merge("side", Merge.into("main").keepingConflicts());
        db.branch("main")
                .conflicts()
                .orElseThrow()
                .resolveAll(
                        ConflictQuery.all(),
                        conflict -> new String(conflict.key(), UTF_8).equals("k")
                                ? new Resolver.Take(conflict.ours())
                                : new Resolver.Unresolved());
    }

    @Test
    void anEntryOfTheReflogThatCannotBeReadIsFound() {
        try (EmbeddedDatabase db = open()) {
            db.space("s").put("k", "v");
            db.commit("one");
            db.depot().settings().put(Reflog.SPACE, "heads/main\0" + "\1".repeat(8), new byte[] {77});
            assertThat(kinds(db.check())).containsExactly(Issue.Kind.WRONG_SETTING);
        }
        RepairReport report = repair(RepairOptions.defaults().allowingLoss());
        assertThat(report.outcome()).isEqualTo(Outcome.REPAIRED_WITH_LOSS);
        try (EmbeddedDatabase db = open()) {
            assertThat(db.check().problems()).isEmpty();
            assertThat(db.log("main")).hasSize(2);
        }
    }
}
