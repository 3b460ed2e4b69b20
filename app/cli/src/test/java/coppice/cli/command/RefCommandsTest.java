package coppice.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Branches, tags, the past and back, as typed.
class RefCommandsTest {
    @TempDir
    Path directory;

    private Session user;

    @BeforeEach
    void sitDown() {
        user = new Session(directory).with("COPPICE_DB", "db");
        user.ok("init");
        user.ok("put pets a dog");
        user.ok("commit -m first --author Ada --meta tool=test");
    }

    private void fails(String line, String... words) {
        Session.Reply reply = user.run(line.split(" ", -1));
        assertThat(reply.code()).as(reply.toString()).isNotZero();
        assertThat(reply.err()).contains(words);
    }

    @Test
    void theCurrentBranchIsRemembered() {
        user.ok("switch -c trial");
        user.ok("put pets a wolf");
        user.ok("commit -m wilder");
        assertThat(user.ok("get pets a")).isEqualTo("wolf\n");
        assertThat(user.ok("get pets a -b main")).isEqualTo("dog\n");
        assertThat(user.ok("branch --against main")).contains("*", "trial", "+1 -0");
        assertThat(user.ok("branch --against main --json")).contains("\"current\":true,\"ahead\":1,\"behind\":0");
        fails("branch --delete trial", "is the current one");
        user.ok("switch main");
        fails("branch --delete trial", "merge it, or delete it by force");
        fails("switch nowhere", "There is no branch 'nowhere'");
        user.ok("branch -m trial sketch");
        user.ok("branch -c sketch copied");
        user.ok("branch --delete copied");
        user.ok("branch -D sketch");
        user.ok("undo");
        assertThat(user.ok("get pets a -b sketch")).isEqualTo("wolf\n");
    }

    @Test
    void tagsAreMadeListedSignedVerifiedAndRemoved() {
        user.ok("tag v1");
        user.ok("tag --new-key key");
        user.run("tag", "v1.0", "v1", "-m", "The first", "--sign", "key");
        assertThat(user.ok("tag")).contains("v1.0", "signed", "The first");
        assertThat(user.ok("tag --json").lines()).hasSize(2);
        assertThat(user.ok("tag v1.0 --verify key")).contains("is signed with the key of key");
        assertThat(user.run("tag", "v1", "--verify", "key").out()).contains("is not signed");
        user.ok("put pets b cat");
        user.ok("commit -m second --sign key");
        assertThat(user.ok("tag main --verify key")).contains("is signed with");
        fails("tag v1 main", "tags do not move");
        fails("tag --new-key key", "cannot be written");
        fails("commit -m x --allow-empty --sign nokey", "cannot be read");
        assertThat(user.ok("get pets a --at v1.0")).isEqualTo("dog\n");
        user.ok("tag --delete v1");
        fails("get pets a --at v1", "names nothing");
    }

    @Test
    void whatWasDoneIsListedAndTakenBack() {
        user.ok("put pets a wolf");
        user.ok("commit -m second");
        user.ok("put pets b cat");
        user.ok("reset --hard main~1");
        assertThat(user.ok("get pets a")).isEqualTo("dog\n");
        assertThat(user.ok("reflog").lines().skip(1).map(line -> line.strip().split("\\s+", -1)[4]))
                .containsExactly("reset", "commit", "commit");
        assertThat(user.ok("reflog --limit 1 --json")).contains("\"action\":\"reset\"");
        user.ok("undo");
        assertThat(user.ok("scan pets")).isEqualTo("a\twolf\nb\tcat\n");
        user.ok("reset main@{1}");
        fails("reset --hard --soft main", "exclude each other");
        fails("reset nowhere", "names nothing");
    }

    @Test
    void refsThatNameNoBranchMeanTheOneToWorkOn() {
        user.ok("branch draft");
        user.ok("put pets a wolf");
        user.ok("commit -m second");
        user.ok("put pets a fox -b draft");
        user.ok("commit -m third -b draft");
        user.ok("put pets a lynx -b draft");
        user.ok("commit -m fourth -b draft");
        for (String ref : List.of("HEAD", "@", "@{0}", "HEAD~0", "@^0", "HEAD@{0}")) {
            assertThat(user.ok("get pets a -b draft --at " + ref)).as(ref).isEqualTo("lynx\n");
            assertThat(user.ok("get pets a --at " + ref)).as(ref).isEqualTo("wolf\n");
        }
        assertThat(user.ok("get pets a -b draft --at @{1}")).isEqualTo("fox\n");
        assertThat(user.ok("log HEAD~2..@ -b draft").lines()).hasSize(2);
        assertThat(user.ok("diff @~1 HEAD -b draft")).contains("fox", "lynx");
        user.ok("reset --hard HEAD~1 -b draft");
        assertThat(user.ok("get pets a -b draft")).isEqualTo("fox\n");
        assertThat(user.ok("show --stat @{1} -b draft")).contains("fourth");
    }

    @Test
    void aNameThatIsUsedAgainTellsWhatHadItBefore() {
        user.ok("branch draft");
        user.ok("put pets a fox -b draft");
        user.ok("commit -m second -b draft");
        user.ok("branch -D draft");
        user.ok("branch draft");
        assertThat(user.ok("reflog draft")
                        .lines()
                        .skip(1)
                        .map(line -> line.strip().split("\\s+", 2)[0]))
                .containsExactly("draft@{0}", "(earlier)", "(earlier)", "(earlier)");
    }

