package coppice.cli;

import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The `coppice` command.
@Command(
        name = "coppice",
        mixinStandardHelpOptions = true,
        description = "A database that branches, merges and travels in time.")
public final class Main {
    private Main() {}

    /// Runs one command and ends the process with its exit code.
    public static void main(String[] args) {
        System.exit(new CommandLine(new Main()).execute(args));
    }

    @Command(name = "version", description = "Prints the version of Coppice and of the Java that runs it.")
    int version() {
        String version = Optional.ofNullable(Main.class.getPackage().getImplementationVersion())
                .orElse("(not packaged)");
        System.out.println("coppice " + version + ", Java " + Runtime.version().feature());
        return 0;
    }

    /// The run from which the launcher makes its ahead-of-time cache: it touches what short commands touch.
    @Command(name = "warm-up", hidden = true)
    int warmUp() {
        return version();
    }
}
