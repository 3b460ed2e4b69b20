package coppice.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.cli.render.Screens;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTest {
    @TempDir
    Path directory;

    private Session user;

    @BeforeEach
    void sitDown() {
        user = new Session(directory);
    }

    @Test
    void playsTheJdksTablesAndLeavesADatabaseToGoOnWith() {
        String shown = user.ok("demo");
        assertThat(shown)
                .contains("Import the tables of Java", "transitions", "+1 ~9")
                .contains("currency", "\"XOF\" → \"ECO\"")
                .contains("The sides changed different keys")
                .contains("\"The Netherlands\"  \"Kingdom of the Netherlands\"")
                .contains("●", "├─╮", "[reform]")
                .contains("put one row, durable", "open the database again")
                .contains("coppice scan countries -d coppice-demo");
        assertThat(user.ok("get countries NL")).contains("\"en\":\"The Netherlands\"");
        assertThat(user.ok("get countries CH")).contains("\"en\":\"Swiss Confederation\"", "\"rm\":\"Svizra\"");
        assertThat(user.ok("get countries NL --at main~2")).contains("\"en\":\"Netherlands\"");
        assertThat(user.ok("get countries SN")).contains("\"currency\":\"ECO\"");
        assertThat(user.ok("status")).contains("no changes");
        assertThat(user.ok("log --all").lines()).hasSize(10);
        assertThat(user.ok("check")).contains("everything is as it was written");
        assertThat(user.ok("spaces --json").lines()).hasSize(8);
    }

    @Test
    void looksAsItShould() throws IOException {
        String rows = IntStream.range(1, 21)
                .mapToObj(row -> row + ",\"Town " + row + "\"," + row * 1000 + "\n")
                .collect(Collectors.joining());
        String shown = user.file("towns.csv", "id,name,people\n" + rows).ok("demo --from towns.csv");
        String stable = shown.replaceAll("[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9:]{8}  \\S+", "WHEN  WHO")
                .replaceAll("\\b[0-9a-f]{10}\\b", "COMMIT")
                .replaceAll("\\b[0-9.]+ (ns|µs|ms|s)\\b", "TIME")
                .replaceAll("\\b[0-9.]+ [kM]?/s\\b", "RATE")
                .replaceAll("\\b[0-9.]+ ([KM]i)?B\\b", "SIZE")
                .replaceAll("\\b[0-9]+ chunks", "CHUNKS")
                .replaceAll("(?<=\\S) {2,}", "  ");
        stable = inOrder(stable, "Edit 4 rows", "Mark 4 rows");
        stable = inOrder(stable, "Copy the first row", "Remove the last row");
        stable = inOrder(stable, "Edit a row on main", "Edit the same row in a draft");
        Screens.assertGolden(DemoTest.class, "demo.txt", stable);
    }

    /// Two commits of the same generation and millisecond come in either order.
    private static String inOrder(String shown, String first, String second) {
        return shown.replaceAll("( │ ●  .*" + second + ".*\\n)( ● │  .*" + first + ".*\\n)", "$2$1");
    }

    @Test
    void everyCommandItEndsWithWorks() {
        user.file("people.csv", "id,first name\n1,Ada\n2,Grace\n3,O'Neil\n");
        String shown = user.ok("demo --from people.csv");
        String commands = shown.substring(shown.indexOf("Go on with it"));
        commands.lines().skip(1).filter(line -> line.contains("coppice ")).forEach(line -> {
            String command = line.strip().substring("coppice ".length()).split(" {2,}", 2)[0];
            user.ok(command);
        });
        assertThat(commands).contains("get people 1 -d coppice-demo");
    }

    private void plays(String name, String content, String... words) {
        user.file(name, content);
        Session.Reply reply = user.run("demo", "--from", name);
        assertThat(reply.code()).as(reply.toString()).isZero();
        assertThat(reply.out()).contains(words);
    }

    @Test
    void playsTablesOfAnySize() {
        plays("one.csv", "id,name\n1,only\n", "1 row", "Merged with that decision");
        plays("two.json", "[\"a\",\"b\"]", "the key is the row's number");
        for (int rows = 3; rows <= 12; rows++) {
            String lines = IntStream.range(0, rows)
                    .mapToObj(row -> "{\"id\":" + row + ",\"size\":" + row + ".50}")
                    .collect(Collectors.joining("\n"));
            plays("rows" + rows + ".jsonl", lines, "Merged with that decision");
        }
        assertThat(directory.resolve("coppice-demo-12")).isDirectory();
        assertThat(user.ok("scan rows12 -d coppice-demo-12")).contains(".50");
    }

    @Test
    void playsADirectoryWithASpaceForEachFile() {
        user.file("in/cities.csv", "name;people\nBern;134591\nGenf;203856\n").file("in/ids.jsonl", "{\"id\":1}\n");
        String shown = user.ok("demo --from in -d out");
        assertThat(shown).contains("cities: the key is column 'name'", "cities", "ids", "-d out");
        assertThat(user.ok("get ids 1 -d out")).contains("\"id\":1");
    }

    @Test
    void keepsWhatIsThereUnlessForced() {
        user.file("a.csv", "id\n1\n").file("taken/letter.txt", "dear reader");
        user.ok("demo --from a.csv -d mine");
        Session.Reply again = user.run("demo", "--from", "a.csv", "-d", "mine");
        assertThat(again.code()).isEqualTo(1);
        assertThat(again.err()).contains("mine is there already", "--force");
        user.ok("demo --from a.csv -d mine --force");
        Session.Reply foreign = user.run("demo", "--from", "a.csv", "-d", "taken", "--force");
        assertThat(foreign.err()).contains("taken is not a Coppice database");
        assertThat(directory.resolve("taken")).isDirectoryContaining("glob:**letter.txt");
    }

    @Test
    void badInputMakesNoDatabase() {
        Session.Reply reply =
                user.file("a.json", "[{\"id\":1},{\"id\":1}]").run("demo", "--from", "a.json", "--key", "id");
        assertThat(reply.code()).isEqualTo(1);
        assertThat(reply.err()).contains("'1' is already in line 1");
        assertThat(directory.resolve("coppice-demo")).doesNotExist();
    }
}
