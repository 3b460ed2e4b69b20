package coppice.api;

import java.util.List;

/// Where a search for the first bad commit stands.
public sealed interface BisectOutcome {
    /// This commit is the first bad one: it is bad, and all that it was made from is good.
    record Found(Commit first) implements BisectOutcome {}

    /// Only commits that were passed over are left beside the earliest known bad one: it is one of these.
    record Undecided(List<Commit> suspects) implements BisectOutcome {
        public Undecided {
            suspects = List.copyOf(suspects);
        }
    }

    /// This commit is to be tested next.
    ///
    /// @param test the commit that halves what is left
    /// @param candidates how many commits may still be the first bad one
    /// @param steps how many tests are left, about
    record Next(Commit test, long candidates, int steps) implements BisectOutcome {}
}
