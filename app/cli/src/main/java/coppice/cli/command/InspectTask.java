package coppice.cli.command;

import coppice.api.Coppice;
import coppice.api.Database;
import coppice.api.DatabaseException;
import coppice.api.Internals;
import coppice.api.Options;
import coppice.cli.inspect.Inspector;
import coppice.cli.inspect.Sheet;
import coppice.cli.inspect.SheetDocument;
import coppice.cli.view.InternalsView;
import coppice.json.Json;
import coppice.kernel.bytes.CorruptException;
import coppice.kernel.store.Manifest;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Shows what is in a file or a chunk, without a lock; or how the tree of a space is built. Changes nothing.
final class InspectTask extends ReportingTask {
    private static final String HEX = "[0-9a-f]+";
    private static final int LONGEST = 64;

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
            description = "The database in which to look for a hash or a ref; " + Location.ELSE)
    private Optional<String> directory = Optional.empty();

    @Option(
            names = "--as",
            paramLabel = "KIND",
            description = "What a tree holds: data (the default), catalog, refs or closure.")
    private Kind kind = Kind.data;

    @Option(names = "--space", paramLabel = "SPACE", description = "Show the tree of this space in the commit WHAT.")
    private Optional<String> space = Optional.empty();

    @Option(
            names = "--against",
            paramLabel = "REF",
            description = "With --space: what the tree shares with this one's.")
    private Optional<String> against = Optional.empty();

    @Option(names = "--limit", paramLabel = "N", description = "Show so many records or entries; else 20.")
    private int limit = 20;

    @Override
    public Integer call() {
        if (against.isPresent() && space.isEmpty()) {
            throw Failure.usage("--against compares the trees of a space; name it with --space");
        }
        Path path = shell().directory().resolve(what);
        try {
            if (space.isPresent()) {
                return withDatabase(db -> tree(db, space.get()));
            } else if (Files.isDirectory(path) || Files.isRegularFile(path)) {
                file(path);
            } else if (isJson()) {
                return named(this::document);
            } else {
                chunk(new Inspector(Sheet.of(screen()), limit));
            }
        } catch (CorruptException damaged) {
            throw new Failure(String.valueOf(damaged.getMessage()), damaged);
        } catch (UncheckedIOException unreadable) {
            throw new Failure(String.valueOf(unreadable.getMessage()), unreadable);
        }
        return OK;
    }

    private void file(Path path) {
        SheetDocument document = new SheetDocument();
        Inspector inspector = new Inspector(isJson() ? document : Sheet.of(screen()), limit);
        if (Files.isDirectory(path)) {
            if (!inspector.directory(path)) {
                throw new Failure(what + " is no database: there is no MANIFEST in it");
            }
        } else if (!inspector.file(path)) {
            throw new Failure(what + " is no file of a database: it begins with none of the known signs");
        }
        if (isJson()) {
            json(document.document(what));
        }
    }

    private int tree(Database db, String name) {
        ReadTask.space(this, db.at(what), name);
        Internals.OfTree tree = db.inspect().tree(what, name);
        Optional<Internals.Overlap> overlap = against.map(other -> db.inspect().overlap(what, other, name));
        if (isJson()) {
            Json.Obj document = InternalsView.document(tree);
            json(overlap.map(shared -> document.with("overlap", InternalsView.document(shared)))
                    .orElse(document));
            return OK;
        }
        InternalsView.show(screen(), tree);
        overlap.ifPresent(shared -> InternalsView.show(screen(), tree, shared, against.orElseThrow()));
        return OK;
    }

    private int document(Database db) {
        List<String> names = isHash() ? db.inspect().chunks(what, 2) : List.of();
        refuseSeveral(names);
        json(names.stream()
                .findFirst()
                .flatMap(name -> db.inspect().chunk(name))
                .map(InternalsView::document)
                .orElseGet(() -> InternalsView.document(db.inspect().commit(what))));
        return OK;
    }

    private boolean isHash() {
        String digits = what.toLowerCase(Locale.ROOT);
        return digits.length() >= Inspector.SHORTEST && digits.length() <= LONGEST && digits.matches(HEX);
    }

    private void refuseSeveral(List<String> names) {
        if (names.size() > 1) {
            throw new Failure("'" + what + "' begins the names of several chunks, among them " + names.get(0) + " and "
                    + names.get(1) + "; give more digits");
        }
    }

    private Path database() {
        String name = Location.of(directory, shell());
        Path database = shell().directory().resolve(name);
        if (!Files.isRegularFile(database.resolve(Manifest.FILE))) {
            throw new Failure("there is no file '" + what + "', and no database in " + name
                    + " to look for it as a hash or a ref; name one with -d DIR");
        }
        return database;
    }

    private void chunk(Inspector inspector) {
        Path database = database();
        List<String> names =
                isHash() ? inspector.chunk(database, what.toLowerCase(Locale.ROOT), kind.name()) : List.of();
        if (names.isEmpty()) {
            names = inspector.chunk(database, named(db -> db.resolve(what).id().hex()), kind.name());
        }
        refuseSeveral(names);
    }

    private <T> T withDatabase(Function<Database, T> look) {
        try (Database db =
                Coppice.open(database().toString(), Options.defaults().mustExist())) {
            return look.apply(db);
        }
    }

    /// Looks for what was named, which may have been meant as a file.
    private <T> T named(Function<Database, T> look) {
        try {
            return withDatabase(look);
        } catch (DatabaseException.NotFound | DatabaseException.Incorrect unknown) {
            throw new Failure("there is no file, chunk or ref '" + what + "'", unknown);
        }
    }
}
