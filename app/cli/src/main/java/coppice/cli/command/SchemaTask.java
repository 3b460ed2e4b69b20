package coppice.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.Database;
import coppice.api.schema.DefinedType;
import coppice.api.schema.Existing;
import coppice.api.schema.SchemaView;
import coppice.api.schema.TypeDefinition;
import coppice.api.schema.Validation;
import coppice.api.schema.Violation;
import coppice.cli.render.Amounts;
import coppice.cli.render.Style;
import coppice.cli.render.Table;
import coppice.cli.render.Text;
import coppice.cli.source.InputException;
import coppice.json.Json;
import coppice.json.JsonReader;
import coppice.json.JsonRow;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Lists, shows, defines, validates and drops types of documents.
final class SchemaTask extends DatabaseTask {
    private enum Step {
        list(0),
        show(1),
        define(2),
        validate(1),
        drop(1);

        private final int words;

        Step(int words) {
            this.words = words;
        }
    }

    @Parameters(
            index = "0",
            paramLabel = "STEP",
            arity = "0..1",
            description = "list (the default), show NAME, define NAME FILE, validate NAME, or drop NAME. FILE has the "
                    + "definition as JSON; - is standard input.")
    private Step step = Step.list;

    @Parameters(index = "1..*", paramLabel = "WORDS", arity = "0..2", description = "What the step takes.")
    private List<String> words = List.of();

    @Option(
            names = "--not-valid",
            description = "Define the type for what is written from now on, whatever documents that are there violate.")
    private boolean notValid;

    @Option(names = "--at", paramLabel = "REF", description = "List or show the types of this ref.")
    private Optional<String> at = Optional.empty();

    @Override
    void checkUsage() {
        if (words.size() != step.words || words.contains("")) {
            throw Failure.usage("coppice schema define NAME FILE, show NAME, validate NAME, drop NAME, or list");
        }
        if (at.isPresent() && step != Step.list && step != Step.show) {
            throw Failure.usage("--at is for list and show: a commit does not change");
        }
        if (notValid && step != Step.define) {
            throw Failure.usage("--not-valid is for define");
        }
    }

    @Override
    boolean isDestructive() {
        return step == Step.drop;
    }

    @Override
    int run(Database db) {
        return switch (step) {
            case list -> list(view(db));
            case show -> show(view(db));
            case define -> define(db);
            case validate -> told(db.branch(branchName()).schema().validate(words.getFirst()));
            case drop -> {
                db.branch(branchName()).schema().drop(words.getFirst());
                done("dropped type " + words.getFirst(), Json.object("dropped", words.getFirst()));
                yield OK;
            }
        };
    }

    private SchemaView view(Database db) {
        return at.map(ref -> db.at(ref(ref)).schema())
                .orElseGet(() -> db.branch(branchName()).schema());
    }

    private int list(SchemaView view) {
        Table table = new Table()
                .words("type")
                .words("space")
                .words("keys")
                .words("shape")
                .words("documents");
        for (DefinedType type : view.types()) {
            TypeDefinition definition = type.definition();
            if (isJson()) {
                json(Json.object(
                        "type", definition.name(),
                        "validated", type.isValidated(),
                        "definition",
                                JsonReader.parse(view.text(definition.name()).getBytes(UTF_8))));
            }
            table.row(
                    Text.of(definition.name(), Style.CYAN),
                    Text.of(definition.space()),
                    Text.of(definition.keys()),
                    Text.of(shape(definition)),
                    Text.of(type.isValidated() ? "valid" : "not validated"));
        }
        if (!isJson()) {
            screen().table(table);
        }
        return OK;
    }

    private static String shape(TypeDefinition type) {
        return switch (type.shape()) {
            case TypeDefinition.JsonSchema _ -> "JSON Schema";
            case TypeDefinition.Fields fields -> {
                int count = fields.fields().size();
                yield count + (count == 1 ? " field" : " fields");
            }
        };
    }

    private int show(SchemaView view) {
        String name = words.getFirst();
        String text = view.text(name);
        if (isJson()) {
            json((Json.Obj) JsonReader.parse(text.getBytes(UTF_8)));
        } else {
            screen().line(text);
        }
        if (view.find(name).filter(DefinedType::isValidated).isEmpty() && !isJson()) {
            note("not validated: documents that were there before may violate it; coppice schema validate " + name
                    + " tells");
        }
        return OK;
    }

    private int define(Database db) {
        Existing existing = notValid ? Existing.NOT_VALID : Existing.REFUSE;
        Validation found = db.branch(branchName()).schema().define(words.getFirst(), definition(), existing);
        if (!found.isInForce()) {
            hint("; mend them, or define it with --not-valid");
        }
        return told(found);
    }

    private String definition() {
        String file = words.get(1);
        try {
            byte[] text = file.equals("-")
                    ? shell().in().readAllBytes()
                    : Files.readAllBytes(shell().directory().resolve(file));
            return new String(text, UTF_8);
        } catch (IOException failure) {
            throw new Failure(file + " cannot be read: " + InputException.reason(failure), failure);
        }
    }

    private int told(Validation found) {
        String name = words.getFirst();
        Table table =
                new Table().words("key").words("at").words("rule").words("is").words("must be");
        for (Violation one : found.examples()) {
            String key = JsonRow.text(one.key()).orElse("(bytes)");
            table.row(
                    Text.of(key, Style.CYAN),
                    Text.of(one.path()),
                    Text.of(one.rule().name()),
                    Text.of(one.value()),
                    Text.of(one.expected()));
            if (isJson()) {
                json(Json.object(
                        "key", key,
                        "path", one.path(),
                        "rule", one.rule().name(),
                        "value", one.value(),
                        "expected", one.expected()));
            }
        }
        if (!isJson() && !found.isClean()) {
            screen().table(table);
        }
        String counts =
                Amounts.count(found.documents(), "document") + ", " + Amounts.count(found.violations(), "violation");
        if (!found.isInForce()) {
            throw new Failure("type " + name + " is not in force: " + counts);
        }
        done(
                "type " + name + " is in force" + (found.isClean() ? "" : ", not validated") + ": " + counts,
                Json.object("type", name, "documents", found.documents(), "violations", found.violations()));
        return found.isClean() || step == Step.define ? OK : FAILED;
    }
}
