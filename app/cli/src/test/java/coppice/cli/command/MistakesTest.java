package coppice.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What people type wrongly is answered in one line that says what to type, in the words of the command line.
class MistakesTest {
    @TempDir
    Path directory;

    private record Mistake(String line, int code, String... words) {
        void check(Session user) {
            Session.Reply reply = user.run(line.split(" ", -1));
            assertThat(reply.code()).as(reply.toString()).isEqualTo(code);
            assertThat(reply.err().strip().lines()).as(line).hasSize(1);
            assertThat(reply.err())
                    .as(line)
                    .startsWith("coppice")
                    .contains(words)
                    .doesNotContain("()")
                    .doesNotContain("Exception");
        }
    }

    private static Mistake fails(String line, String... words) {
        return new Mistake(line, 1, words);
    }

    private static Mistake makesNoSense(String line, String... words) {
        return new Mistake(line, 2, words);
    }

    @Test
    void whatIsNotThereIsNamedAndWhatToTypeInstead() throws IOException {
        Files.writeString(directory.resolve("file.txt"), "no directory");
        Session user = new Session(directory).with("COPPICE_DB", "db");
        user.ok("put pets a dog");
        user.ok("commit -m one");
        user.ok("branch trial");
        for (Mistake mistake : List.of(
                fails("log nope", "'nope' names nothing", "coppice branch, coppice tag and coppice log list them"),
                fails("switch nope", "coppice branch NAME makes it", "coppice branch lists those there are"),
                fails("branch -D trail", "did you mean: coppice branch -D trial"),
                fails("branch -d trial", "no database in trial", "coppice branch --delete NAME"),
                fails("tag -d v1", "no database in v1", "coppice tag --delete NAME"),
                fails("tag --delete v2", "coppice tag lists them"),
                fails("fetch", "coppice remote add NAME DIR adds one"),
                fails("stash pop 3", "coppice stash list shows them"),
                fails("rebase --continue", "coppice rebase ONTO begins one"),
                fails("bundle create all nope", "coppice branch lists them"),
                fails("reflog nope", "'nope' names nothing"),
                fails("reflog trail", "did you mean: coppice reflog trial"),
                fails("blame pest", "no space 'pest'", "did you mean: coppice blame pets"),
                fails("blame pest a", "no commit of main has 'a' in pest", "did you mean: coppice blame pets a"),
                fails("inspect main --space pest", "did you mean: coppice inspect main --space pets"),
                fails("del pest a", "nothing was removed"),
                fails("prove pets a -o none/p", "none/p cannot be written: there is no such file or directory"),
                fails("tag v2 --verify none", "the key file none cannot be read: there is no such file"),
                fails("restore none again", "There is no backup at 'none'"),
                fails("clone none again", "no database and no bundle at 'none'"),
                fails("put s k v -d file.txt/db", "file.txt/db' does not exist"),
                makesNoSense("merge", "coppice merge SOURCE"),
                makesNoSense("rebase", "coppice rebase ONTO"),
                makesNoSense("cherry-pick", "coppice cherry-pick COMMIT"),
                makesNoSense("remote add", "coppice remote add NAME DIR"),
                makesNoSense("reset --hard --soft main", "use one"),
                makesNoSense("branch --rename old", "coppice branch --rename OLD NEW"),
                makesNoSense("bisect start main", "coppice bisect start BAD GOOD"),
                makesNoSense("log --key a", "add --space NAME"),
                makesNoSense("init a b", "Unmatched argument"))) {
            mistake.check(user);
        }
        user.ok("put pets a cat");
        user.ok("commit -m two");
        user.ok("put pets a cow -b trial");
        user.ok("commit -m three -b trial");
        user.run("merge", "trial");
        fails("merge trial", "coppice merge --continue, or --abort").check(user);
        fails("merge --continue", "decide them with coppice resolve").check(user);
    }

    @Test
    void aFileThatIsNotThereMakesNoDatabase() {
        Session user = new Session(directory);
        fails("import none.csv -d db", "none.csv", "no such file").check(user);
        assertThat(directory.resolve("db")).doesNotExist();
    }

    @Test
    void aDatabaseIsMadeWhereInitIsTold() {
        Session user = new Session(directory);
        assertThat(user.run("init", "here").err()).contains("coppice put SPACE KEY VALUE -d here");
        assertThat(directory.resolve("here/MANIFEST")).exists();
        assertThat(user.ok("status -d here")).contains("0 keys in 0 spaces");
        assertThat(user.run("reflog", "-d", "here").err()).contains("main has been at");
        assertThat(user.run("bisect", "-d", "here").err()).contains("no search is on");
    }
}
