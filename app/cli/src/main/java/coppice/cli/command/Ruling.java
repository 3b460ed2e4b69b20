package coppice.cli.command;

import coppice.api.MergePolicy;
import java.util.Optional;
import picocli.CommandLine.Option;

/// The policy that commands take which may meet keys that both sides changed.
final class Ruling {
    @Option(
            names = "--policy",
            paramLabel = "POLICY",
            description =
                    "What becomes of keys that both sides changed: fields (the default: JSON objects are merged by "
                            + "field), whole, ours, theirs, last-writer-wins, delete-wins, update-wins, crdt(KIND) ...")
    private Optional<String> policy = Optional.empty();

    /// The policy for everything, if one was named.
    Optional<MergePolicy> policy() {
        return policy.map(MergePolicy::parse);
    }
}
