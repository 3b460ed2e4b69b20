package coppice.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.BlamePage;
import coppice.api.Commit;
import coppice.api.Database;
import coppice.api.FieldBlame;
import coppice.api.KeyBlame;
import coppice.api.KeyVersion;
import coppice.api.Range;
import coppice.cli.render.Style;
import coppice.cli.render.Text;
import coppice.cli.source.ExportedRow;
import coppice.cli.view.Shown;
import coppice.json.Json;
import coppice.json.JsonReader;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Shows which commit each value of a space comes from, or all that happened to one key.
final class BlameTask extends DatabaseTask {
    private static final int PAGE = 100;

    @Parameters(index = "0", paramLabel = "SPACE", description = "The space to look at.")
    private String space = "";

    @Parameters(index = "1", paramLabel = "KEY", arity = "0..1", description = "All versions of this key.")
    private Optional<String> key = Optional.empty();

    @Option(names = "--fields", description = "For a KEY that holds JSON: where each of its fields comes from.")
    private boolean fields;

    @Option(names = "--at", paramLabel = "REF", description = "As of this ref; else of the branch's latest commit.")
    private Optional<String> at = Optional.empty();

    @Option(names = "--prefix", paramLabel = "TEXT", description = "Only keys that begin like this.")
    private Optional<String> prefix = Optional.empty();

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "N",
            description = "At most so many.")
    private long limit = Long.MAX_VALUE;

    @Override
    int run(Database db) {
        String ref = at.map(this::ref).orElse(branchName());
        if (fields) {
            String one = key.orElseThrow(() -> Failure.usage("whose fields? coppice blame SPACE KEY --fields"));
            fields(db.history().blameFields(ref, space, one.getBytes(UTF_8)), one);
        } else if (key.isPresent()) {
            if (versions(db, ref, key.get().getBytes(UTF_8)) == 0) {
                throw new Failure("no commit of " + ref + " has '" + key.get() + "' in " + space
                        + Suggestion.instead(line(), space, db.at(ref).spaces()));
            }
        } else if (keys(db, ref) == 0) {
            ReadTask.space(this, db.at(ref), space);
        }
        return OK;
    }

    private long versions(Database db, String ref, byte[] name) {
        long shown = 0;
        for (KeyVersion version : db.history().versions(ref, space, name)) {
            if (shown == limit) {
                return shown;
            }
            shown++;
            if (isJson()) {
                json(Json.object(
                        "commit", version.commit().id().hex(),
                        "author", version.commit().author(),
                        "time", version.commit().time().toString(),
                        "before", row(name, version.before()),
                        "after", row(name, version.after())));
            } else {
                screen().line(head(version.commit())
                        .plus(Shown.value(version.before()) + " → " + Shown.value(version.after())));
            }
        }
        return shown;
    }

    private void fields(List<FieldBlame> blames, String name) {
        if (blames.isEmpty()) {
            throw new Failure("there is no JSON under '" + name + "' in " + space + ": leave --fields out");
        }
        for (FieldBlame blame : blames) {
            Commit commit = blame.commit();
            result(
                    head(commit).plus(blame.path(), Style.CYAN).plus(" " + blame.value()),
                    Json.object(
                            "field", blame.path(),
                            "value", JsonReader.parse(blame.value().getBytes(UTF_8)),
                            "commit", commit.id().hex(),
                            "author", commit.author(),
                            "time", commit.time().toString()));
        }
    }

    private static Json row(byte[] key, Optional<byte[]> value) {
        return value.<Json>map(bytes -> ExportedRow.of(Optional.empty(), key, bytes))
                .orElse(Json.Null.VALUE);
    }

    private long keys(Database db, String ref) {
        Optional<Range> rest = Optional.of(prefix.map(Range::prefix).orElseGet(Range::all));
        long left = limit;
        while (rest.isPresent() && left > 0) {
            BlamePage page = db.history().blame(ref, space, rest.get(), (int) Math.min(PAGE, left));
            page.keys().forEach(this::line);
            left -= page.keys().size();
            rest = page.next();
        }
        return limit - left;
    }

    private void line(KeyBlame blame) {
        Commit commit = blame.commit();
        if (isJson()) {
            json(ExportedRow.key(Optional.empty(), blame.key())
                    .with("commit", Json.of(commit.id().hex()))
                    .with("author", Json.of(commit.author()))
                    .with("time", Json.of(commit.time().toString())));
        } else {
            screen().line(head(commit).plus(Shown.key(blame.key())));
        }
    }

    private static Text head(Commit commit) {
        return Text.of(commit.id().abbreviated(), Style.YELLOW)
                .plus("  " + Shown.time(commit.time()) + "  ", Style.DIM)
                .plus(commit.author() + "  ");
    }
}
