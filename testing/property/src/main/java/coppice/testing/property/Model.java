package coppice.testing.property;

import java.util.concurrent.Callable;
import java.util.function.Function;

/// A system under test beside a simple model of it, both driven by the same random commands. A failing list of commands
/// shrinks to a short one.
///
/// ```java
/// Model.of(TreeMap<String, String>::new, Store::open)
///         .commands(model -> Gen.oneOf(puts(), removes(model.keySet())))
///         .check();
/// ```
///
/// Each command acts on both and compares; a system that is [AutoCloseable] is closed after each run.
public final class Model<M, S> {
    /// One step. Make it a record, or use [#named], so that a counterexample is readable.
    @FunctionalInterface
    public interface Command<M, S> {
        /// Does the step on both sides and throws when they differ.
        void run(M model, S system) throws Exception;

        /// A command with a name to show.
        static <M, S> Command<M, S> named(String name, Command<M, S> body) {
            return new Command<>() {
                @Override
                public void run(M model, S system) throws Exception {
                    body.run(model, system);
                }

                @Override
                public String toString() {
                    return name;
                }
            };
        }
    }

    private final Callable<? extends M> model;
    private final Callable<? extends S> system;
    private final Function<? super M, ? extends Gen<? extends Command<? super M, ? super S>>> commands;
    private final Command<? super M, ? super S> invariant;
    private final Command<? super M, ? super S> ending;
    private final int least;
    private final int steps;
    private final Search search;

    private Model(
            Callable<? extends M> model,
            Callable<? extends S> system,
            Function<? super M, ? extends Gen<? extends Command<? super M, ? super S>>> commands,
            Command<? super M, ? super S> invariant,
            Command<? super M, ? super S> ending,
            int least,
            int steps,
            Search search) {
        this.model = model;
        this.system = system;
        this.commands = commands;
        this.invariant = invariant;
        this.ending = ending;
        this.least = least;
        this.steps = steps;
        this.search = search;
    }

    /// A model and a system, each made anew for every run; 100 runs of up to 50 commands.
    public static <M, S> Model<M, S> of(Callable<? extends M> model, Callable<? extends S> system) {
        Gen<Command<M, S>> nothing = choices -> {
            throw choices.reject();
        };
        return new Model<>(model, system, ignored -> nothing, (m, s) -> {}, (m, s) -> {}, 0, 50, Search.of(100));
    }

    /// The commands that make sense in a state of the model; the simplest first.
    public Model<M, S> commands(Function<? super M, ? extends Gen<? extends Command<? super M, ? super S>>> possible) {
        return new Model<>(model, system, possible, invariant, ending, least, steps, search);
    }

    /// What must hold after every command.
    public Model<M, S> invariant(Command<? super M, ? super S> always) {
        return new Model<>(model, system, commands, always, ending, least, steps, search);
    }

    /// What must hold at the end of every run, when no more commands come.
    public Model<M, S> ending(Command<? super M, ? super S> last) {
        return new Model<>(model, system, commands, invariant, last, least, steps, search);
    }

    /// Runs of at most that many commands.
    public Model<M, S> steps(int max) {
        return new Model<>(model, system, commands, invariant, ending, Math.min(least, max), max, search);
    }

    /// Runs of at least that many commands, and at most as many as [#steps] says. What fails still shrinks to fewer.
    public Model<M, S> lasting(int min) {
        return new Model<>(model, system, commands, invariant, ending, Math.min(min, steps), steps, search);
    }

    /// That many runs instead of 100.
    public Model<M, S> runs(int runs) {
        return new Model<>(model, system, commands, invariant, ending, least, steps, search.runs(runs));
    }

    /// Begins with this seed instead of the one that derives from the test's name.
    public Model<M, S> seed(long seed) {
        return new Model<>(model, system, commands, invariant, ending, least, steps, search.seed(seed));
    }

    /// Drives both.
    ///
    /// @throws AssertionError with the shortest failing list of commands, when there is one
    public void check() {
        search.run(this::drive);
    }

    private void drive(Choices choices, Search.Trace trace) throws Exception {
        M expected = model.call();
        S actual = system.call();
        try {
            int target = choices.target(least, steps);
            for (int step = 0, mark = choices.begin(); step < steps && choices.more(step < target); step++) {
                Command<? super M, ? super S> command = commands.apply(expected).from(choices);
                trace.add(trace.wanted() ? (step + 1) + ". " + Description.of(command) : "");
                command.run(expected, actual);
                invariant.run(expected, actual);
                choices.end(mark);
                mark = choices.begin();
            }
            ending.run(expected, actual);
        } finally {
            if (actual instanceof AutoCloseable closeable) {
                closeable.close();
            }
        }
    }
}
