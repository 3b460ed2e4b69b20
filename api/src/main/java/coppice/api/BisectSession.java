package coppice.api;

import java.util.List;
import java.util.Optional;

/// A search for the first bad commit, verdict by verdict: for tests that take their time, or a person's
/// judgement. The database remembers it, also when it is closed in between; there is one at a time. Safe for many
/// threads.
///
/// ```java
/// BisectSession search = db.history().bisection();
/// BisectOutcome state = search.start("main", List.of("v1.0"));
/// while (state instanceof BisectOutcome.Next next) {
///     state = worksAt(next.test()) ? search.good(next.test().id().hex()) : search.bad(next.test().id().hex());
/// }
/// ```
public interface BisectSession {
    /// Begins a search, in place of any other; see [HistoryView#bisect] for what is searched.
    ///
    /// @param bad a ref that is known to be bad
    /// @param good refs that are known to be good, at least one
    /// @throws DatabaseException.Incorrect when the good ones have all that the bad one has
    BisectOutcome start(String bad, List<String> good);

    /// Says that a commit is good, and with it all its ancestors.
    ///
    /// @throws DatabaseException.Incorrect when no search is on, or the bad commit would be good as well
    BisectOutcome good(String ref);

    /// Says that a commit is bad.
    ///
    /// @throws DatabaseException.Incorrect when no search is on, or the commit is none of those that are searched
    BisectOutcome bad(String ref);

    /// Says that a commit cannot be tested.
    ///
    /// @throws DatabaseException.Incorrect when no search is on
    BisectOutcome skip(String ref);

    /// Where the search stands; nothing when none is on.
    Optional<BisectOutcome> outcome();

    /// Ends the search and forgets it. Does nothing when none is on.
    void reset();
}
