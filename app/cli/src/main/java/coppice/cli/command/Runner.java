package coppice.cli.command;

import coppice.api.DatabaseException;
import coppice.cli.source.InputException;
import coppice.json.Json;
import java.io.File;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.OptionSpec;

/// Runs one command: reads its options, and turns whatever goes wrong into one line and an exit code.
final class Runner {
    /// What is wrong, the line that it is in with a caret below it, and what is said behind.
    private static final Pattern PLACED = Pattern.compile("(.*)\n([^\n]*\n *\\^)(.*)", Pattern.DOTALL);

    private Runner() {}

    static int run(Shell shell, String name, String line, Task task, List<String> arguments) {
        task.attach(shell, Stream.concat(Stream.of(name), arguments.stream()).toList());
        CommandLine command = new CommandLine(task);
        command.setCommandName("coppice " + name);
        command.getCommandSpec().usageMessage().description(line + ".", "").sortOptions(false);
        if (arguments.contains("-h") || arguments.contains("--help")) {
            int columns = Math.clamp(shell.columns().getAsInt(), 60, 120);
            command.getCommandSpec().usageMessage().width(columns);
        }
        command.getCommandSpec()
                .addOption(OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("Show this help.")
                        .build());
        command.setOut(new PrintWriter(shell.out(), true, StandardCharsets.UTF_8));
        command.setErr(new PrintWriter(shell.err(), true, StandardCharsets.UTF_8));
        command.setColorScheme(CommandLine.Help.defaultColorScheme(shell.colour() ? Ansi.ON : Ansi.OFF));
        command.setCaseInsensitiveEnumValuesAllowed(true);
        command.setUnmatchedOptionsArePositionalParams(task.takesNegativeNumbers());
        command.setParameterExceptionHandler((wrong, given) -> {
            String said = oneLine(String.valueOf(wrong.getMessage())) + meant(task, wrong) + "; coppice help " + name
                    + " shows what it takes";
            shell.err()
                    .println(
                            arguments.contains("--json") ? error(said, wrong).text() : "coppice " + name + ": " + said);
            return Task.USAGE;
        });
        command.setExecutionExceptionHandler((failure, run, parsed) -> failed(shell, task, failure));
        try {
            return command.execute(arguments.toArray(String[]::new));
        } catch (OutOfMemoryError full) {
            shell.err().println("coppice: not enough memory; give Java more with JAVA_TOOL_OPTIONS=-Xmx2g");
            return Task.FAILED;
        } finally {
            shell.out().flush();
            shell.err().flush();
        }
    }

    private static int failed(Shell shell, Task task, Exception failure) {
        shell.out().flush();
        String said = words(failure).replace(shell.directory() + File.separator, ""); // as the user would name it
        Matcher placed = PLACED.matcher(said);
        String first = (placed.matches() ? placed.group(1) + placed.group(3) : said) + task.hint();
        String place = placed.matches() ? '\n' + placed.group(2) : "";
        shell.err()
                .println(task.isJson() ? error(first + place, failure).text() : "coppice: " + oneLine(first) + place);
        if (task.isVerbose()) {
            failure.printStackTrace(shell.err());
        }
        return failure instanceof Failure known ? known.code() : Task.FAILED;
    }

    /// What went wrong, for programs.
    private static Json.Obj error(String words, Exception failure) {
        Json.Obj error = Json.object("error", words);
        if (failure instanceof DatabaseException known) {
            Json.Obj context = Json.object();
            for (var fact : known.context().entrySet()) {
                context = context.with(fact.getKey(), Json.of(fact.getValue()));
            }
            error = error.with("code", Json.of(known.code().number()))
                    .with("name", Json.of(known.code().name()))
                    .with("context", context);
        }
        return error;
    }

    /// The line with the option that somebody may have meant.
    private static String meant(Task task, CommandLine.ParameterException wrong) {
        if (wrong.getArgSpec() != null && wrong.getArgSpec().type().isEnum() && wrong.getValue() != null) {
            List<String> words = Stream.of(wrong.getArgSpec().type().getEnumConstants())
                    .map(String::valueOf)
                    .filter(word -> !word.equals("drop")) // nobody is to run that by a slip
                    .toList();
            return Suggestion.instead(task.line(), wrong.getValue(), words);
        }
        if (!(wrong instanceof CommandLine.UnmatchedArgumentException unmatched)
                || !unmatched.isUnknownOption()
                || unmatched.getUnmatched().isEmpty()) {
            return "";
        }
        String option = unmatched.getUnmatched().getFirst().split("=", 2)[0];
        Set<String> options =
                wrong.getCommandLine().getCommandSpec().optionsMap().keySet();
        return Suggestion.instead(task.line(), option, options);
    }

    private static String words(Exception failure) {
        return switch (failure) {
            case Failure known -> String.valueOf(known.getMessage());
            case InputException known -> String.valueOf(known.getMessage());
            case DatabaseException known ->
                Wording.of(String.valueOf(known.getMessage())) + " (error "
                        + known.code().number() + ")";
            default ->
                "this is a mistake in Coppice, please report it: " + failure
                        + "; the same command with --verbose shows where it happened";
        };
    }

    private static String oneLine(String message) {
        return message.replace("\r", "").replace('\n', ' ');
    }
}
