package coppice.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Projections, as typed.
class ProjectionCommandsTest {
    @TempDir
    Path directory;

    private Session user;

    @BeforeEach
    void sitDown() {
        user = new Session(directory).with("COPPICE_DB", "db");
        user.ok("init db");
        user.ok("put people ann {\"role\":\"admin\",\"age\":41}");
        user.ok("put people bob {\"role\":\"admin\",\"age\":29}");
        user.ok("put people cid {\"role\":\"user\",\"age\":35}");
        done("projection", "create", "by_role", "FROM people INDEX BY role, age");
    }

    private String done(String... words) {
        Session.Reply reply = user.run(words);
        assertThat(reply.code()).as(reply.toString()).isZero();
        return reply.out() + reply.err();
    }

    private void fails(String says, String... words) {
        Session.Reply reply = user.run(words);
        assertThat(reply.code()).as(reply.toString()).isOne();
        assertThat(reply.err()).contains(says).doesNotContain("mistake in Coppice");
    }

    @Test
    void aProjectionIsCreatedAndReadWhereverRowsAre() {
        assertThat(user.ok("projection")).contains("by_role", "FROM people INDEX BY role, age");
        assertThat(user.ok("projection read by_role admin"))
                .contains("ann", "bob")
                .doesNotContain("cid");
        assertThat(user.ok("projection read by_role admin 29")).contains("bob").doesNotContain("ann");
        assertThat(user.ok("projection read by_role admin --from 30"))
                .contains("ann")
                .doesNotContain("bob");
        assertThat(user.ok("projection read by_role admin --to 30 --count")).isEqualToIgnoringWhitespace("1");
        user.ok("commit -m people");
        user.ok("delete people ann");
        assertThat(user.ok("projection read by_role admin")).doesNotContain("ann");
        assertThat(user.ok("projection read by_role admin --at main")).contains("ann");
        assertThat(done("projection", "rebuild", "by_role")).contains("by_role is ready for");
        assertThat(user.ok("projection status --json"))
                .contains("\"total\":1,\"fresh\":1,\"pending\":0", "\"entries\":2");
        assertThat(user.ok("projection read by_role --reverse --limit 1 --json"))
                .contains("\"key\":\"cid\"", "\"next\":\"");
        done("projection", "replace", "by_role", "FROM people GROUP BY role MEASURE COUNT(*) AS people");
        assertThat(user.ok("projection read by_role user"))
                .contains("{\"role\":\"user\",\"people\":1}")
                .doesNotContain("key", "\\");
        assertThat(user.ok("projection read by_role user --json")).contains("\"key\":");
        assertThat(user.ok("projection show by_role")).contains("GROUP BY role MEASURE COUNT(*) AS people");
        assertThat(done("projection", "drop", "by_role")).contains("dropped projection by_role");
        assertThat(user.ok("projection")).doesNotContain("by_role");
    }

    @Test
    void theBackgroundRestsIsToldWhatToLeaveAndWhatToKeep() {
        assertThat(done("projection", "pause")).contains("coppice projection resume");
        assertThat(user.ok("projection status")).contains("paused");
        assertThat(user.ok("projection status --json")).contains("\"paused\":true", "\"pending\":1", "\"rate\":0");
        assertThat(done("projection", "cancel", "by_role")).contains("coppice projection rebuild by_role");
        assertThat(user.ok("projection status --json")).contains("\"pending\":0", "\"fresh\":0");
        assertThat(done("projection", "rebuild", "by_role")).contains("ready for 1 of 1");
        done("projection", "resume");
        assertThat(user.ok("projection status --json")).contains("\"paused\":false", "\"fresh\":1");
        user.ok("commit -m people");
        user.ok("put people dan {\"role\":\"user\"}");
        assertThat(done("projection", "keep", "2")).contains("2 versions back");
        assertThat(user.ok("projection status --json")).contains("\"total\":3");
        assertThat(user.run("projection", "keep", "some").code()).isEqualTo(2);
        assertThat(user.run("projection", "keep", "-1").code()).isEqualTo(2);
        assertThat(user.run("projection", "pause", "by_role").code()).isEqualTo(2);
        fails("did you mean: coppice projection cancel by_role", "projection", "cancel", "by_rol");
    }

    @Test
    void pagesGoOnWhereTheLastOneEnded() {
        String first = user.ok("projection read by_role --limit 2");
        assertThat(first).contains("ann", "bob").doesNotContain("cid");
        String token = first.substring(first.indexOf("--page ") + 7).strip();
        assertThat(user.ok("projection read by_role --limit 2 --page " + token))
                .contains("cid")
                .doesNotContain("ann");
    }

    @Test
    void mistakesAreAnsweredWithWhatToDo() {
        fails("did you mean: coppice projection show by_role", "projection", "show", "by_rol");
        fails("found the end", "projection", "create", "other", "FROM people INDEX BY");
        fails("lookup is about 3 columns", "projection", "read", "by_role", "admin", "1", "2");
        fails("with another definition", "projection", "create", "by_role", "FROM people INDEX BY age");
        assertThat(user.run("projection", "create", "other").code()).isEqualTo(2);
        assertThat(user.run("projection", "show", "by_role", "--at", "main").code())
                .isEqualTo(2);
        assertThat(user.run("projection", "read", "by_role", "--limit", "0").code())
                .isEqualTo(2);
    }
}
