package coppice.cli.command;

import coppice.api.Branch;
import coppice.api.Commit;
import coppice.api.Database;
import coppice.cli.render.Amounts;
import coppice.cli.render.ProgressBar;
import coppice.cli.render.Screen;
import coppice.cli.render.Style;
import coppice.cli.render.Table;
import coppice.cli.render.Text;
import coppice.cli.source.Check;
import coppice.cli.source.Import;
import coppice.cli.source.InputException;
import coppice.cli.source.KeyChoice;
import coppice.cli.source.TableFile;
import coppice.cli.view.Shown;
import coppice.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Reads tables from files into spaces. Every file is checked to its end before the first row is written.
final class ImportTask extends DatabaseTask {
    @Parameters(
            paramLabel = "FILE",
            description = "A CSV, JSON or JSON lines file, a directory of such files, or - for standard input.")
    private String from = "";

    @Option(names = "--space", paramLabel = "NAME", description = "The space to write to; else the file's name.")
    private Optional<String> space = Optional.empty();

    @Option(
            names = {"-k", "--key"},
            paramLabel = "COLUMN",
            description = "The column that is the key, # for row numbers; else a guess, which is told.")
    private Optional<String> key = Optional.empty();

    @Option(
            names = {"-m", "--commit"},
            paramLabel = "MESSAGE",
            description = "Commit afterwards, with this message.")
    private Optional<String> message = Optional.empty();

    private List<TableFile> files = List.of();

    /// Looks for the files before a database is made.
    @Override
    void checkUsage() {
        if (!from.equals("-")) {
            files = TableFile.in(shell().directory().resolve(from));
        }
    }

    @Override
    boolean mayCreate() {
        return true;
    }

    @Override
    int run(Database db) {
        if (!from.equals("-")) {
            load(db, files);
            return OK;
        }
        Path copy = copyOfInput();
        try {
            load(db, TableFile.in(copy));
        } finally {
            delete(copy);
        }
        return OK;
    }

    private void load(Database db, List<TableFile> files) {
        if (space.isPresent() && files.size() > 1) {
            throw Failure.usage(
                    "--space names one space, but there are " + files.size() + " files; import them one by one");
        }
        Screen screen = screen();
        List<Check> tables = new ArrayList<>();
        for (TableFile file : files) {
            TableFile named = from.equals("-") ? file.into("stdin") : file;
            tables.add(check(space.map(named::into).orElse(named)));
        }
        Branch branch = branch(db);
        List<Json> imported = new ArrayList<>();
        Table report = new Table()
                .words("space")
                .numbers("rows")
                .numbers("bytes")
                .numbers("time")
                .numbers("rate");
        for (Check table : tables) {
            try (ProgressBar bar = new ProgressBar(barScreen(), table.space(), "rows", table.rows(), shell().nanos())) {
                Import.Result result = Import.into(branch, table, bar::advance);
                long nanos = bar.elapsed();
                imported.add(Json.object(
                        "space", table.space(), "key", key(table), "rows", result.rows(), "bytes", result.bytes()));
                report.row(
                        Text.of(table.space(), Style.CYAN),
                        Text.of(Amounts.count(result.rows())),
                        Text.of(Amounts.bytes(result.bytes())),
                        Text.of(Amounts.time(nanos)),
                        Text.of(Amounts.rate(result.rows(), nanos)));
            }
        }
        Optional<Commit> commit = message.map(branch::commit);
        if (isJson()) {
            json(Json.object(
                    "branch", branchName(),
                    "tables", new Json.Arr(imported),
                    "commit", commit.map(made -> made.id().hex()).orElse(null)));
            return;
        }
        screen.table(report);
        commit.ifPresentOrElse(
                made -> screen.line(Text.of("  ").plus(Shown.commit(made))),
                () -> note("on " + branchName() + ", not yet committed: coppice commit -m MESSAGE"));
    }

    private Check check(TableFile file) {
        try (ProgressBar bar = new ProgressBar(barScreen(), "checking " + file.space(), "rows", 0, shell().nanos())) {
            Check table = Check.of(file, key, bar::advance);
            if (!isJson()) {
                note(keyNote(table));
            }
            return table;
        }
    }

    /// The column that is the key; none where rows are numbered or name their keys.
    private static Json key(Check table) {
        return table.key() instanceof KeyChoice.Column(String name, String _) ? Json.of(name) : Json.Null.VALUE;
    }

    /// What is the key, and why, in one line.
    static String keyNote(Check table) {
        return table.space() + ": "
                + switch (table.key()) {
                    case KeyChoice.Column(String name, String reason) -> "the key is column '" + name + "': " + reason;
                    case KeyChoice.RowNumber(String reason) -> "the key is the row's number: " + reason;
                    case KeyChoice.Exported(String reason) -> "each row names its key: " + reason;
                };
    }

    private Path copyOfInput() {
        try {
            Path copy = Files.createTempFile("coppice-", ".input");
            Files.copy(shell().in(), copy, StandardCopyOption.REPLACE_EXISTING);
            return copy;
        } catch (IOException failure) {
            throw new Failure("standard input cannot be read: " + InputException.reason(failure), failure);
        }
    }

    private void delete(Path copy) {
        try {
            Files.deleteIfExists(copy);
        } catch (IOException failure) {
            note("the temporary file " + copy + " could not be removed");
        }
    }
}
