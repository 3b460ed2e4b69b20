package coppice.cli.command;

import coppice.cli.render.Screen;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// A user in a directory: types commands and sees what comes back.
final class Session {
    private final Path directory;
    private final Map<String, String> environment = new HashMap<>();
    private Screen.Look look = Screen.Look.PIPE;
    private String input = "";
    private LongSupplier nanos = System::nanoTime;

    Session(Path directory) {
        this.directory = directory;
    }

    /// What a command left behind.
    ///
    /// @param code its exit code
    /// @param out its standard output
    /// @param err its standard error
    record Reply(int code, String out, String err) {}

    /// Sets an environment variable.
    Session with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /// Gives the next commands this to read.
    Session typing(String text) {
        input = text;
        return this;
    }

    /// Looks at a terminal with colours from now on.
    Session atTerminal() {
        look = new Screen.Look(true, true, true);
        return this;
    }

    /// Looks at output that goes into a pipe from now on.
    Session inPipe() {
        look = Screen.Look.PIPE;
        return this;
    }

    /// Lets each look at the clock take so many nanoseconds.
    Session slow(long tick) {
        AtomicLong now = new AtomicLong();
        nanos = () -> now.addAndGet(tick);
        return this;
    }

    /// Runs words as a command line.
    Reply run(String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Shell shell = new Shell(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(err, false, StandardCharsets.UTF_8),
                environment,
                directory,
                look,
                () -> 100,
                nanos);
        int code = Commands.run(shell, words);
        return new Reply(code, text(out), text(err));
    }

    /// Runs a line without quotes, which must succeed, and returns what it wrote.
    String ok(String line) {
        Reply reply = run(line.split(" ", -1));
        if (reply.code() != 0) {
            throw new AssertionError("coppice " + line + " ended with " + reply);
        }
        return reply.out();
    }

    /// Writes a file.
    Session file(String name, String content) {
        try {
            Path path = directory.resolve(name);
            Files.createDirectories(path.getParent());
            Files.writeString(path, content);
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
        return this;
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }
}
