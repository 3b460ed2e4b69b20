package coppice.cli.command;

import coppice.api.Database;
import coppice.api.Remote;
import coppice.cli.render.Style;
import coppice.cli.render.Table;
import coppice.cli.render.Text;
import coppice.json.Json;
import java.util.List;
import picocli.CommandLine.Parameters;

/// Lists, names and forgets other databases.
final class RemoteTask extends DatabaseTask {
    private enum Step {
        list(0),
        add(2),
        remove(1),
        rename(2);

        private final int words;

        Step(int words) {
            this.words = words;
        }
    }

    @Parameters(
            index = "0",
            paramLabel = "STEP",
            arity = "0..1",
            description = "list (the default), add NAME DIR, remove NAME, or rename OLD NEW.")
    private Step step = Step.list;

    @Parameters(index = "1..*", paramLabel = "WORDS", arity = "0..2", description = "What the step takes.")
    private List<String> words = List.of();

    @Override
    int run(Database db) {
        if (words.size() != step.words) {
            throw Failure.usage("coppice remote add NAME DIR, remove NAME, rename OLD NEW, or list");
        }
        switch (step) {
            case list -> list(db);
            case add -> {
                String place = shell().directory().resolve(words.get(1)).toString();
                Remote added = db.remotes().add(words.get(0), place);
                done(added.name() + " is " + words.get(1) + "; coppice fetch " + added.name(), document(added));
            }
            case remove -> {
                db.remotes().remove(words.get(0));
                done("forgot " + words.get(0), Json.object("removed", words.get(0)));
            }
            case rename -> {
                Remote renamed = db.remotes().rename(words.get(0), words.get(1));
                done(words.get(0) + " is now " + renamed.name(), document(renamed));
            }
        }
        return OK;
    }

    private void list(Database db) {
        Table table = new Table().words("remote").words("location");
        for (Remote remote : db.remotes().list()) {
            if (isJson()) {
                json(document(remote));
            }
            table.row(Text.of(remote.name(), Style.CYAN), Text.of(remote.location()));
        }
        if (!isJson()) {
            screen().table(table);
        }
    }

    private static Json.Obj document(Remote remote) {
        return Json.object("remote", remote.name(), "location", remote.location());
    }
}
