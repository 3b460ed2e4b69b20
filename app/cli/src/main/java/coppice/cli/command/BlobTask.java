package coppice.cli.command;

import coppice.api.Database;
import coppice.api.DatabaseException;
import coppice.api.Snapshot;
import coppice.api.structure.BlobInfo;
import coppice.api.structure.BlobOptions;
import coppice.api.structure.Blobs;
import coppice.api.structure.BlobsView;
import coppice.api.structure.DumpFormat;
import coppice.api.structure.Keys;
import coppice.cli.render.Amounts;
import coppice.cli.render.Style;
import coppice.cli.render.Table;
import coppice.cli.render.Text;
import coppice.cli.source.InputException;
import coppice.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Puts files into blobs and gets them back.
final class BlobTask extends StructureTask {
    private enum Step {
        put(3, "NAME BLOB FILE"),
        get(2, "NAME BLOB"),
        info(2, "NAME BLOB"),
        list(1, "NAME"),
        verify(1, "NAME"),
        del(2, "NAME BLOB"),
        clear(1, "NAME"),
        dump(1, "NAME"),
        load(2, "NAME FILE");

        private final int words;
        private final String usage;

        Step(int words, String usage) {
            this.words = words;
            this.usage = usage;
        }
    }

    @Parameters(
            index = "0",
            paramLabel = "STEP",
            description = "put NAME BLOB FILE (- stands for standard input), get NAME BLOB (to standard output, or "
                    + "--to a file), info NAME BLOB, list NAME, verify NAME (reads and compares all), del NAME BLOB, "
                    + "clear NAME, dump NAME (JSON lines to standard output), or load NAME FILE.")
    private Step step = Step.list;

    @Parameters(index = "1..*", paramLabel = "WORDS", arity = "1..*", description = "What the step takes.")
    private List<String> words = List.of();

    @Option(names = "--type", paramLabel = "TYPE", description = "With put: what it is, such as image/png.")
    private Optional<String> type = Optional.empty();

    @Option(names = "--field", paramLabel = "NAME=VALUE", description = "With put: something else to say of it.")
    private Map<String, String> fields = new LinkedHashMap<>();

    @Option(names = "--to", paramLabel = "FILE", description = "With get: where to write it.")
    private Optional<String> target = Optional.empty();

    @Option(names = "--offset", paramLabel = "N", description = "With get: from this byte on.")
    private long offset;

    @Option(names = "--length", paramLabel = "N", description = "With get: at most so many bytes.")
    private long length = Long.MAX_VALUE;

    @Option(names = "--prefix", paramLabel = "TEXT", description = "With list: names that begin with this.")
    private String prefix = "";

    @Mixin
    private final LoadOption loading = new LoadOption();

    @Override
    boolean mayCreate() {
        return step == Step.put || step == Step.load;
    }

    @Override
    void checkWords() {
        if (words.size() != step.words) {
            throw Failure.usage("coppice blob " + step + " " + step.usage);
        }
        if (offset < 0 || length < 0) {
            throw Failure.usage("--offset and --length are 0 or more");
        }
    }

    @Override
    int run(Database db) {
        switch (step) {
            case put -> put(db);
            case get -> get(db);
            case info -> info(db);
            case list -> list(state(db));
            case verify -> {
                return verify(state(db));
            }
            case del -> delete(db);
            case clear -> clear(db);
            case dump -> dump(state(db).blobs(name())::dump);
            case load -> load(db);
        }
        return OK;
    }

    private String name() {
        return words.getFirst();
    }

    private String blob() {
        return words.get(1);
    }

    /// Of any length, so not in a transaction.
    private void put(Database db) {
        String file = words.get(2);
        BlobOptions options = new BlobOptions(type, new TreeMap<>(fields));
        Blobs blobs = branch(db).blobs(name());
        try (InputStream in = open(file)) {
            BlobInfo info = blobs.put(blob(), in, options);
            String said = "put " + blob() + ", " + Amounts.bytes(info.size()) + ", into " + name();
            written(db, new Written(said, document(info).with("branch", Json.of(branchName()))));
        } catch (IOException failure) {
            throw new Failure(file + " cannot be read: " + InputException.reason(failure), failure);
        }
    }

    private InputStream open(String file) throws IOException {
        return file.equals("-")
                ? shell().in()
                : Files.newInputStream(shell().directory().resolve(file));
    }

