package coppice.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.Database;
import coppice.api.Snapshot;
import coppice.api.SpaceView;
import coppice.api.structure.Dict;
import coppice.api.structure.DictPage;
import coppice.api.structure.DictView;
import coppice.api.structure.Encryption;
import coppice.api.structure.Keys;
import coppice.api.structure.LoadMode;
import coppice.api.structure.Secret;
import coppice.api.structure.Structured;
import coppice.api.structure.StructuredView;
import coppice.cli.render.Style;
import coppice.cli.render.Table;
import coppice.cli.render.Text;
import coppice.cli.view.Shown;
import coppice.cli.view.UntypedValue;
import coppice.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Reads and changes dicts: values by key.
final class DictTask extends StructureTask {
    private enum Step {
        put(3, "NAME KEY VALUE"),
        get(2, "NAME KEY"),
        del(2, "NAME KEY"),
        pop(2, "NAME KEY"),
        list(1, "NAME"),
        count(1, "NAME"),
        clear(1, "NAME"),
        dump(1, "NAME"),
        load(2, "NAME FILE"),
        secret(1, "NAME --new-secret-file FILE, or --new-key-file FILE"),
        rotate(1, "NAME"),
        reencrypt(1, "NAME");

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
            description = "put NAME KEY VALUE, get NAME KEY, del NAME KEY, pop NAME KEY (print and remove), list NAME, "
                    + "count NAME, clear NAME, dump NAME (JSON lines to standard output), or load NAME FILE; of "
                    + "encrypted ones secret NAME (another one opens it), rotate NAME (a new key for what is written "
                    + "from here on), reencrypt NAME (all with the newest key). A value is JSON, or else text; - "
                    + "stands for standard input.")
    private Step step = Step.list;

    @Parameters(index = "1..*", paramLabel = "WORDS", arity = "1..*", description = "What the step takes.")
    private List<String> words = List.of();

    @Option(names = "--ttl", paramLabel = "TIME", description = "With put: for so long, such as 90s, 10m, 2h or 7d.")
    private Optional<String> lifetime = Optional.empty();

    @Option(names = "--prefix", paramLabel = "TEXT", description = "With list: keys that begin with this.")
    private String prefix = "";

    @Option(names = "--from", paramLabel = "KEY", description = "With list: keys from this one on.")
    private Optional<String> from = Optional.empty();

    @Option(names = "--reverse", description = "With list: from the end.")
    private boolean reverse;

    @Mixin
    private final LoadOption loading = new LoadOption();

    @Mixin
    private final SecretOption secret = new SecretOption();

    @Option(
            names = "--new-secret-file",
            paramLabel = "FILE",
            description = "With secret: the passphrase in this file is to open it from here on.")
    private Optional<String> newPassphrase = Optional.empty();

    @Option(
            names = "--new-key-file",
            paramLabel = "FILE",
            description = "With secret: the key in this file is to open it from here on.")
    private Optional<String> newKey = Optional.empty();

    @Override
    boolean mayCreate() {
        return step == Step.put || step == Step.load;
    }

    @Override
    void checkWords() {
        if (words.size() != step.words) {
            throw Failure.usage("coppice dict " + step + " " + step.usage);
        }
        if (lifetime.isPresent() && step != Step.put) {
            throw Failure.usage("--ttl is for put");
        }
        secret.checkUsage();
        boolean isNew = newPassphrase.isPresent() != newKey.isPresent();
        if (isNew != (step == Step.secret)) {
            throw Failure.usage("coppice dict secret NAME takes either --new-secret-file or --new-key-file");
        }
    }

    @Override
    int run(Database db) {
        switch (step) {
            case put -> put(db);
            case get -> get(db);
            case del -> delete(db);
            case pop -> pop(db);
            case list -> list(db);
            case count -> number("count", dict(state(db)).count());
            case clear -> write(db, "cleared " + name(), "cleared", Dict::clear);
            case dump -> dump(dict(state(db))::dump);
            case load -> load(db);
            case secret -> encrypt(db, "another secret opens " + name(), this::changeSecret);
            case rotate ->
                encrypt(db, "a new key is for what is put into " + name() + " from here on,", Encryption::rotateKey);
            case reencrypt -> encrypt(db, "the newest key is for all of " + name(), Encryption::reencrypt);
        }
        return OK;
    }

    private DictView<Object> dict(StructuredView state) {
        return secret.read(shell()).map(opening -> state.dict(name(), opening)).orElseGet(() -> state.dict(name()));
    }

    private Dict<Object> dict(Structured state) {
        return secret.read(shell()).map(opening -> state.dict(name(), opening)).orElseGet(() -> state.dict(name()));
    }

