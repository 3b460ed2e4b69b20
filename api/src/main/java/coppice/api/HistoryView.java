package coppice.api;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/// Looks into the past of a database: what was done, where two states differ, where a value comes from, and when
/// something went wrong. Nothing here changes any data. Safe for many threads.
///
/// What reads lazily keeps what it reads from being swept away as long as it is reachable.
///
/// Refs are those of [Database]; every method that takes one throws [DatabaseException.NotFound] when it names
/// nothing and [DatabaseException.Incorrect] when it is malformed or ambiguous.
public interface HistoryView {
    /// The commits of a query, read lazily. Each costs about as much as its record does to read; where the query
    /// looks for commits that changed certain keys, an index answers for nearly all, see [#versions].
    Iterable<Commit> log(LogQuery query);

    /// The first commits of a query, and the query for what follows.
    ///
    /// @param limit at least 1
    CommitPage page(LogQuery query, int limit);

    /// The differences of a query, by space and key in order, read lazily: costs in proportion to the changes
    /// read, and looks into no space that is equal on both sides.
    Iterable<Change> diff(DiffQuery query);

    /// The first differences of a query, and the query for what follows. Going on costs one path in each tree.
    ///
    /// @param limit at least 1
    ChangePage page(DiffQuery query, int limit);

    /// How many keys differ in each space that has differences, by name; what follows the query's place when it has
    /// one. Costs O(changed leaves): what is wholly on one side is counted unread.
    List<ChangeCount> count(DiffQuery query);

    /// A commit with what it changed against its first parent, or against nothing when it has none.
    CommitDetails show(String ref);

    /// Whether a commit is another one or among its ancestors. O(log n).
    boolean isAncestor(String ancestor, String descendant);

    /// The best common ancestors of two commits: one as a rule, none of unrelated histories, several after merges
    /// that crossed.
    List<Commit> mergeBases(String a, String b);

    /// The history of one key, newest first: all commits of the ref's history that changed it, with the value
    /// before and after, read lazily.
    ///
    /// A commit changed a key when its value in the commit, or its absence, is another than in **each** parent;
    /// so a merge is listed only when it decided something else than what any of its sides had, and a change on a
    /// side that was merged is listed where it was made. The order is that of [LogQuery.Order#GENERATION].
    ///
    /// An index of what each commit changed is kept beside the data and brought forward in the background. It is
    /// never trusted for a value: what it names is looked up in the commits, and commits that it does not have
    /// yet, or that changed thousands of keys, are asked one by one.
    Iterable<KeyVersion> versions(String ref, String space, byte[] key);

    /// The commit that a key's value comes from: the newest one in the ref's history that gave the key, by the
    /// rule of [#versions], the value it has at the ref. For a key that is not there, the one that removed it.
    ///
    /// @return nothing when the key never was there
    Optional<Commit> blame(String ref, String space, byte[] key);

    /// For each of the first keys of a range the commit that its value comes from, and the range of what follows.
    ///
    /// @param limit at least 1
    BlamePage blame(String ref, String space, Range range, int limit);

    /// What changed inside a value, where both sides are JSON documents: the finest members that differ, in their
    /// order. A document that was added or removed is one change as a whole.
    ///
    /// @return nothing when a side is no JSON
    List<FieldChange> fields(Change change);

    /// For each field of a JSON document the commit that its value comes from: the newest commit in the ref's
    /// history in which the field got, against each parent, the value that it has at the ref. Items of arrays are
    /// fields by their index. Reads the key's history as far as needed.
    ///
    /// @return in the order of the fields; nothing when the key is not there or its value is no JSON
    List<FieldBlame> blameFields(String ref, String space, byte[] key);

    /// Finds the first bad commit between a good and a bad one by testing about log2(n) of the n commits between
    /// them. Where badness came and went several times, it is one of the commits where it came.
    ///
    /// Searched are the commits that the bad one has and the good one has not, the bad one included. The good one
    /// need not be an ancestor: it vouches for what both have in common.
    ///
    /// @param test is given each commit's state to read
    /// @return [BisectOutcome.Found] or, when the test skipped too many, [BisectOutcome.Undecided]
    /// @throws DatabaseException.Incorrect when the good one has all that the bad one has
    BisectOutcome bisect(String good, String bad, Function<Snapshot, Verdict> test);

    /// As [#bisect(String, String, Function)] with a test that always knows.
    ///
    /// @param isGood whether what is looked for is not there yet
    /// @return the first bad commit
    default Commit bisectBy(String good, String bad, Predicate<Snapshot> isGood) {
        BisectOutcome outcome = bisect(good, bad, state -> isGood.test(state) ? Verdict.GOOD : Verdict.BAD);
        if (outcome instanceof BisectOutcome.Found(Commit first)) {
            return first;
        }
        throw new IllegalStateException("A test that skips nothing finds one commit, not " + outcome);
    }

    /// The search for the first bad commit that goes on over many calls; see there.
    BisectSession bisection();
}