    /// Of any length, too.
    private void load(Database db) {
        String file = words.get(1);
        try (InputStream in = open(file)) {
            long count = branch(db).blobs(name()).load(in, DumpFormat.LINES, loading.mode());
            written(
                    db,
                    new Written(
                            "loaded " + count + " into " + name(),
                            Json.object("branch", branchName(), "loaded", name(), "blobs", count)));
        } catch (IOException failure) {
            throw new Failure(file + " cannot be read: " + InputException.reason(failure), failure);
        }
    }

    private static Json.Obj document(BlobInfo info) {
        Map<String, Json> said = new LinkedHashMap<>();
        info.fields().forEach((name, value) -> said.put(name, Json.of(value)));
        return Json.object(
                "blob",
                info.name(),
                "size",
                info.size(),
                "sha256",
                info.sha256(),
                "put",
                info.putAt().toString(),
                "type",
                info.mediaType().orElse(null),
                "fields",
                said.isEmpty() ? null : new Json.Obj(said));
    }

    private void get(Database db) {
        Snapshot state = state(db);
        BlobInfo info = found(state);
        try (InputStream in = state.blobs(name()).open(blob(), offset, length)) {
            if (target.isEmpty()) {
                in.transferTo(shell().out());
                return;
            }
            Path file = shell().directory().resolve(target.get());
            try (OutputStream out = Files.newOutputStream(file)) {
                in.transferTo(out);
            }
            done("wrote " + blob() + " to " + target.get(), document(info));
        } catch (IOException failure) {
            throw new Failure(blob() + " cannot be written: " + InputException.reason(failure), failure);
        }
    }

    private BlobInfo found(Snapshot state) {
        return state.blobs(name())
                .find(blob())
                .orElseThrow(() -> missing(
                        state,
                        "blobs",
                        name(),
                        "there is no blob '" + blob() + "' in " + name() + "; see what there is: coppice blob list "
                                + name()));
    }

    private void info(Database db) {
        BlobInfo info = found(state(db));
        if (isJson()) {
            json(document(info));
        } else {
            Table table = new Table().words("what").words("value");
            row(table, "size", Long.toString(info.size()));
            row(table, "sha256", info.sha256());
            row(table, "put", info.putAt().toString());
            info.mediaType().ifPresent(media -> row(table, "type", media));
            new TreeMap<>(info.fields()).forEach((name, value) -> row(table, name, value));
            screen().table(table);
        }
    }

    private static void row(Table table, String what, String value) {
        table.row(Text.of(what, Style.CYAN), Text.of(value));
    }

    private void list(Snapshot state) {
        Table table = new Table().words("blob").numbers("size").words("type").words("put");
        try (Stream<BlobInfo> blobs = state.blobs(name()).list(Keys.prefix(prefix))) {
            blobs.limit(limit()).forEach(info -> {
                if (isJson()) {
                    json(document(info));
                }
                table.row(
                        Text.of(info.name(), Style.CYAN),
                        Text.of(Long.toString(info.size())),
                        Text.of(info.mediaType().orElse("-")),
                        Text.of(info.putAt().toString()));
            });
        }
        if (!isJson()) {
            screen().table(table);
        }
    }

    private int verify(Snapshot state) {
        BlobsView blobs = state.blobs(name());
        List<String> damaged;
        try (Stream<BlobInfo> all = blobs.list()) {
            damaged = all.map(BlobInfo::name)
                    .filter(blob -> !isWhole(blobs, blob))
                    .toList();
        }
        damaged.forEach(blob -> note(blob + " is not as it was put"));
        done(
                damaged.isEmpty() ? "all blobs of " + name() + " are as they were put" : "put the damaged blobs anew",
                Json.object("blobs", blobs.count(), "damaged", Json.strings(damaged)));
        return damaged.isEmpty() ? OK : FAILED;
    }

    private static boolean isWhole(BlobsView blobs, String blob) {
        try {
            return blobs.verify(blob);
        } catch (DatabaseException.Corrupt damaged) {
            return false;
        }
    }

    private void delete(Database db) {
        found(branch(db).snapshot());
        write(db, transaction -> {
            transaction.blobs(name()).remove(blob());
            return new Written(
                    "removed " + blob() + " from " + name(),
                    Json.object("branch", branchName(), "removed", name(), "blob", blob()));
        });
    }

    private void clear(Database db) {
        write(db, transaction -> {
            transaction.blobs(name()).clear();
            return new Written("cleared " + name(), Json.object("branch", branchName(), "cleared", name()));
        });
    }
}
