package coppice.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.Database;
import coppice.api.Range;
import coppice.api.Snapshot;
import coppice.api.SpaceView;
import java.util.Optional;
import picocli.CommandLine.Option;

/// A command that reads one state: a branch as it is now, or any commit.
abstract class ReadTask extends DatabaseTask {
    @Option(
            names = "--at",
            paramLabel = "REF",
            description = "Read the state a ref names instead: a branch's last commit, a commit, main~3 ...")
    private Optional<String> at = Optional.empty();

    final Snapshot state(Database db) {
        return at.map(this::ref).map(db::at).orElseGet(() -> branch(db).snapshot());
    }

    /// A space that has something in it.
    final SpaceView space(Snapshot state, String name) {
        return space(this, state, name);
    }

    /// A space that has something in it, for a command.
    static SpaceView space(Task task, Snapshot state, String name) {
        if (!state.spaces().contains(name)) {
            String known = String.join(", ", state.spaces());
            throw new Failure("there is no space '" + name + "'; "
                    + (known.isEmpty() ? "there are none yet" : "there are: " + known)
                    + Suggestion.instead(task.line(), name, state.spaces()));
        }
        return state.space(name);
    }

    /// The range that options describe.
    static Range range(Optional<String> prefix, Optional<String> from, Optional<String> to, boolean reverse) {
        if (prefix.isPresent() && (from.isPresent() || to.isPresent())) {
            throw Failure.usage("--prefix does not go together with --from and --to; use one or the other");
        }
        Range range;
        if (prefix.isPresent()) {
            range = Range.prefix(prefix.get());
        } else if (from.isPresent() && to.isPresent()) {
            range = Range.between(from.get().getBytes(UTF_8), to.get().getBytes(UTF_8));
        } else if (from.isPresent()) {
            range = Range.from(from.get().getBytes(UTF_8));
        } else {
            range = to.map(key -> Range.to(key.getBytes(UTF_8))).orElseGet(Range::all);
        }
        return reverse ? range.reversed() : range;
    }
}
