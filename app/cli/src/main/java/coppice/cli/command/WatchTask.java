package coppice.cli.command;

import coppice.api.Change;
import coppice.api.Database;
import coppice.api.feed.ChangeBatch;
import coppice.api.feed.ChangeFeed;
import coppice.api.feed.ChangeFilter;
import coppice.api.feed.FeedStart;
import coppice.api.feed.RowChange;
import coppice.cli.render.Style;
import coppice.cli.render.Text;
import coppice.json.Json;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Shows what happened to rows since a place, up to now.
final class WatchTask extends DatabaseTask {
    @Parameters(
            paramLabel = "SPACE",
            arity = "0..1",
            description = "Only spaces that fit this glob. What happened up to now is told, and that is the end: a "
                    + "database is open in one process at a time, so nobody else can write meanwhile. To follow "
                    + "other processes as they write comes with the server.")
    private Optional<String> space = Optional.empty();

    @Option(
            names = "--projection",
            paramLabel = "NAME",
            description = "What happened to the rows that this projection gives, instead of those of spaces.")
    private Optional<String> projection = Optional.empty();

    @Option(names = "--keys", paramLabel = "GLOB", description = "Only keys that fit this.")
    private Optional<String> keys = Optional.empty();

    @Option(names = "--where", paramLabel = "CONDITION", description = "Only documents that meet this.")
    private Optional<String> where = Optional.empty();

    @Option(
            names = "--from",
            paramLabel = "PLACE",
            description = "Since when: 'start' for everything that is there, 'now' for nothing but a token, or a ref; "
                    + "without it, the branch's latest commit.")
    private Optional<String> from = Optional.empty();

    @Option(names = "--after", paramLabel = "TOKEN", description = "Since the place of a token that was shown before.")
    private Optional<String> after = Optional.empty();

    @Option(
            names = "--as",
            paramLabel = "NAME",
            description = "Since the last time of this name, which is remembered; the first time, as --from says.")
    private Optional<String> name = Optional.empty();

    @Option(names = "--forget", description = "Forget the name of --as, and show nothing.")
    private boolean forget;

    @Option(names = "--max", paramLabel = "N", description = "At most so many steps; the token is behind the last.")
    private Optional<Integer> max = Optional.empty();

    @Override
    void checkUsage() {
        if (from.isPresent() && after.isPresent()) {
            throw Failure.usage("--from and --after both say since when: give one");
        }
        if (forget && name.isEmpty()) {
            throw Failure.usage("--forget needs the name: --as NAME");
        }
        if (Stream.of(space, keys, where, from, after, name, projection).anyMatch(one -> one.equals(Optional.of("")))) {
            throw Failure.usage("an option or the space is empty: give it something, or leave it out");
        }
        if (projection.isPresent() && (space.isPresent() || keys.isPresent() || where.isPresent())) {
            throw Failure.usage("--projection names what to watch: leave out SPACE, --keys and --where, and define a"
                    + " projection of fewer rows");
        }
        if (max.isPresent() && max.get() < 1) {
            throw Failure.usage("--max is 1 or more");
        }
    }

    @Override
    int run(Database db) {
        if (forget) {
            db.subscriptions().drop(name.orElseThrow());
            done("forgotten", Json.object("forgotten", name.orElseThrow()));
            return OK;
        }
        ChangeFilter filter = ChangeFilter.of(space.orElse("*"));
        filter = keys.map(filter::keys).orElse(filter);
        filter = where.map(filter::where).orElse(filter);
        tellUnknown(db);
        try (ChangeFeed feed = projection.isPresent()
                ? branch(db).projection(projection.get()).watch(start())
                : branch(db).watch(filter, start())) {
            int steps = 0;
            for (boolean more = true; more && steps < max.orElse(Integer.MAX_VALUE); ) {
                Optional<ChangeBatch> next = feed.poll();
                next.ifPresent(this::show);
                more = next.isPresent();
                steps += more ? 1 : 0;
            }
            if (name.isPresent()) {
                feed.acknowledge();
            }
            end(steps, feed.token());
        }
        return OK;
    }

    private void tellUnknown(Database db) {
        List<String> spaces = branch(db).spaces();
        space.filter(name -> name.matches("[^*?]+") && !spaces.contains(name))
                .ifPresent(name -> note("there is no space '" + name + "' now"
                        + (db.projections().find(name).isPresent()
                                ? "; there is a projection: coppice watch --projection " + name
                                : Suggestion.instead(line(), name, spaces))));
    }

    private FeedStart start() {
        FeedStart plain = after.map(FeedStart::after).orElseGet(() -> switch (from.orElse("HEAD")) {
            case "start" -> FeedStart.beginning();
            case "now" -> FeedStart.now();
            case String ref -> FeedStart.since(ref(ref));
        });
        return name.map(given -> FeedStart.subscription(given, plain)).orElse(plain);
    }

    private void show(ChangeBatch batch) {
        if (isJson()) {
            json(Json.object(
                    "kind",
                    batch.kind().name().toLowerCase(Locale.ROOT),
                    "action",
                    batch.action(),
                    "since",
                    batch.since(),
                    "position",
                    batch.position(),
                    "commit",
                    batch.commit()));
        } else {
            screen().line(heading(batch));
        }
        if (batch.kind() != ChangeBatch.Kind.GAP) {
            DiffTask.show(this, screen().look().live() ? 20 : Integer.MAX_VALUE, changes(batch));
        }
    }

    private static Text heading(ChangeBatch batch) {
        return switch (batch.kind()) {
            case CONTENT -> Text.of("what is there", Style.BOLD);
            case CHANGE -> Text.of(batch.action(), Style.BOLD).plus(" at " + batch.position());
            case SEVERAL -> Text.of("what changed", Style.BOLD).plus(" up to " + batch.position());
            case GAP ->
                Text.of("a gap", Style.YELLOW)
                        .plus(" up to " + batch.position()
                                + ": what happened is not known any more; --from start shows what is there");
        };
    }

    private static Iterable<Change> changes(ChangeBatch batch) {
        return () -> {
            Iterator<RowChange> rows = batch.changes().iterator();
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return rows.hasNext();
                }

                @Override
                public Change next() {
                    return change(rows.next());
                }
            };
        };
    }

    private static Change change(RowChange row) {
        return switch (row) {
            case RowChange.Added(String space, byte[] key, byte[] now) -> new Change.Added(space, key, now);
            case RowChange.Removed(String space, byte[] key, byte[] was) -> new Change.Removed(space, key, was);
            case RowChange.Modified(String space, byte[] key, byte[] was, byte[] now) ->
                new Change.Modified(space, key, was, now);
        };
    }

    private void end(int steps, String token) {
        if (name.isPresent()) {
            done(steps == 0 ? "nothing new" : "remembered as " + name.get(), Json.object("as", name.get()));
        } else {
            done((steps == 0 ? "nothing new; " : "") + "go on with --after " + token, Json.object("after", token));
        }
    }
}
