package coppice.testing.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.api.CommitMessage;
import coppice.api.DatabaseException;
import coppice.api.Hook;
import coppice.api.Hooks;
import coppice.api.Merge;
import coppice.api.Resolver;
import coppice.testing.simulation.Wrecks.Step;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// The power goes, or the process is killed, in the midst of every change that is made on the disk while hooks are
/// asked, and after they have answered. What they agreed to is done or not; what they refused never is.
final class HooksCrashTest {
    private static final long SEED = Long.getLong("coppice.seed", 20_261_128L);

    private final Wrecks wrecks = new Wrecks(SEED, Waits::all);

    private static Step commit(String key, String text) {
        return new Step(text, db -> {
            db.space("s").put(key, text);
            db.commit(text);
        });
    }

    /// Hooks that accept everything.
    private static Hooks agreeing() {
        return Hooks.none()
                .preCommit("fine", event -> Hook.accept())
                .preMerge("fine", event -> Hook.accept())
                .refUpdate("fine", event -> Hook.accept());
    }

    @Test
    void whatHooksAgreeToIsDoneOrNot() {
        wrecks.everywhere(
                db -> {
                    Quarrel.begin(db);
                    db.space("s").put("x", "to commit");
                    db.add(agreeing());
                },
                List.of(
                        new Step("commit", db -> db.commit("agreed")),
                        new Step("amend", db -> db.main().amend(CommitMessage.of("amended"))),
                        Quarrel.care(),
                        new Step(
                                "merge",
                                db -> db.merge("topic", Merge.into("main").resolving(Resolver.THEIRS))),
                        new Step("tag", db -> db.tags().create("v1", "main")),
                        new Step("delete", db -> db.deleteBranch("topic"))),
                (db, before, after) -> assertThat(Waits.all(db)).isIn(before, after));
    }

    /// A write that comes while a hook thinks is acknowledged before the commit is, and stays outside of it.
    @Test
    void aCommitBesideAWriteIsOfWhatTheHookSaw() {
        AtomicInteger writes = new AtomicInteger();
        wrecks.everywhere(
                db -> {
                    Quarrel.begin(db);
                    db.space("s").put("x", "to commit");
                    db.add(Hooks.none().preCommit("writing", event -> {
                        db.space("s").put("beside", "write " + writes.incrementAndGet());
                        return Hook.accept();
                    }));
                },
                List.of(new Step("commit", db -> db.commit("agreed")), Quarrel.care(), commit("x", "more")),
                (db, before, after) -> {
                    String title = db.head().title();
                    boolean agreed = title.equals("agreed");
                    assertThat(db.space("s").text("x").orElseThrow()).isIn("to commit", "more");
                    assertThat(db.at("main").space("s").text("x"))
                            .isEqualTo(
                                    title.equals("ours")
                                            ? Optional.empty()
                                            : Optional.of(agreed ? "to commit" : "more"));
                    assertThat(db.at("main").space("s").text("beside"))
                            .isEqualTo(title.equals("more") ? Optional.of("write 1") : Optional.empty());
                    assertThat(Waits.all(db).get("main@{..}")).isIn(before.get("main@{..}"), after.get("main@{..}"));
                });
        assertThat(writes.get()).isEqualTo(2);
    }

    /// The version is then of something else than the working state.
    @Test
    void aVersionBesideAWriteIsThereWithItsTransactionOrNeitherIs() {
        wrecks.everywhere(
                db -> {
                    db.main().commit("first", tx -> tx.space("s").put("a", "first"));
                    db.add(Hooks.none().preCommit("writing", event -> {
                        db.space("s").put("beside", event.commit().title());
                        return Hook.accept();
                    }));
                },
                List.of(
                        new Step(
                                "second",
                                db -> db.main()
                                        .commit("second", tx -> tx.space("s").put("a", "second"))),
                        Quarrel.care()),
                (db, before, after) -> {
                    String title = db.head().title();
                    assertThat(db.space("s").text("a")).contains(title);
                    assertThat(db.at("main").space("s").text("a")).contains(title);
                    assertThat(db.at("main").space("s").text("beside")).isEmpty();
                    if (title.equals("second")) {
                        assertThat(db.space("s").text("beside")).contains("second");
                    }
                    assertThat(Waits.all(db).get("main@{..}")).isIn(before.get("main@{..}"), after.get("main@{..}"));
                });
    }

    @Test
    void whatAHookRefusesNeverHappens() {
        Step refused = new Step(
                "commit",
                db -> assertThatThrownBy(() -> db.commit("refused")).isInstanceOf(DatabaseException.Refused.class));
        wrecks.requireOldOrNew(
                db -> {
                    Quarrel.begin(db);
                    db.space("s").put("x", "to commit");
                    db.add(Hooks.none().preCommit("never", event -> Hook.veto("never")));
                },
                List.of(refused, Quarrel.care(), refused));
    }
}
