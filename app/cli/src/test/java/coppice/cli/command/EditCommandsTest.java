package coppice.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Histories changed, and changes put aside, as typed.
class EditCommandsTest {
    @TempDir
    Path directory;

    private Session user;

    @BeforeEach
    void sitDown() {
        user = new Session(directory).with("COPPICE_DB", "db");
        commit("main", "a", "one");
        user.ok("branch draft");
        commit("draft", "b", "two");
        commit("draft", "c", "three");
        commit("main", "d", "four");
    }

    private void commit(String branch, String key, String value) {
        user.ok("put s " + key + " " + value + " -b " + branch);
        user.ok("commit -m " + value + " -b " + branch);
    }

    private String keys(String branch) {
        return String.join(" ", user.ok("scan s --keys -b " + branch).lines().toList());
    }

    private void fails(String line, String... words) {
        Session.Reply reply = user.run(line.split(" ", -1));
        assertThat(reply.code()).as(reply.toString()).isOne();
        assertThat(reply.err()).contains(words);
    }

    @Test
    void commitsArePickedAndTakenBack() {
        assertThat(user.ok("cherry-pick draft")).contains("picked", "three");
        assertThat(keys("main")).isEqualTo("a c d");
        assertThat(user.ok("revert main~1")).contains("took back");
        assertThat(keys("main")).isEqualTo("a c");
        assertThat(user.run("cherry-pick", "draft").err()).contains("skipped", "changes nothing here");
        commit("main", "b", "other");
        assertThat(user.ok("cherry-pick draft~1 --take theirs")).contains("two");
        assertThat(user.ok("get s b")).isEqualTo("two\n");
    }

    @Test
    void aPickThatConflictsWaitsAsInGit() {
        commit("main", "b", "other");
        Session.Reply reply = user.run("cherry-pick", "main..draft");
        assertThat(reply.code()).isOne();
        assertThat(reply.out()).contains("ours (main)", "(two))");
        assertThat(reply.err()).contains("1 key changed on both sides; the cherry-pick waits", "--skip, or --abort");
        assertThat(user.ok("status")).contains("a cherry-pick of", "(two) waits with 1 conflict");
        assertThat(user.ok("status --json")).contains("\"waits\":\"cherry-pick\"");
        assertThat(user.ok("conflicts"))
                .contains("cherry-pick: ours is main, theirs is", "base is the parent of", "s b");
        assertThat(user.ok("conflicts --json").lines()).hasSize(1);
        fails("merge draft", "error 166");
        fails("cherry-pick --continue", "the cherry-pick waits");
        fails("revert --continue", "no revert waits on main");
        user.ok("resolve s b --value both");
        assertThat(user.run("conflicts").err()).contains("coppice cherry-pick --continue goes on");
        assertThat(user.run("cherry-pick", "--continue", "--message", "two, settled")
                        .out())
                .contains("picked", "two, settled", "three");
        assertThat(keys("main")).isEqualTo("a b c d");
        assertThat(user.ok("get s b")).isEqualTo("both\n");
        fails("conflicts", "nothing on main waits for decisions");
        fails("revert main~2", "the revert waits");
        user.ok("revert --abort");
        fails("revert main~2", "the revert waits");
        user.ok("revert --skip");
        fails("cherry-pick --skip", "no cherry-pick waits");
        fails("revert main~2 --policy whole", "waits");
        assertThat(user.ok("revert --continue --take theirs")).contains("took back");
        assertThat(user.ok("cherry-pick draft --policy ours --json")).contains("skipped");
    }

    @Test
    void aRebaseIsDecidedWithResolve() {
        commit("main", "b", "other");
        fails("rebase main -b draft", "coppice resolve -b draft", "coppice rebase --continue -b draft");
        assertThat(user.ok("conflicts -b draft")).contains("rebase: ours is", "(other)", "theirs is", "(two)");
        user.ok("resolve s b --take theirs -b draft");
        assertThat(user.ok("rebase --continue -b draft")).contains("rebased");
        assertThat(user.ok("get s b -b draft")).isEqualTo("two\n");
    }

    @Test
    void aBranchIsRebased() {
        assertThat(user.ok("rebase main -b draft")).contains("rebased", "draft");
        assertThat(keys("draft")).isEqualTo("a b c d");
        assertThat(user.ok("log draft").lines()).hasSize(5);
        assertThat(user.ok("rebase main -b draft")).contains("is there already");
        user.ok("undo");
        assertThat(keys("draft")).isEqualTo("a b c");
    }

    @Test
    void aPlanSaysWhatBecomesOfEachCommit() throws IOException {
        String plan = user.ok("rebase main -b draft --show-plan");
        assertThat(plan.lines().map(line -> line.replaceAll(" \\w+ ", " "))).containsExactly("pick two", "pick three");
        Files.writeString(directory.resolve("plan"), plan.replaceAll("pick (\\w+ three)", "fixup $1"));
        user.ok("rebase main -b draft --plan plan");
        assertThat(user.ok("log draft").lines()).hasSize(4);
        assertThat(keys("draft")).isEqualTo("a b c d");
        Files.writeString(directory.resolve("plan"), "paint it\n");
        fails("rebase main~1 -b draft --plan plan", "no step");
    }

    @Test
    void aRebaseThatStopsGoesOn() {
        commit("main", "b", "other");
        fails("rebase main -b draft", "the rebase waits", "--continue");
        assertThat(keys("draft")).isEqualTo("a b c");
        user.ok("rebase --continue --take theirs -b draft");
        assertThat(user.ok("get s b -b draft")).isEqualTo("two\n");
        fails("rebase --abort -b draft", "error");
    }

    @Test
    void commitsAreMadeOne() {
        assertThat(user.run("squash", "draft~2", "-m", "both", "-b", "draft").code())
                .isZero();
        assertThat(user.ok("log draft").lines()).hasSize(3);
        assertThat(keys("draft")).isEqualTo("a b c");
    }

    @Test
    void changesArePutAsideAndBroughtBack() {
        assertThat(user.run("stash").err()).contains("nothing changed");
        user.ok("put s x draft");
        user.ok("put fresh y new");
        user.run("stash", "-m", "half done");
        assertThat(keys("main")).isEqualTo("a d");
        assertThat(user.ok("stash list")).contains("stash@{0}", "half done");
        assertThat(user.ok("stash list --json").lines()).hasSize(1);
        assertThat(user.ok("stash show")).contains("+ x  draft", "+ y  new");
        user.ok("put s x else");
        fails("stash pop", "1 key changed on both sides; the stash waits", "coppice stash --abort");
        assertThat(user.ok("conflicts")).contains("stash: ours is main, theirs is stash@{0}");
        user.ok("stash --abort");
        fails("stash --continue", "no stash waits");
        fails("stash pop", "the stash waits");
        user.ok("resolve s x --take theirs");
        user.ok("stash --continue");
        assertThat(user.ok("get s x")).isEqualTo("draft\n");
        user.ok("stash push");
        user.ok("stash apply");
        user.ok("discard");
        user.ok("stash pop");
        assertThat(keys("main")).isEqualTo("a d x");
        fails("stash drop", "error");
    }
}
