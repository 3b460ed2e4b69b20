package coppice.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What takes long says how far it is, to people who look on and to nobody else.
class ProgressTest {
    private static final long SECOND = 1_000_000_000L;

    /// `N` stands for a number that is new each time.
    private static final List<String> LONG = List.of(
            "check",
            "repair --dry-run",
            "repair",
            "gc",
            "import rows.csv -m rows-N",
            "export -o exported-N",
            "clone far cloned-N",
            "pull far",
            "bundle create made-N",
            "bundle verify all.bundle",
            "clone all.bundle cloned-N",
            "backup backup-N",
            "restore kept restored-N",
            "put pets cow moo-N -d far",
            "commit -m more -d far",
            "fetch far",
            "push -d far --to moo-N");

    @TempDir
    Path directory;

    private Session user() {
        Session user = new Session(directory).with("COPPICE_DB", "db").slow(SECOND);
        user.file("rows.csv", "id,name\n1,one\n2,two\n");
        user.ok("put pets rex dog");
        user.ok("commit -m one");
        user.ok("clone db far");
        user.ok("remote add far far");
        user.ok("put pets tom cat -d far");
        user.ok("commit -m two -d far");
        user.ok("backup kept");
        user.ok("bundle create all.bundle");
        return user;
    }

    private static boolean isShort(String line) {
        return line.startsWith("put") || line.startsWith("commit");
    }

    @Test
    void whatTakesLongShowsItsRateOnATerminalOnly() {
        Session user = user();
        int number = 0;
        for (String line : LONG) {
            String told = user.atTerminal().ok(line.replace("N", "" + ++number));
            if (!isShort(line)) {
                assertThat(told).as(line).contains("\r  ").contains("/s");
            }
        }
    }

    @Test
    void programsAndPipesAreNotToldHowFarItIs() {
        Session user = user();
        int number = 0;
        for (String line : LONG) {
            assertThat(user.atTerminal().ok(line.replace("N", "" + ++number) + " --json"))
                    .as(line)
                    .doesNotContain("\r")
                    .doesNotContain("\u001b");
        }
        for (String line : List.of("check", "gc", "clone far cloned")) {
            assertThat(user.inPipe().ok(line)).as(line).doesNotContain("\r");
        }
    }
}
