package coppice.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Programs in the database's directory that are asked and told.
class HookCommandsTest {
    @TempDir
    Path directory;

    private Session user;

    @BeforeEach
    void sitDown() {
        user = new Session(directory).with("COPPICE_DB", "db");
        user.ok("put s a 1");
        user.ok("commit -m first");
    }

    private void hook(String name, String script) throws IOException {
        user.file("db/hooks/" + name, "#!/bin/sh\n" + script + "\n");
        assertThat(directory.resolve("db/hooks/" + name).toFile().setExecutable(true))
                .isTrue();
    }

    @Test
    void aProgramRefusesACommitAndSaysWhy() throws IOException {
        hook("pre-commit", "grep -q removed || exit 0\necho nothing is removed from $COPPICE_BRANCH\nexit 1");
        user.ok("put s b 2");
        user.ok("commit -m second");
        user.ok("del s a");
        Session.Reply refused = user.run("commit", "-m", "third");
        assertThat(refused.code()).isOne();
        assertThat(refused.err()).contains("pre-commit", "nothing is removed from main");
        assertThat(user.ok("log")).doesNotContain("third");
        assertThat(user.ok("status")).contains("a");
        user.ok("commit --no-verify -m third");
        assertThat(user.ok("log")).contains("third");
    }

    @Test
    void programsAreToldInTheirOrder() throws IOException {
        for (String name : new String[] {"pre-merge", "pre-commit", "post-commit", "post-merge"}) {
            hook(name, "echo " + name + " $COPPICE_ACTION $(wc -l) >> noted");
        }
        hook("ref-update", "echo ref-update $COPPICE_ACTION $COPPICE_REF >> noted");
        user.ok("branch draft");
        user.ok("put s b 2 -b draft");
        user.ok("commit -m second -b draft");
        user.ok("merge draft --no-ff");
        assertThat(Files.readAllLines(directory.resolve("db/noted")))
                .containsExactly(
                        "ref-update branch draft",
                        "pre-commit commit 1",
                        "ref-update commit draft",
                        "post-commit commit 1",
                        "pre-merge merge 1",
                        "pre-commit merge 1",
                        "ref-update merge main",
                        "post-commit merge 1",
                        "post-merge merge 1");
    }

    @Test
    void whatCannotBeExecutedIsNoHook() {
        user.file("db/hooks/pre-commit", "#!/bin/sh\nexit 1\n");
        user.ok("put s b 2");
        user.ok("commit -m second");
    }
}
