package coppice.cli.command;

import coppice.cli.render.Screen;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/// What a command has around it; a test hands in its own.
///
/// @param in standard input
/// @param out standard output, UTF-8
/// @param err standard error, UTF-8
/// @param environment the environment variables
/// @param directory where relative paths begin
/// @param terminal what the terminal can show, or [Screen.Look#PIPE] when there is none
/// @param columns the terminal's width, asked only when needed
/// @param nanos a clock that only goes forward, in nanoseconds
public record Shell(
        InputStream in,
        PrintStream out,
        PrintStream err,
        Map<String, String> environment,
        Path directory,
        Screen.Look terminal,
        IntSupplier columns,
        LongSupplier nanos) {
    /// Copies the environment.
    public Shell {
        environment = Map.copyOf(environment);
    }

    /// Whether output is coloured where nothing else is asked for: on a terminal, unless `NO_COLOR` is set.
    boolean colour() {
        return terminal.colour() && environment.getOrDefault("NO_COLOR", "").isEmpty();
    }

    /// Standard output, coloured or not.
    Screen screen(boolean coloured) {
        return new Screen(out, new Screen.Look(coloured, terminal.live(), terminal.unicode()), columns);
    }
}
