package coppice.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.ConflictQuery;
import coppice.api.Database;
import coppice.api.OpenConflicts;
import coppice.api.Resolver;
import coppice.cli.render.Amounts;
import coppice.json.Json;
import java.util.Arrays;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Decides conflicts of what waits on a branch: one, those of a space, or all.
final class ResolveTask extends DatabaseTask {
    @Parameters(index = "0", paramLabel = "SPACE", arity = "0..1", description = "Those of this space; else all.")
    private Optional<String> space = Optional.empty();

    @Parameters(index = "1", paramLabel = "KEY", arity = "0..1", description = "The one of this key.")
    private Optional<String> key = Optional.empty();

    @Mixin
    private Deciding deciding = new Deciding();

    @Option(names = "--value", paramLabel = "TEXT", description = "Give the key this value.")
    private Optional<String> value = Optional.empty();

    @Option(names = "--remove", description = "Remove the key.")
    private boolean remove;

    @Option(names = "--reopen", description = "Take back what was decided about KEY.")
    private boolean reopen;

    @Override
    int run(Database db) {
        OpenConflicts open = Stopped.on(branch(db));
        if (reopen) {
            open.unresolve(
                    space.orElseThrow(ResolveTask::unnamed),
                    key.orElseThrow(ResolveTask::unnamed).getBytes(UTF_8));
            done("opened again", Json.object("operation", Stopped.name(open.operation()), "opened", 1));
            return OK;
        }
        long decided = open.resolveAll(space.map(ConflictQuery::in).orElseGet(ConflictQuery::all), limited(decision()));
        if (decided == 0) {
            throw new Failure("there is no such conflict that is open: coppice conflicts lists them");
        }
        done(
                "decided " + Amounts.count(decided, "conflict") + "; coppice conflicts" + sameBranch()
                        + " lists what is open, " + Stopped.goOn(open.operation(), sameBranch()) + " goes on",
                Json.object("operation", Stopped.name(open.operation()), "decided", decided));
        return OK;
    }

    private static Failure unnamed() {
        return Failure.usage("which key? coppice resolve SPACE KEY --reopen");
    }

    private Resolver decision() {
        if (value.isPresent() || remove) {
            if (key.isEmpty()) {
                throw Failure.usage("--value and --remove are for one key: coppice resolve SPACE KEY --value TEXT");
            }
            Resolver.Take take = new Resolver.Take(value.map(text -> text.getBytes(UTF_8)));
            return conflict -> take;
        }
        if (!deciding.isDecided()) {
            throw Failure.usage("how? --take ours, --take theirs, --value TEXT or --remove");
        }
        return deciding.resolver();
    }

    private Resolver limited(Resolver rule) {
        if (key.isEmpty()) {
            return rule;
        }
        byte[] only = key.get().getBytes(UTF_8);
        return conflict -> Arrays.equals(conflict.key(), only) ? rule.resolve(conflict) : new Resolver.Unresolved();
    }
}
