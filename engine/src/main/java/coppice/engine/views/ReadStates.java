package coppice.engine.views;

import coppice.engine.state.BranchState;
import coppice.engine.state.Roots;
import java.util.function.Supplier;

/// The states that a projection is read of, now this and then that.
public interface ReadStates {
    /// The state to read now.
    BranchState now();

    /// Keeps a state from collection as long as its reader is reachable, or until what is returned is run.
    Runnable keep(Object reader, BranchState state);

    /// Those of a branch.
    static ReadStates of(Supplier<BranchState> branch, Roots roots) {
        return new ReadStates() {
            @Override
            public BranchState now() {
                return branch.get();
            }

            @Override
            public Runnable keep(Object reader, BranchState state) {
                return roots.hold(reader, state::roots)::release;
            }
        };
    }

    /// One that is kept already, as long as what gives it is reachable.
    static ReadStates ofHeld(Supplier<BranchState> held) {
        return new ReadStates() {
            @Override
            public BranchState now() {
                return held.get();
            }

            @Override
            public Runnable keep(Object reader, BranchState state) {
                return () -> {};
            }
        };
    }
}
