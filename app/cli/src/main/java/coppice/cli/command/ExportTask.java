package coppice.cli.command;

import coppice.api.Database;
import coppice.api.Export;
import coppice.api.Snapshot;
import coppice.cli.render.Amounts;
import coppice.cli.source.InputException;
import coppice.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Writes entries as JSON lines, from which import makes exactly the same entries.
final class ExportTask extends ReadTask {
    @Parameters(
            paramLabel = "SPACE",
            arity = "0..*",
            description = "The spaces to write; else all. Where it is one, lines do not name it.")
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
        Export export = Export.of(names.toArray(String[]::new));
        export = spaces.size() == 1 ? export.withoutNames() : export;
        if (names.isEmpty()) {
            return OK;
        }
        try {
            if (output.isEmpty()) {
                state.exportLines(new PipeStream(shell().out()), export);
            } else {
                write(state, export, output.get());
            }
        } catch (PipeStream.Closed nobodyReads) {
            return OK;
        } catch (IOException failure) {
            throw new Failure("the export cannot be written: " + InputException.reason(failure), failure);
        }
        return OK;
    }

    private void write(Snapshot state, Export export, String name) throws IOException {
        Path file = shell().directory().resolve(name);
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            long rows;
            try (StageBar bar = bar()) {
                rows = state.exportLines(out, export.telling(bar));
            }
            done("wrote " + Amounts.count(rows, "row") + " to " + name, Json.object("file", name, "rows", rows));
        } catch (FileAlreadyExistsException exists) {
            throw new Failure(name + " is there already; remove it or choose another name", exists);
        } catch (IOException failure) {
            throw new Failure(name + " cannot be written: " + InputException.reason(failure), failure);
        }
    }
}
