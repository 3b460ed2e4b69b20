package coppice.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What happened since a place, as typed.
class WatchCommandsTest {
    @TempDir
    Path directory;

    private Session user;

    @BeforeEach
    void sitDown() {
        user = new Session(directory).with("COPPICE_DB", "db");
        user.ok("init db");
        user.ok("put pets rex {\"kind\":\"dog\"}");
        user.ok("commit -m one");
    }

    private String noted(String line) {
        Session.Reply reply = user.run(line.split(" ", -1));
        assertThat(reply.code()).as(reply.toString()).isZero();
        return reply.err().strip();
    }

    @Test
    void withoutAPlaceItIsWhatDiffersFromTheCommit() {
        assertThat(user.ok("watch")).isEmpty();
        assertThat(noted("watch")).startsWith("nothing new; go on with --after ");
        user.ok("put pets tom {\"kind\":\"cat\"}");
        user.ok("put other x y");
        assertThat(user.ok("watch"))
                .containsPattern("what changed up to \\d+\n")
                .contains("pets", "+ tom", "other");
        assertThat(user.ok("watch p*")).contains("+ tom").doesNotContain("other");
        assertThat(user.ok("watch --keys r*")).isEmpty();
        assertThat(user.run("watch", "--where", "kind = 'dog'").out()).isEmpty();
        assertThat(user.run("watch", "--from", "start", "--where", "kind = 'dog'")
                        .out())
                .startsWith("what is there\n")
                .contains("+ rex")
                .doesNotContain("tom");
        assertThat(user.ok("watch --from now")).isEmpty();
    }

    @Test
    void aTokenGoesOnAndAnOldOneSaysThatThereIsAGap() {
        String token = noted("watch").replaceAll(".* ", "");
        user.ok("put pets tom cat");
        assertThat(user.ok("watch --after " + token)).contains("+ tom");
        String later = noted("watch --after " + token).replaceAll(".* ", "");
        assertThat(user.ok("watch --after " + later)).isEmpty();
        user.ok("put pets tim cat");
        assertThat(user.ok("watch --after " + later)).contains("a gap up to", "--from start");
        assertThat(user.run("watch", "--after", "nonsense").err()).contains("no token");
        assertThat(user.run("watch", "--after", token, "--from", "now").code()).isEqualTo(2);
    }

    @Test
    void aNameRemembersWhereItWas() {
        assertThat(noted("watch --as mirror --from start")).isEqualTo("remembered as mirror");
        assertThat(noted("watch --as mirror --from start")).isEqualTo("nothing new");
        user.ok("put pets tom cat");
        user.ok("commit -m two");
        assertThat(user.ok("watch --as mirror")).contains("+ tom").doesNotContain("rex");
        assertThat(noted("watch --as mirror --forget")).isEqualTo("forgotten");
        assertThat(user.ok("watch --as mirror --from start")).contains("rex", "tom");
        assertThat(user.run("watch", "--forget").code()).isEqualTo(2);
    }

    @Test
    void programsGetAnObjectForEachBatchAndChange() {
        assertThat(user.ok("watch --from start --max 1 --json").lines().toList())
                .satisfiesExactly(
                        batch -> assertThat(batch)
                                .startsWith("{\"kind\":\"content\",\"action\":\"\",\"since\":-1,\"position\":"),
                        change -> assertThat(change)
                                .isEqualTo("{\"change\":\"added\",\"after\":{\"space\":\"pets\",\"key\":\"rex\","
                                        + "\"value\":{\"kind\":\"dog\"}}}"),
                        end -> assertThat(end).startsWith("{\"after\":\""));
        assertThat(user.ok("watch --as mirror --json")).isEqualTo("{\"as\":\"mirror\"}\n");
        assertThat(user.run("watch", "--max", "0").code()).isEqualTo(2);
    }
}
