package coppice.cli.command;

import coppice.api.Coppice;
import coppice.api.Database;
import coppice.api.DatabaseException;
import coppice.api.Options;
import coppice.cli.inspect.Inspector;
import coppice.kernel.bytes.CorruptException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Shows what is in a file or a chunk. Takes no lock and changes nothing.
final class InspectTask extends Task {
    private static final String HEX = "[0-9a-f]+";

    private enum Kind {
        data,
        catalog,
        refs,
        closure
    }

    @Parameters(
            paramLabel = "WHAT",
            description = "A database's directory, a file of it, the hash of a chunk or the start of one, or a ref.")
    private String what = "";

    @Option(
            names = {"-d", "--db"},
            paramLabel = "DIR",
            description = "The database in which to look for a hash or a ref; else $COPPICE_DB, else coppice-demo.")
    private Optional<String> directory = Optional.empty();

    @Option(
            names = "--as",
            paramLabel = "KIND",
            description = "What a tree holds: data (the default), catalog, refs or closure.")
    private Kind kind = Kind.data;

    @Option(names = "--limit", paramLabel = "N", description = "Show so many records or entries; else 20.")
    private int limit = 20;

    @Override
    public Integer call() {
        Inspector inspector = new Inspector(screen(), limit);
        Path path = shell().directory().resolve(what);
        try {
            if (Files.isDirectory(path)) {
                if (!inspector.directory(path)) {
                    throw new Failure(what + " is no database: there is no MANIFEST in it");
                }
            } else if (Files.isRegularFile(path)) {
                if (!inspector.file(path)) {
                    throw new Failure(what + " is no file of a database: it begins with none of the known signs");
                }
            } else {
                chunk(inspector);
            }
        } catch (CorruptException damaged) {
            throw new Failure(String.valueOf(damaged.getMessage()), damaged);
        } catch (UncheckedIOException unreadable) {
            throw new Failure(String.valueOf(unreadable.getMessage()), unreadable);
        }
        return OK;
    }

    private void chunk(Inspector inspector) {
        String name = directory.orElseGet(() -> shell().environment().getOrDefault("COPPICE_DB", DemoTask.DIRECTORY));
        Path database = shell().directory().resolve(name);
        if (!Files.isRegularFile(database.resolve("MANIFEST"))) {
            throw new Failure("there is no file '" + what + "', and no database in " + name
                    + " to look for it as a hash; name one with -d DIR");
        }
        String digits = what.toLowerCase(Locale.ROOT);
        List<String> names = List.of();
        if (digits.length() >= Inspector.SHORTEST && digits.matches(HEX)) {
            names = inspector.chunk(database, digits, kind.name());
        }
        if (names.isEmpty()) {
            names = inspector.chunk(database, commit(database), kind.name());
        }
        if (names.size() > 1) {
            throw new Failure("'" + what + "' begins the names of " + names.size() + " chunks, among them "
                    + names.get(0) + " and " + names.get(1) + "; give more digits");
        }
    }

    /// The hash of the commit that a ref names.
    private String commit(Path database) {
        try (Database db = Coppice.open(database.toString(), Options.defaults().mustExist())) {
            return db.resolve(what).id().hex();
        } catch (DatabaseException.NotFound | DatabaseException.Incorrect unknown) {
            throw new Failure("there is no file, chunk or ref '" + what + "'", unknown);
        }
    }
}
