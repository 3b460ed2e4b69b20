package coppice.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Commands under a lock, as typed.
@Timeout(120)
class LockCommandsTest {
    /// Runs until there is a file `go`, or the directory is gone: what goes on after a test keeps the build
    /// waiting.
    private static final String UNTIL_GO = "touch runs; while [ -e runs ] && [ ! -e go ]; do sleep 0.02; done; exit 7";

    @TempDir
    Path directory;

    private Session user;

    @BeforeEach
    void begin() {
        user = new Session(directory).with("COPPICE_DB", "db");
        user.ok("put pets rex dog");
    }

    private CompletableFuture<Session.Reply> running(String... options) {
        String[] words = new String[options.length + 7];
        System.arraycopy(new String[] {"lock", "run"}, 0, words, 0, 2);
        System.arraycopy(options, 0, words, 2, options.length);
        System.arraycopy(new String[] {"nightly", "--", "sh", "-c", UNTIL_GO}, 0, words, options.length + 2, 5);
        CompletableFuture<Session.Reply> reply = CompletableFuture.supplyAsync(
                () -> new Session(directory).with("COPPICE_DB", "db").run(words));
        while (!Files.exists(directory.resolve("runs"))) {
            Thread.onSpinWait();
        }
        return reply;
    }

    private void go() throws IOException {
        Files.createFile(directory.resolve("go"));
    }

    private String listed() {
        return user.ok("lock list --json");
    }

    @Test
    void endsWithTheCodeOfTheCommandAndTellsItWhatItHas() throws IOException {
        Session.Reply reply = user.run(
                "lock",
                "run",
                "nightly",
                "--",
                "sh",
                "-c",
                "echo $COPPICE_LOCK $COPPICE_TOKEN $COPPICE_DB > said; exit 3");
        assertThat(reply.code()).isEqualTo(3);
        assertThat(Files.readString(directory.resolve("said")))
                .isEqualTo("nightly 1 " + directory.resolve("db").toAbsolutePath() + "\n");
        assertThat(listed()).isEmpty();
        user.run("lock", "run", "nightly", "--", "sh", "-c", "echo $COPPICE_TOKEN > said");
        assertThat(Long.parseLong(Files.readString(directory.resolve("said")).strip()))
                .isGreaterThan(1);
    }

    @Test
    void theDatabaseCanBeUsedMeanwhileAndNobodyElseHasTheLock() throws Exception {
        CompletableFuture<Session.Reply> first = running("--owner", "me");
        assertThat(listed()).contains("\"lock\":\"nightly\"", "\"owner\":\"me\"");
        user.ok("put pets tom cat");
        Session.Reply refused = user.run("lock", "run", "nightly", "--", "touch", "second");
        assertThat(refused.code()).isOne();
        assertThat(refused.err()).contains("held by me until", "--wait", "coppice lock break nightly");
        assertThat(user.ok("lock run other -- true")).isEmpty();
        CompletableFuture<Session.Reply> waiting = CompletableFuture.supplyAsync(() -> new Session(directory)
                .with("COPPICE_DB", "db")
                .run("lock", "run", "nightly", "--wait", "1h", "--", "touch", "second"));
        assertThat(Files.exists(directory.resolve("second"))).isFalse();
        go();
        assertThat(first.get().code()).isEqualTo(7);
        assertThat(waiting.get().code()).isZero();
        assertThat(directory.resolve("second")).exists();
        assertThat(listed()).isEmpty();
    }

    @Test
    void theLeaseIsRenewedWhileTheCommandRuns() throws Exception {
        CompletableFuture<Session.Reply> first = running("--ttl", "15s");
        String before = listed();
        while (listed().equals(before)) {
            assertThat(first.isDone()).isFalse();
            LockSupport.parkNanos(20_000_000);
        }
        assertThat(listed()).contains("\"token\":1");
        go();
        assertThat(first.get().err()).isEmpty();
    }

    @Test
    void aLockThatIsTakenAwayIsNotGivenBack() throws Exception {
        CompletableFuture<Session.Reply> first = running();
        user.ok("lock break nightly");
        CompletableFuture<Session.Reply> second = CompletableFuture.supplyAsync(() -> new Session(directory)
                .with("COPPICE_DB", "db")
                .run("lock", "run", "nightly", "--", "sh", "-c", "touch second; " + UNTIL_GO));
        while (!Files.exists(directory.resolve("second"))) {
            Thread.onSpinWait();
        }
        go();
        assertThat(first.get().code()).isEqualTo(7);
        assertThat(second.get().code()).isEqualTo(7);
        assertThat(listed()).isEmpty();
        assertThat(user.run("lock", "break", "nightly").err()).contains("nobody has the lock 'nightly'", "lock list");
    }

    @Test
    void whatCannotBeRunLeavesNoLock() {
        Session.Reply reply = user.run("lock", "run", "nightly", "--", "./no-such-program");
        assertThat(reply.code()).isOne();
        assertThat(reply.err()).contains("./no-such-program cannot be run");
        assertThat(listed()).isEmpty();
        for (String line : new String[] {
            "lock run nightly", "lock break", "lock list a", "lock hold a", "lock run a --ttl x -- true"
        }) {
            assertThat(user.run(line.split(" ")).code()).as(line).isEqualTo(Task.USAGE);
        }
    }

    @Test
    void whoEndsItEndsTheCommandAndGivesTheLockBack() throws Exception {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Xshare:auto",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "coppice.cli.Main",
                        "lock",
                        "run",
                        "-d",
                        "db",
                        "nightly",
                        "--",
                        "sh",
                        "-c",
                        "trap 'touch ended; exit 9' TERM; " + UNTIL_GO)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("said").toFile())
                .start();
        try {
            while (!Files.exists(directory.resolve("runs")) && process.isAlive()) {
                Thread.onSpinWait();
            }
            assertThat(listed()).contains("\"lock\":\"nightly\"");
            process.destroy();
            process.waitFor();
        } finally {
            process.destroyForcibly();
        }
        assertThat(directory.resolve("ended")).exists();
        assertThat(listed()).isEmpty();
    }
}
