package coppice.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.api.Coppice;
import coppice.api.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandsTest {
    @TempDir
    Path directory;

    private Session user;

    @BeforeEach
    void sitDown() {
        user = new Session(directory).with("COPPICE_DB", "db");
    }

    private static void failed(Session.Reply reply, int code, String... words) {
        assertThat(reply.code()).as(reply.toString()).isEqualTo(code);
        String said = reply.err().strip().lines().toList().getLast();
        assertThat(said).startsWith("coppice").contains(words);
        assertThat(reply.err()).doesNotContain("Exception");
    }

    @Test
    void whatIsPutIsGotCountedAndListedInOrder() {
        user.ok("put pets b cat");
        user.ok("put pets a dog");
        assertThat(user.ok("get pets a")).isEqualTo("dog\n");
        assertThat(user.ok("count pets")).isEqualTo("2\n");
        assertThat(user.ok("scan pets")).isEqualTo("a\tdog\nb\tcat\n");
        assertThat(user.ok("scan pets --reverse --limit 1 --keys")).isEqualTo("b\n");
        assertThat(user.ok("scan pets --from b --json")).isEqualTo("{\"key\":\"b\",\"text\":\"cat\"}\n");
        assertThat(user.ok("scan pets --to b")).isEqualTo("a\tdog\n");
        assertThat(user.ok("scan pets --prefix c")).isEmpty();
        assertThat(user.ok("spaces --json")).isEqualTo("{\"space\":\"pets\",\"keys\":2}\n");
        user.ok("delete pets a b");
        assertThat(user.ok("spaces --json")).isEmpty();
    }

    @Test
    void whatIsWrittenWithAMessageIsAVersionAtOnce() {
        user.ok("put pets b cat");
        String made = user.ok("put pets a dog -m first --json");
        String head = user.ok("log --json").lines().findFirst().orElseThrow();
        assertThat(made).startsWith("{\"branch\":\"main\",\"space\":\"pets\",\"key\":\"a\",\"commit\":\"");
        assertThat(head).contains(made.substring(made.indexOf("commit") + 9, made.length() - 3));
        assertThat(user.ok("status")).contains("no changes");
        assertThat(user.ok("scan pets --at main")).isEqualTo("a\tdog\nb\tcat\n");
        assertThat(user.run("del", "pets", "a", "b", "-m", "all gone").err())
                .contains("removed 2 keys from pets on main, committed as ")
                .contains("all gone");
        assertThat(user.ok("log --json").lines()).hasSize(3);
        failed(user.run("del", "pets", "c", "-m", "never"), 1, "nothing was removed");
        assertThat(user.ok("log --json").lines()).hasSize(3);
    }

    @Test
    void aValueCanComeFromStandardInput() {
        user.typing("two\nlines").ok("put notes n -");
        assertThat(user.ok("get notes n")).isEqualTo("two\nlines\n");
    }

    @Test
    void commitsBranchesAndThePastCanBeRead() {
        user.ok("put pets a dog");
        user.ok("commit -m first --author Ada");
        user.ok("branch trial");
        user.ok("put pets a wolf -b trial");
        user.ok("commit -m wilder -b trial");
        assertThat(user.ok("get pets a")).isEqualTo("dog\n");
        assertThat(user.ok("get pets a -b trial")).isEqualTo("wolf\n");
        assertThat(user.ok("get pets a --at trial~1")).isEqualTo("dog\n");
        assertThat(user.ok("log")).contains("Ada  first");
        assertThat(user.ok("log trial --limit 1 --json")).contains("\"message\":\"wilder\"", "\"generation\":2");
        assertThat(user.ok("log --graph --all").lines().map(line -> line.strip().charAt(0)))
                .containsExactly('●', '●', '●');
        assertThat(user.ok("branch")).contains("main ", "trial ", "wilder");
        user.ok("branch -D trial");
        assertThat(user.ok("branch --json").lines()).hasSize(1);
    }

    @Test
    void diffShowsWhatChangedBetweenStatesAndSinceTheCommit() {
        user.run("put", "pets", "a", "{\"name\":\"Rex\",\"age\":1}");
        user.ok("commit -m one");
        user.run("put", "pets", "a", "{\"name\":\"Rex\",\"age\":2}");
        user.ok("put pets b x");
        assertThat(user.ok("diff")).isEqualTo("  pets\n    ~ a  age              1 → 2\n    + b  x\n+1 ~1\n");
        assertThat(user.ok("diff --space other")).isEqualTo("no changes\n");
        assertThat(user.ok("diff --prefix b")).isEqualTo("  pets\n    + b  x\n+1\n");
        assertThat(user.ok("diff --stat --json"))
                .isEqualTo("{\"space\":\"pets\",\"added\":1,\"removed\":0,\"modified\":1}\n");
        Session.Reply page = user.run("diff", "--page", "1");
        assertThat(page.out()).isEqualTo("  pets\n    ~ a  age              1 → 2\n~1\n");
        String token = page.err().strip().replaceAll(".* ", "");
        assertThat(user.ok("diff --page 1 --json")).endsWith("{\"after\":\"" + token + "\"}\n");
        assertThat(user.ok("diff --after " + token)).isEqualTo("  pets\n    + b  x\n+1\n");
        user.ok("commit -m two");
        assertThat(user.ok("diff main~1 main --stat"))
                .isEqualTo("  space  added  removed  changed\n  pets       1        0        1\n");
        assertThat(user.ok("diff main main~1 --json").lines())
                .containsExactly(
                        "{\"change\":\"modified\",\"before\":{\"space\":\"pets\",\"key\":\"a\",\"value\":"
                                + "{\"name\":\"Rex\",\"age\":2}},\"after\":{\"space\":\"pets\",\"key\":\"a\",\"value\":"
                                + "{\"name\":\"Rex\",\"age\":1}}}",
                        "{\"change\":\"removed\",\"before\":{\"space\":\"pets\",\"key\":\"b\",\"text\":\"x\"}}");
        assertThat(user.ok("diff main main")).isEqualTo("no changes\n");
        user.ok("put pets c cow");
        assertThat(user.ok("diff main~1 --to b")).isEqualTo("  pets\n    ~ a  age              1 → 2\n~1\n");
        assertThat(user.ok("diff main~1 --from c")).isEqualTo("  pets\n    + c  cow\n+1\n");
        assertThat(user.ok("diff main~1..main --stat")).isEqualTo(user.ok("diff main~1 main --stat"));
    }

    @Test
    void statusTellsUncommittedChangesAndDiscardDropsThem() {
        user.ok("put pets a dog");
        assertThat(user.ok("status")).contains("uncommitted  +1", "1 key in 1 space");
        assertThat(user.ok("status --json")).contains("\"added\":1", "\"keys\":1");
        user.ok("discard");
        assertThat(user.ok("status")).contains("no changes");
    }

    @Test
    void statsTellWhatTheDatabaseHoldsAndTakes() {
        user.ok("put pets a dog");
        user.ok("put pets b cat");
        user.ok("commit -m one");
        user.ok("branch trial");
        assertThat(user.ok("stats")).contains("in 1 space of main", "that refs reach", "packs", "spares", "total");
        assertThat(user.ok("stats --json"))
                .contains("\"data.keys\":2", "\"history.commits\":2", "\"history.branches\":2")
                .contains("\"disk.total\":", "\"spaces\":{\"pets\":2}");
    }

    private void disagree() {
        user.run("put", "pets", "a", "{\"name\":\"Rex\",\"age\":1}");
        user.run("put", "pets", "b", "{\"x\":1,\"y\":1}");
        user.ok("commit -m start");
        user.ok("branch other");
        user.run("put", "pets", "a", "{\"name\":\"Tyrannosaurus\",\"age\":1}", "-b", "other");
        user.run("put", "pets", "b", "{\"x\":2,\"y\":1}", "-b", "other");
        user.ok("commit -m theirs -b other");
        user.run("put", "pets", "a", "{\"name\":\"Rexi\",\"age\":1}");
        user.run("put", "pets", "b", "{\"x\":1,\"y\":2}");
        user.ok("commit -m ours");
    }

    @Test
    void aMergeWithConflictsShowsThemAndWritesNothing() {
        disagree();
        Session.Reply reply = user.run("merge", "other", "--policy", "whole");
        failed(reply, 1, "2 keys changed on both sides; the merge waits", "coppice merge --abort");
        assertThat(reply.out())
                .contains("name  \"Rex\"  \"Rexi\"       \"Tyrannosaurus\"", "ours (main)", "theirs (other)");
        assertThat(user.ok("get pets a")).contains("Rexi");
        failed(user.run("merge", "other"), 1, "error 153");
        user.ok("merge --abort");
        assertThat(user.ok("merge other --preview")).contains("main would have conflicts with", "pets  1 conflict");
        assertThat(user.run("merge", "other", "--json").out().lines())
                .satisfiesExactly(
                        conflict -> assertThat(conflict).contains("\"fields\":[\"/name\"]"),
                        end -> assertThat(end)
                                .isEqualTo("{\"outcome\":\"conflicts\",\"operation\":\"merge\",\"open\":1}"));
        user.ok("merge --abort");
        failed(user.run("merge", "--abort"), 1, "no merge into main waits");
        failed(user.run("merge", "other", "--policy", "mine"), 1, "no merge policy", "last-writer-wins");
    }

    @Test
    void conflictsAreDecidedBySideOrCombinedByField() {
        disagree();
        assertThat(user.ok("merge other --take theirs -m settled")).contains("merged", "settled");
        assertThat(user.ok("get pets a")).contains("Tyrannosaurus");
        assertThat(user.ok("get pets b")).isEqualTo("{\"x\":2,\"y\":2}\n");
        assertThat(user.ok("merge other")).contains("has all of other already");
    }

    @Test
    void conflictsThatWaitAreListedDecidedAndOpenedAgain() {
        disagree();
        failed(user.run("merge", "other", "--policy", "whole"), 1, "2 keys");
        assertThat(user.ok("conflicts --json").lines()).hasSize(2);
        failed(user.run("resolve", "pets", "a"), 2, "--take ours");
        user.ok("resolve pets a --take theirs");
        assertThat(user.ok("conflicts")).contains("pets b").doesNotContain("pets a");
        failed(user.run("resolve", "pets", "a", "--take", "ours"), 1, "no such conflict");
        user.ok("resolve pets a --reopen");
        user.ok("resolve --take ours");
        user.ok("resolve pets b --reopen");
        user.run("resolve", "pets", "b", "--value", "{\"x\":3}");
        assertThat(user.run("conflicts").err()).contains("every conflict is decided");
        assertThat(user.ok("merge --continue -m settled")).contains("merged", "settled");
        assertThat(user.ok("get pets a")).contains("Rexi");
        assertThat(user.ok("get pets b")).isEqualTo("{\"x\":3}\n");
        assertThat(user.ok("log --graph").lines().findFirst().orElseThrow()).contains("settled");
    }

    @Test
    void aMergeMayBeSquashedLeftUncommittedOrLookedAt() {
        user.ok("put pets a dog");
        user.ok("commit -m start");
        user.ok("branch other");
        user.ok("put pets b cat -b other");
        user.ok("commit -m theirs -b other");
        assertThat(user.ok("merge other --preview")).contains("main would be moved forward", "pets  +1 -0 ~0");
        user.ok("put pets c cow");
        user.ok("commit -m ours");
        failed(user.run("merge", "other", "--ff-only"), 1, "error");
        assertThat(user.run("merge", "other", "--no-commit").err()).contains("working state");
        assertThat(user.ok("get pets b")).isEqualTo("cat\n");
        user.ok("merge --abort");
        failed(user.run("get", "pets", "b"), 1, "b");
        user.ok("merge other --squash -m one");
        assertThat(user.ok("log --json --limit 1"))
                .doesNotContain(",\"parents\":[]")
                .contains("one");
        assertThat(user.ok("log").lines()).hasSize(4);
    }

    @Test
    void exportAndImportGiveBackEveryByte() throws IOException {
        user.run("put", "pets", "a", "{\"age\":1.0}");
        user.run("put", "plain", "b", " {\"age\":1} ");
        user.ok("export -o all.jsonl");
        assertThat(Files.readString(directory.resolve("all.jsonl")).lines())
                .containsExactly(
                        "{\"space\":\"pets\",\"key\":\"a\",\"value\":{\"age\":1.0}}",
                        "{\"space\":\"plain\",\"key\":\"b\",\"text\":\" {\\\"age\\\":1} \"}");
        user.ok("import all.jsonl -d copy --commit copied");
        assertThat(user.ok("export -d copy")).isEqualTo(user.ok("export"));
        failed(user.run("export", "-o", "all.jsonl"), 1, "all.jsonl is there already");
    }

    @Test
    void importTellsItsGuessAndReadsStandardInput() {
        Session.Reply reply = user.typing("code,name\nCH,Switzerland\n").run("import", "-", "--space", "countries");
        assertThat(reply.code()).isZero();
        assertThat(reply.err())
                .contains("countries: the key is column 'code': it has a value of its own in the only row");
        assertThat(user.ok("get countries CH")).isEqualTo("{\"code\":\"CH\",\"name\":\"Switzerland\"}\n");
    }

    @Test
    void aBrokenFileLeavesTheDatabaseAsItWas() {
        user.ok("put pets a dog");
        user.file("in/a.csv", "id,name\n1,x\n").file("in/b.json", "[{\"id\":1},\n{\"id\":}]");
        failed(user.run("import", "in"), 1, ": in/b.json, line 2: ", "not JSON");
        assertThat(user.ok("spaces --json")).isEqualTo("{\"space\":\"pets\",\"keys\":1}\n");
        failed(user.run("import", "none.csv"), 1, "none.csv", "no such file");
        failed(user.file("empty.csv", "").run("import", "empty.csv"), 1, "empty.csv", "the file is empty");
    }

    @Test
    void whatIsNotThereIsSaidInOneLine() {
        failed(user.run("get", "pets", "a"), 1, "there is no database in db", "coppice demo");
        assertThat(directory.resolve("db")).doesNotExist();
        user.ok("put pets a dog");
        failed(user.run("get", "pets", "b"), 1, "no key 'b' in pets");
        failed(user.run("get", "cars", "b"), 1, "no space 'cars'", "pets");
        failed(user.run("scan", "pets", "--at", "nowhere"), 1, "nowhere");
        failed(user.run("delete", "pets", "b"), 1, "no key 'b'", "nothing was removed");
        failed(user.run("scan", "pets", "--prefix", "a", "--from", "b"), 2, "--prefix does not go together");
        failed(user.run("put", "pets", "", "x"), 1, "key");
        failed(user.run("get", "pets", "a", "-b", "nobody"), 1, "nobody");
    }

    @Test
    void aDirectoryThatIsNoDatabaseIsRefusedAndLeftAlone() {
        user.file("db/letter.txt", "dear reader");
        failed(user.run("get", "pets", "a"), 1, "db");
        failed(user.run("put", "pets", "a", "x"), 1, "db");
        assertThat(directory.resolve("db")).isDirectoryContaining("glob:**letter.txt");
        failed(user.file("file", "x").run("get", "pets", "a", "-d", "file"), 1, "file");
    }

    @Test
    void aDatabaseThatIsOpenElsewhereIsSaidToBe() {
        user.ok("put pets a dog");
        try (Database db = Coppice.open(directory.resolve("db"))) {
            failed(user.run("get", "pets", "a"), 1, "(error 301)");
            assertThat(db.space("pets").text("a")).contains("dog");
            assertThat(user.ok("inspect db")).contains("generation");
        }
        assertThat(user.ok("get pets a")).isEqualTo("dog\n");
    }

    @Test
    void wrongUsageEndsWithTwoAndSaysWhereHelpIs() {
        failed(user.run("scn", "pets"), 2, "did you mean: coppice scan pets");
        failed(user.run("checkout", "main"), 2, "coppice switch NAME");
        failed(user.run("channel", "publish", "news", "1"), 2, "coppice events append NAME VALUE");
        failed(user.run("zzzzzz"), 2, "coppice help lists them");
        failed(user.run("get"), 2, "SPACE", "coppice help get");
        failed(user.run("scan", "pets", "--no-such"), 2, "--no-such");
        failed(user.run("scan", "pets", "--limit", "many"), 2, "many");
        failed(user.run("scan", "pets", "--revrse"), 2, "did you mean: coppice scan pets --reverse;");
        failed(user.run("--db", "x"), 2, "options come after the command");
        failed(user.run("commit"), 2, "--message");
    }

    @Test
    void everyCommandIsListedAndHasHelp() {
        String overview = user.ok("help");
        for (Commands.Entry entry : Commands.ALL) {
            assertThat(overview).contains("    " + entry.name() + " ");
            assertThat(user.ok("help " + entry.name())).startsWith("Usage: coppice " + entry.name());
        }
        assertThat(user.ok("version"))
                .startsWith("coppice ")
                .contains("Java " + Runtime.version().feature());
        assertThat(user.ok("--version")).isEqualTo(user.ok("version"));
    }

    @Test
    void coloursComeOnATerminalOrWhenAskedFor() {
        user.ok("put pets a dog");
        assertThat(user.ok("diff")).doesNotContain("\u001b");
        assertThat(user.ok("diff --color always")).contains("\u001b[32m");
        user.atTerminal();
        assertThat(user.ok("diff")).contains("\u001b[32m");
        assertThat(user.ok("diff --color never")).doesNotContain("\u001b");
        assertThat(user.ok("scan pets")).contains("key", "value", "1 row");
        assertThat(user.ok("help") + user.ok("help get")).contains("\u001b[");
        user.with("NO_COLOR", "1");
        assertThat(user.ok("help") + user.ok("help get")).doesNotContain("\u001b");
        assertThat(user.ok("diff")).doesNotContain("\u001b");
        assertThat(user.ok("diff --color always")).contains("\u001b[32m");
    }

    @Test
    void checkFindsNothingWrongAndCompactKeepsEverything() {
        user.ok("put pets a dog");
        user.ok("commit -m one");
        assertThat(user.ok("check")).contains("everything is as it was written");
        user.ok("gc");
        assertThat(user.ok("get pets a")).isEqualTo("dog\n");
    }

    @Test
    void theWarmUpLeavesNoTrace() {
        assertThat(user.ok("warm-up")).isEmpty();
        assertThat(directory).isEmptyDirectory();
    }
}
