package coppice.cli.command;

import coppice.cli.render.Screen;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// A command: its options, and what it does with them. Made for one call.
abstract class Task implements Callable<Integer> {
    /// The exit code of success.
    static final int OK = 0;

    /// The exit code of a command that could not do what was asked.
    static final int FAILED = 1;

    /// The exit code of options that make no sense.
    static final int USAGE = 2;

    private enum Colour {
        auto,
        always,
        never
    }

    @Option(
            names = "--color",
            paramLabel = "WHEN",
            description = "Colours: auto (the default: on a terminal, unless NO_COLOR is set), always or never.")
    private Colour colour = Colour.auto;

    @Option(names = "--verbose", description = "Show where an error comes from.")
    private boolean verbose;

    private @Nullable Shell shell;
    private List<String> line = List.of();
    private String hint = "";

    /// Gives the task what is around it. Called once, before anything else.
    ///
    /// @param words the command line, without the program
    final void attach(Shell around, List<String> words) {
        shell = around;
        line = List.copyOf(words);
    }

    /// The command line, without the program.
    final List<String> line() {
        return line;
    }

    /// What is added to the error that ends the command; empty when nothing is.
    final String hint() {
        return hint;
    }

    /// Adds to the error that is about to end the command.
    final void hint(String words) {
        hint = words;
    }

    /// Whether output is for programs.
    boolean isJson() {
        return false;
    }

    /// Whether words may be negative numbers. Then what is no option is a word, whatever it begins with.
    boolean takesNegativeNumbers() {
        return false;
    }

    final Shell shell() {
        if (shell == null) {
            throw new IllegalStateException("The task is not attached to a shell");
        }
        return shell;
    }

    final boolean isVerbose() {
        return verbose;
    }

    /// Standard output as it may be written to.
    final Screen screen() {
        return shell().screen(
                        switch (colour) {
                            case always -> true;
                            case never -> false;
                            case auto -> shell().colour();
                        });
    }

    /// A note for the person at the terminal, which must not get into the data that goes through a pipe.
    final void note(String message) {
        shell().err().println(message);
    }

    /// Does the work.
    ///
    /// @return the exit code
    @Override
    public abstract Integer call();
}
