package coppice.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Proofs, as typed.
class ProofCommandsTest {
    @TempDir
    Path directory;

    private Session user;

    @BeforeEach
    void sitDown() {
        user = new Session(directory).with("COPPICE_DB", "db");
        user.ok("put pets rex dog");
        user.ok("put pets tom cat");
        user.ok("commit -m pets");
    }

    private String head() {
        String line = user.ok("show --json").lines().findFirst().orElseThrow();
        return line.replaceAll(".*?\"id\":\"([0-9a-f]{64})\".*", "$1");
    }

    private String verified(String file) {
        return new Session(directory).with("COPPICE_DB", "none").ok("verify " + file + " --commit " + head());
    }

    @Test
    void whatIsThereAndWhatIsNotIsProvedInAFile() {
        assertThat(user.run("prove", "pets", "rex", "-o", "rex.proof").err())
                .contains("wrote a proof of ", "coppice verify rex.proof --commit " + head());
        assertThat(verified("rex.proof")).isEqualTo("✓ pets has rex: dog\n");
        user.ok("prove pets max --at main -o max.proof");
        assertThat(verified("max.proof")).isEqualTo("✓ pets has no max\n");
        user.ok("prove nothing max -o nothing.proof");
        assertThat(verified("nothing.proof --json"))
                .isEqualTo("{\"space\":\"nothing\",\"key\":\"max\",\"outcome\":\"absent\"}\n");
        assertThat(verified("rex.proof --json"))
                .isEqualTo("{\"space\":\"pets\",\"key\":\"rex\",\"text\":\"dog\",\"outcome\":\"present\"}\n");
        assertThat(user.ok("prove pets rex --json")).contains("\"commit\":\"" + head(), "\"proof64\":\"Q09QUFJPRg");
        assertThat(user.ok("prove pets rex")).startsWith("COPPROF\0");
    }

    @Test
    void rangesAreProved() {
        user.ok("prove pets -o all.proof");
        assertThat(verified("all.proof")).isEqualTo("rex  dog\ntom  cat\n✓ pets has 2 rows in the range\n");
        user.ok("prove pets --from a --limit 1 -o part.proof");
        assertThat(verified("part.proof"))
                .isEqualTo("rex  dog\n✓ pets has 1 row in the range before tom, of what follows nothing is proved\n");
        assertThat(verified("part.proof --json").lines().toList().getLast())
                .isEqualTo("{\"outcome\":\"range\",\"space\":\"pets\",\"entries\":1,\"complete\":false,"
                        + "\"next\":{\"key\":\"tom\"}}");
        user.ok("prove pets --prefix s -o none.proof");
        assertThat(verified("none.proof")).isEqualTo("✓ pets has 0 rows in the range\n");
    }

    @Test
    void whatIsNotProvedFails() throws IOException {
        user.ok("prove pets rex -o rex.proof");
        String first = head();
        user.ok("put pets rex wolf");
        user.ok("commit -m wolf");
        Session.Reply other = user.run("verify", "rex.proof", "--commit", head());
        assertThat(other.code()).isOne();
        assertThat(other.out()).startsWith("✗ proves nothing: ").contains("expected chunk " + head(), first);
        assertThat(user.ok("verify rex.proof --commit " + first)).contains("rex: dog");
        Path file = directory.resolve("rex.proof");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        Files.write(file, bytes);
        Session.Reply altered = user.run("verify", "rex.proof", "--commit", first, "--json");
        assertThat(altered.code()).isOne();
        assertThat(altered.out()).startsWith("{\"outcome\":\"invalid\",\"why\":\"");
    }

    @Test
    void mistakesAreAnswered() {
        user.ok("prove pets rex -o rex.proof");
        fails("prove pets rex -o rex.proof", "is there already");
        makesNoSense("prove pets rex --prefix r", "use one or the other");
        makesNoSense("prove pets --limit 0", "--limit takes 1 to 65536");
        makesNoSense("verify rex.proof --commit " + head().substring(0, 12), "all 64 hexadecimal digits");
        fails("verify none.proof --commit " + head(), "none.proof cannot be read");
        assertThat(user.run("verify", "rex.proof").code()).isEqualTo(Task.USAGE);
        assertThat(user.atTerminal().run("prove", "pets", "rex").err()).contains("say where to write it: -o FILE");
    }

    private void fails(String line, String words) {
        ends(line, Task.FAILED, words);
    }

    private void makesNoSense(String line, String words) {
        ends(line, Task.USAGE, words);
    }

    private void ends(String line, int code, String words) {
        Session.Reply reply = user.run(line.split(" ", -1));
        assertThat(reply.code()).as(reply.toString()).isEqualTo(code);
        assertThat(reply.err()).contains(words).doesNotContain("mistake in Coppice");
    }
}
