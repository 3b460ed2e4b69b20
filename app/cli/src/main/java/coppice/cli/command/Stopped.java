package coppice.cli.command;

import coppice.api.Branch;
import coppice.api.OpenConflicts;
import coppice.api.OpenConflicts.Operation;

/// What stopped on a branch, in the words that are typed to go on with it.
final class Stopped {
    private Stopped() {}

    /// The conflicts of what waits on a branch.
    static OpenConflicts on(Branch branch) {
        return branch.conflicts()
                .orElseThrow(() -> new Failure("nothing on " + branch.name()
                        + " waits for decisions: no merge, rebase, cherry-pick, revert or stash met conflicts"));
    }

    /// What people call it.
    static String name(Operation operation) {
        return switch (operation) {
            case MERGE -> "merge";
            case REBASE -> "rebase";
            case CHERRY_PICK -> "cherry-pick";
            case REVERT -> "revert";
            case STASH -> "stash";
        };
    }

    /// The line that goes on.
    ///
    /// @param sameBranch as [DatabaseTask#sameBranch] gives it
    static String goOn(Operation operation, String sameBranch) {
        return line(operation, "--continue", sameBranch);
    }

    private static String line(Operation operation, String option, String sameBranch) {
        return "coppice " + name(operation) + " " + option + sameBranch;
    }

    /// What can be done about conflicts.
    ///
    /// @param sameBranch as [DatabaseTask#sameBranch] gives it
    static String next(Operation operation, String sameBranch) {
        boolean skips = operation != Operation.MERGE && operation != Operation.STASH;
        return "the " + name(operation) + " waits. Decide with coppice resolve" + sameBranch + ", then "
                + goOn(operation, sameBranch) + "; or "
                + (skips ? "--skip, or --abort" : line(operation, "--abort", sameBranch));
    }
}
