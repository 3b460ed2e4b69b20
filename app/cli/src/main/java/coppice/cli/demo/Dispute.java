package coppice.cli.demo;

import java.util.List;

/// Two pieces of work that change the same keys.
///
/// @param branch where their side works
/// @param ours what is done on main
/// @param theirs what is done on the branch
/// @param decision how it is settled, in words: fields that only one side changed are combined, of the others ours is
///     kept
record Dispute(String branch, Work ours, Work theirs, List<String> decision) {
    Dispute {
        decision = List.copyOf(decision);
    }
}
