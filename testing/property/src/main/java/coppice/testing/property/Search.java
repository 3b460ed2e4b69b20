package coppice.testing.property;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The search for a counterexample and, once there is one, for its smallest form.
record Search(int runs, long seed, int shrinks) {
    private static final long STRIDE = 0x632BE59BD9B4E019L;

    /// A test as a function of choices.
    @FunctionalInterface
    interface Body {
        void run(Choices choices, Trace trace) throws Exception;
    }

    /// What a run did, told only when somebody will read it.
    record Trace(boolean wanted, List<String> lines) {
        void add(String line) {
            if (wanted) {
                lines.add(line);
            }
        }
    }

    /// How one run went: the choices it read, and what it threw, if anything.
    record Outcome(Choices choices, @Nullable Throwable failure) {
        boolean failed() {
            return failure != null && !rejected();
        }

        boolean rejected() {
            return failure instanceof Choices.Rejected;
        }
    }

    static Search of(int runs) {
        String caller = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
                .walk(frames -> frames.filter(frame -> !isOurs(frame.getDeclaringClass()))
                        .findFirst()
                        .map(frame -> frame.getClassName() + '#' + frame.getMethodName())
                        .orElse("nobody"));
        return new Search(runs, Choices.mix(caller.hashCode()), 3_000);
    }

    private static boolean isOurs(Class<?> type) {
        return type == Search.class || type == Property.class || type == Model.class;
    }

    Search runs(int count) {
        return new Search(count, seed, shrinks);
    }

    Search seed(long first) {
        return new Search(runs, first, shrinks);
    }

    Search shrinks(int count) {
        return new Search(runs, seed, count);
    }

    void run(Body body) {
        int total = Integer.getInteger("coppice.runs", runs);
        long first = firstSeed();
        int rejected = 0;
        for (int run = 0; run < total; run++) {
            long current = first + run * STRIDE;
            Outcome outcome = attempt(body, Choices.random(current), new Trace(false, List.of()));
            if (outcome.failed()) {
                throw report(body, outcome, run + 1, current);
            }
            rejected += outcome.rejected() ? 1 : 0;
        }
        if (total > 0 && rejected > total * 9L / 10) {
            throw new AssertionError("the generator rejected " + rejected + " of " + total
                    + " runs, so nearly nothing was checked; make it produce valid values instead of filtering them");
        }
    }

    private long firstSeed() {
        String given = System.getProperty("coppice.seed", "");
        return switch (given) {
            case "" -> seed;
            case "fresh" -> Choices.mix(System.nanoTime());
            default -> Long.parseLong(given);
        };
    }

    static Outcome attempt(Body body, Choices choices, Trace trace) {
        try {
            body.run(choices, trace);
            return new Outcome(choices, null);
        } catch (Throwable failure) {
            return new Outcome(choices, failure);
        }
    }

    private AssertionError report(Body body, Outcome outcome, int run, long failingSeed) {
        long[] smallest = new Shrinker(body, outcome, shrinks).shrink();
        Trace trace = new Trace(true, new ArrayList<>());
        Outcome again = attempt(body, Choices.replay(smallest), trace);
        String verdict = again.failed()
                ? Objects.toString(again.failure())
                : "(it passed when run once more: the test depends on something beside its choices)";
        return new AssertionError(
                "falsified in run %d%n  smallest counterexample: %s%n  failure: %s%n  again: -Dcoppice.seed=%d"
                        .formatted(run, shown(trace), verdict, failingSeed),
                again.failed() ? again.failure() : outcome.failure());
    }

    private static String shown(Trace trace) {
        List<String> lines = trace.lines();
        return lines.size() == 1
                ? lines.getFirst()
                : System.lineSeparator() + "    " + String.join(System.lineSeparator() + "    ", lines);
    }
}
