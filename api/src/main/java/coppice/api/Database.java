package coppice.api;

import java.util.List;
import java.util.function.Function;

/// A database: branches of named spaces of keys and values, with their whole history.
///
/// Safe for use by many threads. Blocking calls are the API; virtual threads make them cheap. After [#close()]
/// every call here and on what came from here fails with [DatabaseException.Closed].
///
/// A **ref** names a state: a branch (`main`: its latest commit), a commit hash or a unique prefix of one (4 digits
/// or more), any of these followed by `~n` (n first parents back) or `^n` (the n-th parent).
public interface Database extends AutoCloseable {
    /// The name of the branch every database starts with.
    String MAIN = "main";

    /// The branch `main`.
    default Branch main() {
        return branch(MAIN);
    }

    /// An existing branch. Costs nothing.
    ///
    /// @throws DatabaseException.NotFound when there is none of this name
    Branch branch(String name);

    /// Creates a branch whose first state is a commit, in O(1).
    ///
    /// @throws DatabaseException.Incorrect when the name is not valid or taken
    Branch branch(String name, Commit at);

    /// Creates a branch at a ref, in O(1).
    ///
    /// @throws DatabaseException.NotFound when the ref names nothing
    /// @throws DatabaseException.Incorrect when the name is not valid or taken
    default Branch branch(String name, String at) {
        return branch(name, resolve(at));
    }

    /// All branches, in the order of their names.
    List<Branch> branches();

    /// Removes a branch and its uncommitted changes. Commits that another branch reaches stay.
    ///
    /// @throws DatabaseException.NotFound when there is none of this name
    /// @throws DatabaseException.Incorrect when it is `main`
    void deleteBranch(String name);

    /// The committed state a ref names, to read: time travel.
    ///
    /// @throws DatabaseException.NotFound when the ref names nothing
    /// @throws DatabaseException.Incorrect when the ref is malformed or a prefix fits several commits
    Snapshot at(String ref);

    /// The commit a ref names; errors as for [#at].
    Commit resolve(String ref);

    /// A ref's history, newest first: the commit itself, then all its ancestors, children before parents. Read
    /// lazily.
    Iterable<Commit> log(String ref);

    /// What changed from one ref's state to another's, by space and key, in order. Read lazily: costs in proportion
    /// to the changes read, not to the data.
    Iterable<Change> diff(String from, String to);

    /// Looks into the past: logs and differences with filters and pages, where values come from, the history of
    /// keys, searching by halves.
    HistoryView history();

    /// Merges a ref into a branch: three-way by key, against the best common ancestor. The branch moves by
    /// compare-and-set: a transaction that finishes meanwhile is never lost, the merge then starts again.
    ///
    /// @throws DatabaseException.Incorrect when the branch merged into has uncommitted changes
    MergeOutcome merge(String source, Merge merge);

    /// The latest commit of `main`.
    default Commit head() {
        return main().head();
    }

    /// Commits `main`; see [Branch#commit(String)].
    default Commit commit(String message) {
        return main().commit(message);
    }

    /// A space of `main`; see [Branch#space].
    default Space space(String name) {
        return main().space(name);
    }

    /// Runs a transaction on `main`; see [Branch#transact].
    default <T> T transact(Function<Transaction, T> body) {
        return main().transact(body);
    }

    /// Folds all changes into trees and lets the journal be reused. Happens by itself; call it to measure or before
    /// a copy.
    void checkpoint();

    /// Frees the space of what nothing refers to any more. Happens by itself when idle.
    ///
    /// @return the bytes freed on disk
    long compact();

    /// Reads and verifies everything: every chunk and index entry, and of all that branches reach every link, count
    /// and list of ancestors. Runs beside readers and writers; costs a full read of the database on all processors,
    /// and about 50 bytes of heap a chunk.
    CheckReport check(Progress progress);

    /// As [#check(Progress)], in silence.
    default CheckReport check() {
        return check(Progress.none());
    }

    /// Figures about the database as it is now.
    Statistics statistics();

    /// Folds what is open, releases the directory and every thread. Idempotent. Transactions still open are rolled
    /// back.
    @Override
    void close();
}
