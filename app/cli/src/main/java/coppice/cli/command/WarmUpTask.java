package coppice.cli.command;

import coppice.cli.render.Screen;
import coppice.cli.source.InputException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Does what commands do, in a directory that it removes: the launcher runs it once to record which classes a start
/// needs.
final class WarmUpTask extends Task {
    static final String NAME = "warm-up";

    private static final List<String> LINES = List.of(
            "version",
            "help",
            "help get",
            "demo --from table.csv --to db",
            "put db-space key value",
            "get db-space key",
            "spaces",
            "status",
            "scan table --limit 3",
            "scan table --prefix 1 --json",
            "count table",
            "commit -m change",
            "branch other",
            "branch",
            "delete table 2 -b other",
            "commit -m removal -b other",
            "diff main other",
            "merge other",
            "log --graph --all",
            "log",
            "export table",
            "import table.csv --space copy",
            "get nothing here",
            "check");

    @Override
    public Integer call() {
        try {
            Path directory = Files.createTempDirectory("coppice-");
            try {
                Files.writeString(directory.resolve("table.csv"), "id,name\n1,one\n2,two\n3,three\n4,four\n5,five\n");
                PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
                Shell inner = new Shell(
                        new ByteArrayInputStream(new byte[0]),
                        nowhere,
                        nowhere,
                        Map.of("COPPICE_DB", "db"),
                        directory,
                        new Screen.Look(true, true, true),
                        () -> 80,
                        shell().nanos());
                for (String line : LINES) {
                    Commands.run(inner, line.split(" ", -1));
                }
            } finally {
                Directories.delete(directory);
            }
        } catch (IOException failure) {
            throw new Failure("the warm-up needs a temporary directory: " + InputException.reason(failure), failure);
        }
        return OK;
    }
}
