package coppice.cli.command;

import coppice.api.Commit;
import coppice.cli.render.Screen;
import coppice.cli.render.Text;
import coppice.cli.view.Shown;
import coppice.json.Json;
import picocli.CommandLine.Option;

/// A command whose result programs can read, too: with `--json` it writes an object a line instead of words, and says
/// what went wrong as an object.
abstract class ReportingTask extends Task {
    @Option(names = "--json", description = "For programs: an object a line, errors too.")
    private boolean json;

    @Override
    final boolean isJson() {
        return json;
    }

    /// Shows how far something long is, where a person looks on: neither in a pipe nor with `--json`.
    final StageBar bar() {
        return new StageBar(barScreen(), shell().nanos());
    }

    /// Where bars are drawn.
    final Screen barScreen() {
        return json ? screen().still() : screen();
    }

    /// Writes an object.
    final void json(Json.Obj document) {
        shell().out().println(document.text());
    }

    /// Tells that something was done: a note for people, an object for programs.
    final void done(String note, Json.Obj document) {
        if (json) {
            json(document);
        } else {
            note(note);
        }
    }

    /// Tells a result: a line for people, an object for programs.
    final void result(Text line, Json.Obj document) {
        if (json) {
            json(document);
        } else {
            screen().line(line);
        }
    }

    /// Tells which commit came of it, after a word or two.
    final void result(Text words, Commit commit) {
        result(words.plus(Shown.commit(commit)), LogTask.document(commit));
    }
}
