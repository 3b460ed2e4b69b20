package coppice.engine.views;

import coppice.engine.state.BranchState;
import coppice.engine.state.Roots;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/// The states that a projection is read of, now this and then that.
public final class ReadStates {
    private final Supplier<BranchState> states;
    private final BiFunction<Object, BranchState, Runnable> keeping;

    private ReadStates(Supplier<BranchState> states, BiFunction<Object, BranchState, Runnable> keeping) {
        this.states = states;
        this.keeping = keeping;
    }

    /// Those of a branch.
    public static ReadStates of(Supplier<BranchState> branch, Roots roots) {
        return new ReadStates(branch, (reader, state) -> roots.hold(reader, state::roots)::release);
    }

    /// One that is kept already, as long as what gives it is reachable.
    public static ReadStates ofHeld(Supplier<BranchState> held) {
        return new ReadStates(held, (_, _) -> () -> {});
    }

    /// The state to read now.
    BranchState now() {
        return states.get();
    }

    /// Keeps a state from collection as long as its reader is reachable, or until what is returned is run.
    Runnable keep(Object reader, BranchState state) {
        return keeping.apply(reader, state);
    }
}
