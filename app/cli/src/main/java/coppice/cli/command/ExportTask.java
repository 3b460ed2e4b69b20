package coppice.cli.command;

import coppice.api.Cursor;
import coppice.api.Database;
import coppice.api.Range;
import coppice.api.Snapshot;
import coppice.api.SpaceView;
import coppice.cli.render.Amounts;
import coppice.cli.source.ExportedRow;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Writes entries as JSON lines, from which import makes exactly the same entries.
final class ExportTask extends ReadTask {
    @Parameters(paramLabel = "SPACE", arity = "0..*", description = "The spaces to write; else all.")
    private List<String> spaces = List.of();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "The file to write, which must not exist; else standard output.")
    private Optional<String> output = Optional.empty();

    @Override
    int run(Database db) {
        Snapshot state = state(db);
        List<String> names = spaces.isEmpty() ? state.spaces() : spaces;
        names.forEach(name -> space(state, name));
        if (output.isEmpty()) {
            write(state, names, shell().out());
            return OK;
        }
        Path file = shell().directory().resolve(output.get());
        try (OutputStream bytes = Files.newOutputStream(
                        file, java.nio.file.StandardOpenOption.CREATE_NEW, java.nio.file.StandardOpenOption.WRITE);
                PrintStream out =
                        new PrintStream(new BufferedOutputStream(bytes, 1 << 16), false, StandardCharsets.UTF_8)) {
            long rows = write(state, names, out);
            if (out.checkError()) {
                throw new Failure("not all of " + output.get() + " could be written; is the disk full?");
            }
            note("wrote " + Amounts.count(rows, "row") + " to " + output.get());
        } catch (java.nio.file.FileAlreadyExistsException exists) {
            throw new Failure(output.get() + " is there already; remove it or choose another name", exists);
        } catch (IOException failure) {
            throw new Failure(output.get() + " cannot be written: " + failure.getMessage(), failure);
        }
        return OK;
    }

    private static long write(Snapshot state, List<String> names, PrintStream out) {
        long rows = 0;
        for (String name : names) {
            SpaceView view = state.space(name);
            Optional<String> column = names.size() == 1 ? Optional.empty() : Optional.of(name);
            try (Cursor cursor = view.scan(Range.all())) {
                while (cursor.next()) {
                    out.println(
                            ExportedRow.of(column, cursor.key(), cursor.value()).text());
                    rows++;
                    if ((rows & 1023) == 0 && out.checkError()) {
                        return rows; // nobody reads on
                    }
                }
            }
        }
        return rows;
    }
}
