package coppice.cli.command;

import coppice.cli.demo.Demo;
import coppice.cli.reference.ReferenceTables;
import coppice.cli.render.ProgressBar;
import coppice.cli.render.Screen;
import coppice.cli.render.Style;
import coppice.cli.render.Text;
import coppice.cli.source.Check;
import coppice.cli.source.InputException;
import coppice.cli.source.Row;
import coppice.cli.source.Rows;
import coppice.cli.source.TableFile;
import coppice.cli.view.Shown;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/// Shows everything on real data and leaves the database behind.
final class DemoTask extends Task {
    /// Where the demo leaves its database by default, and where the other commands look by default.
    static final String DIRECTORY = "coppice-demo";

    private static final String MANIFEST = "MANIFEST";

    @Option(
            names = "--from",
            paramLabel = "FILE",
            description = "Your own data instead: a CSV, JSON or JSON lines file, or a directory of such files.")
    private Optional<String> from = Optional.empty();

    @Option(
            names = {"-k", "--key"},
            paramLabel = "COLUMN",
            description = "The column of your data that is the key, # for row numbers; else a guess, which is told.")
    private Optional<String> key = Optional.empty();

    @Option(
            names = {"-d", "--db"},
            paramLabel = "DIR",
            description = "Where the database goes; else " + DIRECTORY + ", with a number when that is taken.")
    private Optional<String> to = Optional.empty();

    @Option(names = "--force", description = "Replace the database that is there.")
    private boolean force;

    @Override
    public Integer call() {
        Screen screen = screen();
        List<Supplier<Rows>> tables = from.isPresent() ? own(screen, from.get()) : world();
        String directory = target();
        screen.line(Text.of("Coppice demo", Style.BOLD).plus("  a new database in " + directory, Style.DIM));
        Demo demo = new Demo(screen, shell().nanos());
        demo.play(shell().directory().resolve(directory).toString(), tables, from.isEmpty());
        demo.goOn(program(), directory, example(tables));
        screen.blank();
        return OK;
    }

    private static List<Supplier<Rows>> world() {
        return ReferenceTables.recipes().stream()
                .map(ReferenceTables.Recipe::make)
                .toList();
    }

    private List<Supplier<Rows>> own(Screen screen, String path) {
        List<Supplier<Rows>> tables = new ArrayList<>();
        for (TableFile file : TableFile.in(shell().directory().resolve(path))) {
            try (ProgressBar bar = new ProgressBar(screen, "checking " + file.space(), "rows", 0, shell().nanos())) {
                Check table = Check.of(file, key, bar::advance);
                tables.add(() -> table);
            }
            screen.line(Text.of(ImportTask.keyNote((Check) tables.getLast().get()), Style.DIM));
        }
        return tables;
    }

    /// A space and a key to show commands with: of the JDK's tables a country, else the first row.
    private Optional<List<String>> example(List<Supplier<Rows>> tables) {
        if (from.isEmpty()) {
            return Optional.of(List.of("countries", "NL"));
        }
        try (Rows.Reading reading = tables.getFirst().get().read()) {
            Row row = reading.next();
            return Optional.of(List.of(quoted(row.space()), quoted(Shown.key(row.key()))));
        }
    }

    /// A word as a POSIX shell reads it back.
    static String quoted(String word) {
        return word.matches("[A-Za-z0-9_./:@%+=,-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    private String program() {
        return shell().environment().getOrDefault("COPPICE_PROGRAM", "coppice");
    }

    private String target() {
        if (to.isPresent()) {
            if (!isFree(to.get())) {
                replace(to.get());
            }
            return to.get();
        }
        if (force && !isFree(DIRECTORY)) {
            replace(DIRECTORY);
        }
        String name = DIRECTORY;
        for (int number = 2; !isFree(name); number++) {
            name = DIRECTORY + "-" + number;
        }
        return name;
    }

    private boolean isFree(String name) {
        Path path = shell().directory().resolve(name);
        if (!Files.exists(path)) {
            return true;
        }
        try (Stream<Path> entries = Files.list(path)) {
            return entries.findAny().isEmpty();
        } catch (IOException notADirectory) {
            return false;
        }
    }

    private void replace(String name) {
        if (!force) {
            throw new Failure(name + " is there already; choose another directory with -d, or replace it with --force");
        }
        Path path = shell().directory().resolve(name);
        if (!Files.isRegularFile(path.resolve(MANIFEST))) {
            throw new Failure(
                    name + " is not a Coppice database, so --force does not remove it; choose another with -d");
        }
        try {
            Directories.delete(path);
        } catch (IOException failure) {
            throw new Failure(name + " cannot be removed: " + InputException.reason(failure), failure);
        }
    }
}
