package coppice.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.api.Coppice;
import coppice.api.Database;
import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.Hook;
import coppice.api.Hooks;
import coppice.api.Push;
import coppice.api.PushOutcome;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Hooks where commits come from elsewhere.
class RemoteHooksTest {
    private final List<String> noted = new ArrayList<>();
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
}
