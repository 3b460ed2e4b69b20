package coppice.cli.command;

import coppice.api.CommitId;
import coppice.api.Database;
import coppice.api.Push;
import coppice.api.PushOutcome;
import coppice.cli.render.Style;
import coppice.cli.render.Text;
import coppice.json.Json;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Brings a branch or tag to another database.
final class PushTask extends DatabaseTask {
    @Parameters(index = "0", paramLabel = "REMOTE", arity = "0..1", description = "To where; else origin.")
    private String remote = "origin";

    @Parameters(index = "1", paramLabel = "REF", arity = "0..1", description = "A branch, or tags/NAME; else -b.")
    private Optional<String> ref = Optional.empty();

    @Option(names = "--to", paramLabel = "NAME", description = "Its name over there; else the same.")
    private Optional<String> to = Optional.empty();

    @Option(names = "--force", description = "Even if it drops commits over there.")
    private boolean force;

    @Option(
            names = "--lease",
            paramLabel = "COMMIT",
            description = "With --force, only if the branch over there still is at this commit.")
    private Optional<String> lease = Optional.empty();

    @Override
    int run(Database db) {
        Push push = Push.branch(ref.orElse(branchName()));
        push = to.isPresent() ? push.to(to.get()) : push;
        push = force ? push.forced() : push;
        push = lease.isPresent() ? push.forcedFrom(db.resolve(lease.get()).id()) : push;
        return switch (push(db, push)) {
            case PushOutcome.Pushed pushed -> {
                String before = pushed.before().map(CommitId::abbreviated).orElse("nothing");
                result(
                        Text.of(pushed.forced() ? "forced " : "pushed ", Style.GREEN)
                                .plus(push.to() + ": " + before + " → "
                                        + pushed.commit().abbreviated() + "  " + Transfer.words(pushed.traffic())),
                        Json.object(
                                "outcome", pushed.forced() ? "forced" : "pushed",
                                "to", push.to(),
                                "before", pushed.before().map(CommitId::hex).orElse(null),
                                "after", pushed.commit().hex(),
                                "traffic", Transfer.document(pushed.traffic())));
                yield OK;
            }
            case PushOutcome.UpToDate(var commit) -> {
                result(
                        Text.of(push.to() + " is at " + commit.abbreviated() + " over there already"),
                        Json.object("outcome", "up-to-date", "to", push.to(), "after", commit.hex()));
                yield OK;
            }
            case PushOutcome.Rejected rejected -> throw new Failure(why(push.to(), rejected));
        };
    }

    private PushOutcome push(Database db, Push push) {
        try (StageBar bar = bar()) {
            return db.remotes().push(remote, push.telling(bar::moved));
        }
    }

    private String why(String name, PushOutcome.Rejected rejected) {
        String at = rejected.actual().map(CommitId::abbreviated).orElse("nothing");
        return switch (rejected.reason()) {
            case NOT_FAST_FORWARD ->
                name + " is at " + at + " over there, which is not part of this: coppice pull " + remote + " " + name
                        + " first, or --force";
            case MOVED -> name + " moved over there, to " + at + ": coppice fetch " + remote + " and look";
            case UNCOMMITTED_CHANGES -> name + " has uncommitted changes over there: commit or discard them there";
            case TAG_EXISTS -> name + " is at " + at + " over there, and tags do not move";
        };
    }
}
