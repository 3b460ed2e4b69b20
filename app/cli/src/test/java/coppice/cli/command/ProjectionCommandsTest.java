package coppice.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
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
    void queriesAndWatchesAreAboutProjectionsToo() {
        done("projection", "create", "counts", "FROM people GROUP BY role MEASURE COUNT(*) AS n");
        assertThat(user.ok("query --projection counts --order role"))
                .isEqualTo("{\"role\":\"admin\",\"n\":2}\n{\"role\":\"user\",\"n\":1}\n");
        assertThat(user.run("query", "--projection", "counts", "--where", "n > 1")
                        .out())
                .contains("admin")
                .doesNotContain("user");
        assertThat(user.ok("query --projection counts --count --json"))
                .isEqualToIgnoringWhitespace("{\"projection\":\"counts\",\"count\":2}");
        fails("coppice query --projection counts", "query", "counts");
        fails("did you mean: coppice query --projection counts", "query", "--projection", "conts");
        user.ok("commit -m people");
        user.ok("put people dan {\"role\":\"user\"}");
        assertThat(user.ok("watch --projection counts"))
                .contains("counts", "user", "1 → 2")
                .doesNotContain("admin");
        assertThat(done("watch", "counts")).contains("there is no space 'counts'", "coppice watch --projection counts");
        assertThat(done("watch", "peple")).contains("there is no space 'peple'", "did you mean: coppice watch people");
        assertThat(done("watch", "people")).doesNotContain("there is no space");
        assertThat(user.run("watch", "people", "--projection", "counts").code()).isEqualTo(2);
    }

    @Test
    void wordsThatAreEmptyAreAskedFor() {
        for (String words : List.of(
                "watch --as=",
                "watch --as= --forget",
                "watch --keys=",
                "watch --where=",
                "watch --from=",
                "watch --after=",
                "watch --projection=",
                "query people --keys=",
                "query people --where=",
                "query people --order=",
                "query people --select=",
                "query people --page-size=1 --page=",
                "query people --at=",
                "query --projection=",
                "projection read by_role --from=",
                "projection read by_role --at=",
                "projection read by_role --page=",
                "projection --db=",
                "projection --branch=",
                "schema --at=",
                "schema --branch=",
                "query people --branch=",
                "watch --branch=")) {
            noMistake(words.split(" "));
        }
        noMistake("watch", "");
        noMistake("query", "");
        for (String step : List.of("show", "drop", "status", "rebuild", "cancel", "read", "keep")) {
            noMistake("projection", step, "");
        }
        noMistake("projection", "create", "", "FROM people INDEX BY role");
        noMistake("projection", "create", "x", "");
        noMistake("projection", "");
        for (String step : List.of("show", "drop", "validate")) {
            noMistake("schema", step, "");
        }
        noMistake("schema", "define", "", "-");
        noMistake("schema", "define", "x", "");
        noMistake("schema", "");
    }

    /// Some are asked for, and some mean something; none is a mistake of ours.
    private void noMistake(String... words) {
        Session.Reply reply = user.run(words);
        assertThat(reply.err()).as(String.join(" ", words)).doesNotContain("mistake in Coppice");
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
        fails("coppice projection lists them", "projection", "show", "nothing like it");
        assertThat(user.run("projection", "drop", "by_rol").err())
                .contains("the nearest name is 'by_role'")
                .doesNotContain("did you mean");
        assertThat(user.run("projection", "shwo", "by_role").err())
                .contains("did you mean: coppice projection show by_role");
        assertThat(user.run("projection", "create", "z", "FROM PROJECTION g").err())
                .contains("there are [by_role]");
        fails("found the end", "projection", "create", "other", "FROM people INDEX BY");
        assertThat(user.run("projection", "create", "other", "FROM people WHERE age = INDEX BY role")
                        .err())
                .contains("(error", "\n  FROM people WHERE age = INDEX BY role\n  ")
                .endsWith("^\n");
        fails("lookup is about 3 columns", "projection", "read", "by_role", "admin", "1", "2");
        fails("with another definition", "projection", "create", "by_role", "FROM people INDEX BY age");
        assertThat(user.run("projection", "create", "other").code()).isEqualTo(2);
        assertThat(user.run("projection", "show", "by_role", "--at", "main").code())
                .isEqualTo(2);
        assertThat(user.run("projection", "read", "by_role", "--limit", "0").code())
                .isEqualTo(2);
    }
}
