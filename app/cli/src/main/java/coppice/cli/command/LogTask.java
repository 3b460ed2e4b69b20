package coppice.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.BranchInfo;
import coppice.api.Commit;
import coppice.api.CommitId;
import coppice.api.Database;
import coppice.api.LogQuery;
import coppice.api.RefTime;
import coppice.cli.render.Screen;
import coppice.cli.render.Style;
import coppice.cli.render.Text;
import coppice.cli.view.HistoryView;
import coppice.cli.view.Shown;
import coppice.json.Json;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Lists commits, newest first.
final class LogTask extends DatabaseTask {
    @Parameters(
            paramLabel = "RANGE",
            arity = "0..1",
            description = "Whose history; A..B for what B has and A has not; else the branch's.")
    private Optional<String> range = Optional.empty();

    @Option(names = "--all", description = "The commits of all branches.")
    private boolean all;

    @Option(names = "--graph", description = "Draw how they follow from each other.")
    private boolean graph;

    @Option(names = "--author", paramLabel = "TEXT", description = "Only by authors whose names contain this.")
    private Optional<String> author = Optional.empty();

    @Option(names = "--grep", paramLabel = "TEXT", description = "Only those whose messages contain this.")
    private Optional<String> grep = Optional.empty();

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Only from this time on: yesterday, '2 days ago', 2026-11-20 (its end), 2026-11-20T18:30 ...")
    private Optional<String> since = Optional.empty();

    @Option(names = "--until", paramLabel = "TIME", description = "Only up to this time.")
    private Optional<String> until = Optional.empty();

    @Option(names = "--space", paramLabel = "NAME", description = "Only those that changed something in this space.")
    private Optional<String> space = Optional.empty();

    @Option(names = "--key", paramLabel = "KEY", description = "With --space, only those that changed this key.")
    private Optional<String> key = Optional.empty();

    @Option(names = "--first-parent", description = "Follow only the first parent of merges.")
    private boolean firstParent;

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "N",
            description = "At most so many.")
    private int limit = Integer.MAX_VALUE;

    private LogQuery query(Database db) {
        LogQuery query = all
                ? LogQuery.ofAll(db.branches().stream().map(BranchInfo::name).toList())
                : LogQuery.of(range.map(this::ref).orElse(branchName()));
        query = author.isPresent() ? query.author(author.get()) : query;
        query = grep.isPresent() ? query.message(grep.get()) : query;
        query = since.isPresent() ? query.since(time(since.get())) : query;
        query = until.isPresent() ? query.until(time(until.get())) : query;
        query = firstParent ? query.alongFirstParents() : query;
        if (space.isPresent()) {
            query = key.isPresent()
                    ? query.touching(space.get(), key.get().getBytes(UTF_8))
                    : query.touching(space.get());
        } else if (key.isPresent()) {
            throw Failure.usage("--key says which key of which space: add --space NAME");
        }
        return query;
    }

    private static Instant time(String text) {
        return RefTime.parse(text, Instant.now(), ZoneId.systemDefault())
                .orElseThrow(() -> Failure.usage(
                        "'" + text + "' is no time: write yesterday, '2 days ago', 2026-11-20 or 2026-11-20T18:30"));
    }

    @Override
    int run(Database db) {
        Iterable<Commit> commits = db.history().log(query(db));
        Screen screen = screen();
        if (graph && !isJson()) {
            HistoryView.lines(db, commits, limit)
                    .forEach(line -> screen.line(screen.look().live() ? line.cut(screen.width()) : line));
            return OK;
        }
        int shown = 0;
        for (Commit commit : commits) {
            if (shown++ == limit) {
                break;
            }
            if (isJson()) {
                json(document(commit));
            } else {
                screen.line(Text.of(commit.id().abbreviated(), Style.YELLOW)
                        .plus("  " + Shown.time(commit) + "  ", Style.DIM)
                        .plus(commit.author() + "  ")
                        .plus(Shown.title(commit)));
            }
        }
        return OK;
    }

    /// A commit as JSON.
    static Json.Obj document(Commit commit) {
        Json.Obj metadata = Json.object();
        for (var fact : new java.util.TreeMap<>(commit.metadata()).entrySet()) {
            metadata = metadata.with(fact.getKey(), Json.of(fact.getValue()));
        }
        return Json.object(
                "id", commit.id().hex(),
                "parents",
                        Json.strings(
                                commit.parents().stream().map(CommitId::hex).toList()),
                "author", commit.author(),
                "committer", commit.committer(),
                "time", commit.time().toString(),
                "authored", commit.authored().toString(),
                "signed", commit.isSigned(),
                "message", commit.message(),
                "generation", commit.generation(),
                "metadata", metadata);
    }
}
