package coppice.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Questions for rows, as typed.
class QueryCommandsTest {
    @TempDir
    Path directory;

    private Session user;

    @BeforeEach
    void sitDown() {
        user = new Session(directory).with("COPPICE_DB", "db");
        user.ok("init db");
        user.ok("put people user:1 {\"name\":\"Ann\",\"age\":37}");
        user.ok("put people user:2 {\"name\":\"Bob\",\"age\":41}");
        user.ok("put people user:3 {\"name\":\"Cid\",\"age\":29}");
        user.ok("put people team:1 {\"name\":\"Core\"}");
    }

    private String query(String... options) {
        Session.Reply reply = run(options);
        assertThat(reply.code()).as(reply.toString()).isZero();
        return reply.out();
    }

    private Session.Reply run(String... options) {
        String[] words = new String[options.length + 2];
        words[0] = "query";
        words[1] = "people";
        System.arraycopy(options, 0, words, 2, options.length);
        return user.run(words);
    }

    @Test
    void rowsAreChosenOrderedAndCut() {
        assertThat(query("--where", "age > 30")).isEqualTo("""
                user:1\t{"name":"Ann","age":37}
                user:2\t{"name":"Bob","age":41}
                """);
        assertThat(query(
                        "--keys", "user:*", "--order", "age DESC", "--limit", "1", "--offset", "1", "--select", "name"))
                .isEqualTo("user:1\t{\"name\":\"Ann\"}\n");
        assertThat(query("--where", "age > 1", "--where", "name LIKE 'B%'", "--select", "round(age, 1) AS a, name"))
                .isEqualTo("user:2\t{\"a\":41,\"name\":\"Bob\"}\n");
        assertThat(query("--reverse", "--limit", "1", "--json"))
                .isEqualTo("{\"key\":\"user:3\",\"value\":{\"name\":\"Cid\",\"age\":29}}\n");
        assertThat(query("--count", "--where", "age IS NULL")).isEqualTo("1\n");
    }

    @Test
    void anOlderStateIsAskedToo() {
        user.ok("commit -m one");
        user.ok("del people user:1");
        assertThat(query("--count")).isEqualTo("3\n");
        assertThat(query("--count", "--at", "main")).isEqualTo("4\n");
    }

    @Test
    void pagesFollowEachOther() {
        Session.Reply first = run("--order", "name", "--page-size", "3");
        assertThat(first.out()).startsWith("user:1\t").hasLineCount(3);
        String token = first.err().strip().replace("next: --page ", "");
        Session.Reply second = run("--order", "name", "--page-size", "3", "--page", token);
        assertThat(second.out()).startsWith("team:1\t").hasLineCount(1);
        assertThat(second.err()).isEmpty();
        assertThat(query("--page-size", "1", "--json")).contains("\"next\":\"");
    }

    @Test
    void aPlanIsShown() {
        assertThat(query("--explain", "--where", "age > 30", "--order", "name"))
                .containsSubsequence("sort name", "filter age > 30", "scan people  (about 4 rows)");
        assertThat(query("--analyze", "--json")).contains("\"step\":\"scan\"", "\"actual\":4", "\"inputs\":[]");
    }

    @Test
    void aTerminalGetsATable() {
        user.atTerminal();
        assertThat(query("--where", "age > 40")).contains("key", "value", "user:2", "1 row");
    }

    @Test
    void mistakesAreAnsweredWithWhatToDo() {
        assertThat(run("--where", "age == 3").err()).contains("write = instead of ==");
        assertThat(run("--where", "age == 3").code()).isOne();
        assertThat(user.run("query", "peple").err()).contains("did you mean: coppice query people");
        assertThat(user.run("query", "people", "--projection", "x").code()).isEqualTo(2);
        assertThat(user.run("query").code()).isEqualTo(2);
        assertThat(user.run("query", "people", "--where", "age == 1").err())
                .endsWith(" (error 188)\n  age == 1\n      ^\n");
        assertThat(user.run("query", "people", "--where", "age == 1", "--json").err())
                .contains(" (error 188)\\n  age == 1\\n      ^\",\"code\":188");
        assertThat(user.run("query", "people", "--where", "").code()).isEqualTo(2);
        assertThat(run("--explain", "--count").code()).isEqualTo(2);
        assertThat(run("--page", "x").code()).isEqualTo(2);
        assertThat(run("--page", "x", "--page-size", "3").err()).contains("no place in the answer");
        assertThat(run("--limit", "-1").code()).isEqualTo(2);
    }
}