    private void encrypt(Database db, String said, Consumer<Encryption> change) {
        if (branch(db).structures().find(name()).isEmpty()) {
            throw missing(branch(db).snapshot());
        }
        change.accept(dict(branch(db)).encryption());
        done(said + " on " + branchName(), Json.object("branch", branchName(), step.name(), name()));
    }

    private void changeSecret(Encryption encryption) {
        Secret next = newPassphrase
                .map(file -> SecretOption.passphrase(shell(), file))
                .orElseGet(() -> SecretOption.key(shell(), newKey.orElseThrow()));
        encryption.changeSecret(next);
    }

    private String name() {
        return words.getFirst();
    }

    private String key() {
        return words.size() > 1 ? words.get(1) : "";
    }

    private void put(Database db) {
        Json.Obj item = Json.object(
                "key",
                key(),
                "value",
                value(words.get(2)),
                "expires",
                lifetime.map(DictTask::time)
                        .map(time -> Instant.now().plus(time).toString())
                        .orElse(null));
        byte[] line = item.text().getBytes(UTF_8);
        write(db, "put " + name() + " " + key(), "put", dict -> load(dict::load, line, LoadMode.ADD));
    }

    private void get(Database db) {
        Snapshot state = state(db);
        DictView<Object> dict = dict(state);
        if (!dict.contains(key())) {
            throw missing(state);
        }
        show(state, dict, key());
    }

    private Failure missing(Snapshot state) {
        return missing(
                state,
                "dict",
                name(),
                "there is no key '" + key() + "' in " + name() + "; see what there is: coppice dict list " + name());
    }

    private void show(Snapshot state, DictView<Object> dict, String key) {
        byte[] value = stored(state.space(name()), dict, key);
        print(value, () -> item(dict, key, value));
    }

    /// A value as it was typed; of an encrypted dict, as it is read.
    private byte[] stored(SpaceView rows, DictView<Object> dict, String key) {
        return secret.isGiven()
                ? UntypedValue.json(dict.get(key).orElse(null)).text().getBytes(UTF_8)
                : rows.get(key.getBytes(UTF_8)).orElseThrow();
    }

    private static Json.Obj item(DictView<Object> dict, String key, byte[] value) {
        return Json.object(
                "key",
                key,
                "value",
                json(value),
                "expires",
                dict.expiry(key).map(Instant::toString).orElse(null));
    }

    private void delete(Database db) {
        Snapshot before = branch(db).snapshot();
        if (!dict(before).contains(key())) {
            throw missing(before);
        }
        write(db, "removed " + key() + " from " + name(), "removed", dict -> dict.remove(key()));
    }

    private void pop(Database db) {
        Optional<byte[]> value = branch(db).transact(transaction -> {
            Dict<Object> dict = dict(transaction);
            Optional<byte[]> found = dict.contains(key())
                    ? Optional.of(stored(transaction.space(name()), dict, key()))
                    : Optional.empty();
            dict.remove(key());
            return found;
        });
        byte[] found = value.orElseThrow(() -> missing(branch(db).snapshot()));
        print(found, () -> Json.object("key", key(), "value", json(found)));
    }

    private void list(Database db) {
        Snapshot state = state(db);
        DictView<Object> dict = dict(state);
        Keys keys = from.map(Keys.prefix(prefix)::from).orElseGet(() -> Keys.prefix(prefix));
        DictPage<Object> page = dict.page(reverse ? keys.reversed() : keys, limit());
        Table table = new Table().words("key").words("value").words("until");
        page.entries().forEach(entry -> {
            byte[] value = stored(state.space(name()), dict, entry.key());
            if (isJson()) {
                json(item(dict, entry.key(), value));
            }
            table.row(
                    Text.of(Shown.key(entry.key().getBytes(UTF_8)), Style.CYAN),
                    Text.of(Shown.value(value)),
                    Text.of(dict.expiry(entry.key()).map(Instant::toString).orElse("-")));
        });
        if (!isJson()) {
            screen().table(table);
            page.next()
                    .flatMap(next -> next.isReversed() ? next.to() : next.from())
                    .ifPresent(_ -> screen().line("  there are more: --limit " + 10L * limit()));
        }
    }

    private void load(Database db) {
        String file = words.get(1);
        byte[] lines = content(file);
        write(db, "loaded " + file + " into " + name(), "loaded", dict -> load(dict::load, lines, loading.mode()));
    }

    private void write(Database db, String said, String what, Consumer<Dict<Object>> body) {
        Json.Obj document = words.size() > 1 && step != Step.load
                ? Json.object("branch", branchName(), what, name(), "key", key())
                : Json.object("branch", branchName(), what, name());
        write(db, transaction -> {
            body.accept(dict(transaction));
            return new Written(said, document);
        });
    }
}
