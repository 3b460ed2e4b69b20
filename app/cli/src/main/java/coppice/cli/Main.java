package coppice.cli;

import coppice.cli.command.Commands;
import coppice.cli.command.Shell;
import coppice.cli.render.Screen;
import java.io.BufferedOutputStream;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The `coppice` command: puts the process around [Commands].
public final class Main {
    private Main() {}

    /// Runs one command and ends the process with its exit code.
    public static void main(String[] arguments) {
        Map<String, String> environment = System.getenv();
        Screen.Look look = look(environment);
        // Whatever the locale says, data is UTF-8: what export writes, import must be able to read.
        PrintStream out = stream(FileDescriptor.out, look.live());
        PrintStream err = stream(FileDescriptor.err, true);
        Shell shell = new Shell(
                System.in,
                out,
                err,
                environment,
                Path.of("").toAbsolutePath(),
                look,
                new Columns(environment),
                System::nanoTime);
        int code = Commands.run(shell, arguments);
        out.flush();
        System.exit(code);
    }

    private static PrintStream stream(FileDescriptor descriptor, boolean perLine) {
        return new PrintStream(
                new BufferedOutputStream(new FileOutputStream(descriptor), 1 << 16), perLine, StandardCharsets.UTF_8);
    }

    private static Screen.Look look(Map<String, String> environment) {
        // Java 25 says null where there is no terminal, 22 to 24 give a console that says it is none.
        Optional<Console> console = Optional.ofNullable(System.console()).filter(Console::isTerminal);
        if (console.isEmpty() || environment.getOrDefault("TERM", "").equals("dumb")) {
            return Screen.Look.PIPE;
        }
        Charset charset = console.get().charset();
        boolean unicode =
                charset.name().toLowerCase(Locale.ROOT).startsWith("utf") || charset.equals(StandardCharsets.US_ASCII);
        return new Screen.Look(true, true, unicode);
    }
}
