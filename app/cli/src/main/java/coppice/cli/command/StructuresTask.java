package coppice.cli.command;

import coppice.api.Database;
import coppice.api.Snapshot;
import coppice.api.structure.StructureInfo;
import coppice.api.structure.Structures;
import coppice.cli.render.Style;
import coppice.cli.render.Table;
import coppice.cli.render.Text;
import coppice.json.Json;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Lists data structures, renames and drops them.
final class StructuresTask extends ReadTask {
    private enum Step {
        list(0),
        rename(2),
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
            description = "list (the default), rename NAME NEW, or drop NAME with all that is in it.")
    private Step step = Step.list;

    @Parameters(index = "1..*", paramLabel = "NAMES", arity = "0..*", description = "What the step takes.")
    private List<String> names = List.of();

    @Mixin
    private final SecretOption secret = new SecretOption();

    @Override
    void checkUsage() {
        secret.checkUsage();
        if (names.size() != step.words) {
            throw Failure.usage("coppice structures list, rename NAME NEW, or drop NAME");
        }
    }

    @Override
    int run(Database db) {
        switch (step) {
            case list -> list(state(db));
            case rename -> {
                rename(branch(db).structures(), names.getFirst(), names.get(1));
                done(
                        names.getFirst() + " is " + names.get(1) + " now, on " + branchName(),
                        Json.object("branch", branchName(), "before", names.getFirst(), "after", names.get(1)));
            }
            case drop -> drop(db);
        }
        return OK;
    }

    private void rename(Structures structures, String name, String newName) {
        secret.read(shell())
                .ifPresentOrElse(
                        opening -> structures.rename(name, newName, opening), () -> structures.rename(name, newName));
    }

    private void drop(Database db) {
        String name = names.getFirst();
        if (!branch(db).structures().drop(name)) {
            throw new Failure("there is no structure '" + name + "'; see what there is: coppice structures");
        }
        done("dropped " + name + " on " + branchName(), Json.object("branch", branchName(), "dropped", name));
    }

    private void list(Snapshot state) {
        Table table = new Table().words("name").words("kind").words("values").numbers("rows");
        for (StructureInfo one : state.structures().all()) {
            long rows = state.space(one.name()).count();
            if (isJson()) {
                json(Json.object(
                        "name",
                        one.name(),
                        "kind",
                        one.kind().text(),
                        "values",
                        one.values(),
                        "encrypted",
                        one.isEncrypted() ? true : null,
                        "rows",
                        rows));
            }
            table.row(
                    Text.of(one.name(), Style.CYAN),
                    Text.of(one.kind().text() + (one.isEncrypted() ? ", encrypted" : "")),
                    Text.of(one.values()),
                    Text.of(Long.toString(rows)));
        }
        if (!isJson()) {
            screen().table(table);
        }
    }
}
