package coppice.engine.history;

import coppice.api.BisectOutcome;
import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.Verdict;
import coppice.engine.past.Suspects;
import coppice.engine.state.Roots;
import coppice.engine.storage.Storage;
import coppice.engine.terms.Failures;
import coppice.engine.version.Versions;
import coppice.kernel.bytes.Hash;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// A search for the first bad commit. Keeps the history that it searches. Not thread-safe.
public final class Bisection {
    private final Versions versions;
    private final Suspects suspects;

    private Bisection(Versions versions, Suspects suspects) {
        this.versions = versions;
        this.suspects = suspects;
    }

    /// Begins a search.
    ///
    /// @throws DatabaseException.Incorrect when the good commits have all that the bad one has
    public static Bisection between(Storage storage, Versions versions, List<Hash> good, Hash bad) {
        Bisection bisection = new Bisection(versions, new Suspects(storage.history(), bad, good));
        if (bisection.suspects.count() == 0) {
            throw new DatabaseException.Incorrect(
                            ErrorCode.NOTHING_TO_BISECT,
                            "The good commit has all that the bad commit " + bad
                                    + " has, so none between them can be the first bad one: exchange them, or name an"
                                    + " older good one")
                    .with("bad", bad);
        }
        storage.roots().hold(bisection, List.of(new Roots.OfCommit(bad)));
        return bisection;
    }

    /// Asks the test until nothing is left to ask.
    public BisectOutcome run(Function<Hash, Verdict> test) {
        while (true) {
            Optional<Hash> next = Failures.guarded(suspects::choose);
            if (next.isEmpty()) {
                return Failures.guarded(this::outcome);
            }
            say(next.get(), test.apply(next.get()));
        }
    }

    void say(Hash commit, Verdict verdict) {
        switch (verdict) {
            case GOOD -> suspects.good(commit);
            case BAD -> suspects.bad(commit);
            case SKIP -> suspects.skip(commit);
        }
    }

    /// Whether a commit may be the first bad one.
    boolean isSuspect(Hash commit) {
        return suspects.isLeft(commit);
    }

    /// Where the search stands.
    BisectOutcome outcome() {
        Optional<Hash> next = suspects.choose();
        if (next.isPresent()) {
            int left = suspects.count();
            int steps = Integer.SIZE - Integer.numberOfLeadingZeros(left - 1);
            return new BisectOutcome.Next(versions.describe(next.get()), left, steps);
        }
        return suspects.count() == 1
                ? new BisectOutcome.Found(versions.describe(suspects.bad()))
                : new BisectOutcome.Undecided(
                        suspects.left().stream().map(versions::describe).toList());
    }
}