    @Test
    void commitsAreAmendedAndShown() {
        user.ok("put pets b cat");
        user.ok("commit --amend --author Ada");
        assertThat(user.ok("log").lines()).hasSize(2);
        assertThat(user.ok("show")).contains("author     Ada", "first", "+ a  dog", "+ b  cat");
        assertThat(user.ok("show --stat main")).contains("pets  +2 -0 ~0");
        assertThat(user.ok("show --json main --stat"))
                .contains("\"message\":\"first\"", "{\"space\":\"pets\",\"added\":2,\"removed\":0,\"modified\":0}");
        fails("commit", "coppice commit -m MESSAGE");
    }

    @Test
    void blameTellsWhereValuesComeFrom() {
        user.ok("put pets b cat");
        user.ok("commit -m second --author Ben");
        user.ok("put pets a wolf");
        user.ok("commit -m third --author Cem");
        assertThat(user.ok("blame pets").lines().map(line -> line.replaceAll(".*:\\d\\d  ", "")))
                .containsExactly("Cem  a", "Ben  b");
        assertThat(user.ok("blame pets a").lines().map(line -> line.replaceAll(".*:\\d\\d  ", "")))
                .containsExactly("Cem  dog → wolf", "Ada  (none) → dog");
        assertThat(user.ok("blame pets --limit 1 --json")).contains("\"key\":\"a\"", "\"author\":\"Cem\"");
        assertThat(user.ok("blame pets a --json"))
                .contains("\"before\":null,\"after\":{\"key\":\"a\",\"text\":\"dog\"}");
        assertThat(user.ok("blame pets --at main~1 --prefix a")).contains("Ada");
        user.run("put", "pets", "c", "{\"name\":\"Rex\",\"age\":1}");
        user.ok("commit -m fourth --author Dan");
        user.run("put", "pets", "c", "{\"name\":\"Rex\",\"age\":2}");
        user.ok("commit -m fifth --author Eve");
        assertThat(user.ok("blame pets c --fields").lines().map(line -> line.replaceAll(".*:\\d\\d  ", "")))
                .containsExactly("Dan  name \"Rex\"", "Eve  age 2");
        assertThat(user.ok("blame pets c --fields --json")).contains("\"field\":\"age\",\"value\":2");
        fails("blame pets a --fields", "no JSON under 'a'");
        fails("blame pets --fields", "whose fields?");
    }

    @Test
    void logIsFiltered() {
        user.ok("put pets b cat");
        user.ok("commit -m second --author Ben");
        user.ok("put towns z Zug");
        user.ok("commit -m third --author Cem");
        assertThat(user.ok("log --author ben")).contains("second").doesNotContain("first", "third");
        assertThat(user.ok("log --grep IR")).contains("first", "third").doesNotContain("second");
        assertThat(user.ok("log main~2..main").lines()).hasSize(2);
        assertThat(user.ok("log --space pets").lines()).hasSize(2);
        assertThat(user.ok("log --space pets --key b").lines()).hasSize(1);
        assertThat(user.ok("log --until 2001-01-01T00:00:00Z")).isEmpty();
        assertThat(user.ok("log --since yesterday")).contains("second");
        fails("log --since whenever", "'whenever' is no time", "2 days ago");
        assertThat(user.ok("log --first-parent --limit 2").lines()).hasSize(2);
        fails("log --key b", "add --space");
        fails("log main..", "not of the form");
    }

    @Test
    void aSearchByHalvesGoesOnOverManyCommands() {
        for (int i = 2; i <= 9; i++) {
            user.ok("put pets a v" + i);
            user.ok("commit -m number" + i);
        }
        fails("bisect good", "coppice bisect start BAD GOOD");
        String said = user.ok("bisect start main main~8");
        while (said.startsWith("test ")) {
            String commit = said.split(" +", -1)[1];
            int number = Integer.parseInt(
                    user.ok("get pets a --at " + commit).substring(1).strip());
            said = user.ok("bisect " + (number < 6 ? "good" : "bad"));
        }
        assertThat(said).contains("first bad commit: ", "number6");
        user.ok("bisect reset");
        user.ok("bisect reset");
        assertThat(user.run("bisect", "status").err()).contains("no search is on");
    }

    @Test
    void aCommandJudgesASearch() {
        for (int i = 2; i <= 9; i++) {
            user.ok("put pets a v" + i);
            user.ok("commit -m number" + i);
        }
        fails("bisect run -- true", "no search is on");
        user.ok("bisect start main main~8");
        fails("bisect run", "which command judges?");
        fails("bisect run -- ./no-such-command", "cannot be run");
        user.file("unsure", "exit 200");
        fails("bisect run -- sh unsure", "no verdict", "coppice bisect status");
        String bad = user.ok("log -n 4 --json")
                .lines()
                .map(line -> line.replaceAll("^.\"id\":\"(\\w+)\".*", "$1"))
                .collect(Collectors.joining("|"));
        user.file("judge", "case $COPPICE_COMMIT in " + bad + ") exit 1;; *) test -d $COPPICE_DB;; esac");
        assertThat(user.ok("bisect run -- sh judge")).contains("test ", "first bad commit: ", "number6");
    }
}
