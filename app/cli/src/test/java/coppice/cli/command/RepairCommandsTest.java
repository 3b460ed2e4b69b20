package coppice.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `check` and `repair` of a database of which a chunk is damaged.
class RepairCommandsTest {
    @TempDir
    Path directory;

    private Session user;

    @BeforeEach
    void work() {
        user = new Session(directory).with("COPPICE_DB", "db");
        user.ok("put pets rex dog");
        user.ok("commit -m one");
        user.ok("put pets tom cat");
        user.ok("commit -m two");
        user.ok("clone db copy");
    }

    @Test
    void checkNamesTheDamageAndRepairTakesWhatIsMissingFromACopy() throws IOException {
        Bits.turn(directory.resolve("db"), "rex\0dog");
        Session.Reply check = user.run("check");
        assertThat(check.code()).isEqualTo(1);
        assertThat(check.out()).contains(".pack at byte ").contains("run repair");
        assertThat(user.run("check", "--json").out())
                .startsWith("{\"sound\":false,")
                .contains("\"kind\":\"DAMAGED_CHUNK\"");
        assertThat(user.ok("repair --from copy --dry-run")).contains("nothing was changed");
        assertThat(user.run("check").code()).isEqualTo(1);
        assertThat(user.ok("repair --from copy"))
                .contains("took missing chunks from")
                .contains("kept as damaged/")
                .contains("everything is back");
        assertThat(user.ok("check")).contains("everything is as it was written");
        assertThat(user.ok("check --deep")).contains("nothing is derived wrongly");
        assertThat(user.ok("check --deep --json")).startsWith("{\"sound\":true,\"deep\":true,");
        assertThat(user.ok("get pets tom")).isEqualTo("cat\n");
        assertThat(user.ok("repair")).isEqualTo("✓ nothing is damaged\n");
    }

    @Test
    void withoutACopyRepairGivesUpOnlyWhatItMay() throws IOException {
        Bits.turn(directory.resolve("db"), "rex\0dog");
        Session.Reply refused = user.run("repair", "--json");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.out())
                .startsWith("{\"outcome\":\"INCOMPLETE\",")
                .contains("\"losses\":[{")
                .contains("\"rows\":{\"space\":\"pets\"");
        assertThat(user.run("repair").out()).contains("✗ lost: ").contains("give a copy");
        assertThat(user.ok("repair --allow-loss")).contains("✗ lost: ").contains("sound again");
        assertThat(user.ok("check")).contains("everything is as it was written");
    }

    @Test
    void aLostManifestIsMadeAgain() throws IOException {
        Files.delete(directory.resolve("db/MANIFEST"));
        assertThat(user.run("check").err()).contains("coppice repair --dry-run -d db");
        assertThat(user.ok("repair")).contains("made again the MANIFEST").contains("everything is back");
        assertThat(user.ok("check")).contains("everything is as it was written");
        assertThat(user.ok("log")).contains("two", "one");
    }
}
