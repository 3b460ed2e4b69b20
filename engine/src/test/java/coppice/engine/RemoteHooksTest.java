package coppice.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.api.Branch;
import coppice.api.CommitId;
import coppice.api.Coppice;
import coppice.api.Database;
import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.Fetch;
import coppice.api.Hook;
import coppice.api.Hooks;
import coppice.api.Push;
import coppice.api.PushOutcome;
import coppice.api.RefUpdate;
import coppice.engine.exchange.Depot;
import coppice.kernel.bytes.Hash;
import coppice.kernel.history.RefValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Hooks where commits come from elsewhere.
class RemoteHooksTest {
    private final List<String> noted = Collections.synchronizedList(new ArrayList<>());
    private Database there;
    private Database here;

    @BeforeEach
    void open() {
        there = Coppice.open("mem:hooks-there");
        here = Coppice.open("mem:hooks-here");
        there.space("s").put("a", "1");
        there.commit("there");
        there.tags().create("v1", "main");
        here.remotes().add("origin", "mem:hooks-there");
    }

    @AfterEach
    void close() {
        here.close();
        there.close();
    }

    private Hooks noting(boolean agree) {
        return Hooks.none().refUpdate("noting", event -> {
            noted.add(event.action() + " " + event.ref());
            return agree ? Hook.accept() : Hook.veto("stay");
        });
    }

    @Test
    void aFetchIsAskedAboutRefByRef() {
        here.add(noting(true));
        here.remotes().fetch("origin");
        assertThat(noted).containsExactlyInAnyOrder("fetch remotes/origin/main", "fetch tags/v1");
        noted.clear();
        here.remotes().fetch("origin");
        assertThat(noted).isEmpty();
    }

    @Test
    void aVetoedFetchMovesNothing() {
        here.add(noting(false));
        assertThatThrownBy(() -> here.remotes().fetch("origin")).isInstanceOf(DatabaseException.Refused.class);
        assertThat(here.tags().list()).isEmpty();
        assertThatThrownBy(() -> here.resolve("origin/main")).isInstanceOf(DatabaseException.NotFound.class);
        here.gc();
        assertThat(here.check().issues()).isEmpty();
    }

    @Test
    void aPushIsAskedAboutWhereItArrives() {
        here.space("s").put("b", "1");
        here.commit("here");
        Push push = Push.branch("main").to("offered");
        there.add(noting(false));
        assertThatThrownBy(() -> here.remotes().push("origin", push))
                .isInstanceOfSatisfying(
                        DatabaseException.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.HOOK_VETOED));
        assertThat(noted).containsExactly("push offered");
        assertThat(there.branches()).hasSize(1);
        assertThat(there.check().issues()).isEmpty();
    }

    @Test
    void aPushThatIsAgreedToMovesTheBranch() {
        here.space("s").put("b", "1");
        here.commit("here");
        there.add(noting(true));
        assertThat(here.remotes().push("origin", Push.branch("main").to("offered")))
                .isInstanceOf(PushOutcome.Pushed.class);
        assertThat(noted).containsExactly("push offered");
        assertThat(there.at("offered").space("s").text("b")).contains("1");
    }

    /// Does something the first time that it is asked about a ref, and notes where each ref asked about is and goes.
    private Hooks meanwhile(String ref, Runnable first) {
        AtomicBoolean done = new AtomicBoolean();
        return Hooks.none().refUpdate("meanwhile", event -> {
            noted.add(event.ref() + " " + event.before() + " " + event.after());
            if (event.ref().equals(ref) && done.compareAndSet(false, true)) {
                Thread other = new Thread(first); // a hook itself moves nothing
                other.start();
                other.join();
            }
            return Hook.accept();
        });
    }

    private static CommitId commit(Branch branch, String title) {
        branch.space("s").put(title, "1");
        return branch.commit(title).id();
    }

    private static void place(Database db, String ref, CommitId commit) {
        Depot depot = ((EmbeddedDatabase) db).depot();
        Hash hash = Hash.parse(commit.hex());
        depot.branches()
                .place(ref, RefValue.pointer(hash, 0, 1), depot.storage().note("test", ""), _ -> {});
    }

    @Test
    void aFetchAsksAgainAboutARefThatMovedMeanwhile() {
        CommitId own = commit(here.main(), "own");
        here.add(meanwhile("remotes/origin/main", () -> place(here, "remotes/origin/main", own)));
        here.remotes().fetch("origin");
        CommitId theirs = there.resolve("main").id();
        assertThat(noted)
                .filteredOn(line -> line.startsWith("remotes/"))
                .containsExactly(
                        "remotes/origin/main Optional.empty " + Optional.of(theirs),
                        "remotes/origin/main " + Optional.of(own) + " " + Optional.of(theirs));
        assertThat(here.resolve("origin/main").id()).isEqualTo(theirs);
    }

    @Test
    void aFetchReplacesNoTagThatWasMadeMeanwhile() {
        CommitId own = commit(here.main(), "own");
        here.add(meanwhile("tags/v1", () -> place(here, "tags/v1", own)));
        assertThat(here.remotes().fetch("origin").refs())
                .filteredOn(update -> update.ref().equals("tags/v1"))
                .extracting(RefUpdate::kind)
                .containsExactly(RefUpdate.Kind.REFUSED);
        assertThat(here.resolve("v1").id()).isEqualTo(own);
    }

    @Test
    void aRefThatMovedMeanwhileIsNotPruned() {
        here.remotes().fetch("origin");
        there.branch("more", "main");
        here.remotes().fetch("origin");
        there.forceDeleteBranch("more");
        CommitId own = commit(here.main(), "own");
        here.add(meanwhile("remotes/origin/more", () -> place(here, "remotes/origin/more", own)));
        here.remotes().fetch("origin", Fetch.all().pruning());
        assertThat(here.resolve("origin/more").id()).isEqualTo(own);
    }

    @Test
    void aRenamingIsAskedAboutAgainWhenTheBranchMovedMeanwhile() {
        here.branch("old", "main");
        here.switchTo("old");
        here.add(meanwhile("old", () -> commit(here.branch("old"), "meanwhile")));
        here.renameBranch("old", "new");
        CommitId last = here.resolve("new").id();
        assertThat(here.resolve("new").title()).isEqualTo("meanwhile");
        assertThat(noted)
                .endsWith("old " + Optional.of(last) + " Optional.empty", "new Optional.empty " + Optional.of(last));
        assertThat(here.current().name()).isEqualTo("new");
    }
}
