package coppice.engine.views;

import coppice.engine.log.SpaceWrites;
import coppice.engine.state.BranchState;
import coppice.engine.typing.BranchTypes;
import coppice.engine.typing.Typing;
import java.util.List;
import java.util.TreeSet;

/// Whether rows may stand together in one state: as their types say, and as indexes say in which no two rows may be the
/// same. Safe for all threads.
///
/// @param typing compares documents with their types
/// @param uniques compares rows with each other
public record Fitting(Typing typing, Uniques uniques) {
    /// Makes what [#check] needs, so that it takes no longer than what is written.
    public void prepare(BranchState state, List<SpaceWrites> writes) {
        if (uniques.areAny()) {
            uniques.prepare(state, spaces(writes));
        }
    }

    /// Compares what is written with the rest of the state that it leads to.
    ///
    /// @param before the state that it is written to
    /// @throws coppice.api.DatabaseException.Incorrect when it does not fit
    public void check(BranchTypes types, List<SpaceWrites> writes, BranchState before, BranchState after) {
        typing.checkTogether(types, writes, after);
        if (uniques.areAny()) {
            uniques.check(before, after, spaces(writes));
        }
    }

    private static List<String> spaces(List<SpaceWrites> writes) {
        return writes.stream().map(SpaceWrites::space).toList();
    }

    /// Compares what a move changes in a branch with the types that it then has, and with the other rows that it then
    /// has. Costs what the two states differ in.
    ///
    /// @throws coppice.api.DatabaseException.Incorrect when something does not fit that did before
    public void checkMoved(BranchState before, BranchState after) {
        typing.checkMoved(before, after);
        if (uniques.areAny()) {
            TreeSet<String> spaces = new TreeSet<>(before.names());
            spaces.addAll(after.names());
            uniques.check(before, after, spaces);
        }
    }
}
