package coppice.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Databases that exchange commits, as typed.
class ExchangeCommandsTest {
    @TempDir
    Path directory;

    private Session user;

    @BeforeEach
    void sitDown() {
        user = new Session(directory).with("COPPICE_DB", "db");
        user.ok("put s a one");
        user.ok("commit -m one");
        user.ok("tag v1");
    }

    private void fails(String line, String... words) {
        Session.Reply reply = user.run(line.split(" ", -1));
        assertThat(reply.code()).as(reply.toString()).isOne();
        assertThat(reply.err()).contains(words).doesNotContain("mistake in Coppice");
    }

    @Test
    void workGoesThereAndBack() {
        user.ok("clone db copy");
        assertThat(user.ok("get s a -d copy")).isEqualTo("one\n");
        assertThat(user.ok("remote -d copy")).contains("origin");
        user.ok("put s b two -d copy");
        user.ok("commit -m two -d copy");
        assertThat(user.ok("push -d copy")).contains("pushed main");
        assertThat(user.ok("get s b")).isEqualTo("two\n");
        assertThat(user.ok("push -d copy")).contains("over there already");
        user.ok("put s a three");
        user.ok("commit -m three");
        assertThat(user.ok("fetch -d copy")).contains("remotes/origin/main", "forwarded");
        assertThat(user.ok("fetch -d copy")).contains("nothing new");
        assertThat(user.ok("pull -d copy")).contains("merged");
        assertThat(user.ok("get s a -d copy")).isEqualTo("three\n");
    }

    @Test
    void aPushThatWouldDropCommitsIsRefused() {
        user.ok("clone db copy");
        user.ok("put s b two");
        user.ok("commit -m two");
        user.ok("put s c three -d copy");
        user.ok("commit -m three -d copy");
        fails("push -d copy", "not part of this", "coppice pull");
        user.ok("push --force -d copy");
        assertThat(user.ok("get s c")).isEqualTo("three\n");
        user.ok("undo");
        assertThat(user.ok("get s b")).isEqualTo("two\n");
        fails("fetch nowhere -d copy", "nowhere");
        fails("clone nothing new", "nothing");
    }

    @Test
    void aBundleCarriesHistoryInAFile() throws IOException {
        assertThat(user.ok("bundle create all.bundle")).contains("heads/main", "tags/v1", "2 commits");
        assertThat(user.ok("bundle verify all.bundle")).contains("heads/main");
        user.ok("clone all.bundle copy");
        assertThat(user.ok("get s a -d copy --at v1")).isEqualTo("one\n");
        byte[] bytes = Files.readAllBytes(directory.resolve("all.bundle"));
        Files.write(directory.resolve("cut.bundle"), java.util.Arrays.copyOf(bytes, bytes.length - 10));
        fails("bundle verify cut.bundle", "error 600");
        fails("bundle verify cut.bundle", "get this one again from where it was made");
        Files.writeString(directory.resolve("notes.txt"), "no bundle, but long enough to have a header: ".repeat(3));
        fails(
                "bundle verify notes.txt",
                "a bundle, which begins with COPBNDL, found other bytes. Nothing was changed. Give");
        user.ok("put s b two");
        user.ok("commit -m two");
        assertThat(user.ok("bundle create more.bundle main --since v1")).contains("needs ", "1 commit");
    }

    @Test
    void aBackupIsRestored() {
        user.ok("put s x uncommitted");
        assertThat(user.run("backup", "safe").err()).contains("backed up");
        user.ok("put s y more");
        assertThat(user.run("backup", "safe").err()).contains("backed up 0 new commits");
        user.ok("restore safe again");
        assertThat(user.ok("scan s --keys -d again")).isEqualTo("a\nx\ny\n");
        assertThat(user.ok("reflog -d again")).contains("commit");
    }
}
