package coppice.api;

import coppice.api.feed.ChangeFeed;
import coppice.api.feed.ChangeFilter;
import coppice.api.feed.FeedStart;
import coppice.api.projection.ProjectionView;
import coppice.api.query.Query;
import coppice.api.schema.Schema;
import coppice.api.structure.Structured;
import coppice.api.structure.Structures;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// A line of work: a latest commit and the uncommitted changes on top of it. Uncommitted changes are durable like
/// everything else, and invisible to other branches.
///
/// A handle holds no state of its own; it is safe for many threads and stays valid until the branch is deleted.
public interface Branch extends Structured {
    /// The branch's name.
    String name();

    /// The latest commit.
    Commit head();

    /// A space of the branch's working state. It need not exist: the first put makes it.
    ///
    /// Each call on it is a transaction of its own; use [#transact] for several.
    ///
    /// @throws DatabaseException.Incorrect when the name is empty, too long or holds control characters
    Space space(String name);

    /// A question for the rows of a space of the working state, as it is whenever it is asked.
    ///
    /// @throws DatabaseException.Incorrect when no space can have this name
    Query query(String space);

    /// The types that documents of the working state must fit.
    Schema schema();

    /// A projection of the working state.
    ///
    /// @throws DatabaseException.NotFound when there is none of this name
    ProjectionView projection(String name);

    /// The structures of the working state. What is done with one takes effect as a transaction of its own; use
    /// [#transact] for several.
    @Override
    Structures structures();

    /// The names of the spaces of the working state that hold at least one key, in order.
    List<String> spaces();

    /// Fills a space that has no entries from sorted entries, building its tree directly: several times as fast as
    /// puts, in bounded memory. Takes effect at the end, as a whole.
    ///
    /// @param entries in strictly ascending order of keys
    /// @return how many there were
    /// @throws DatabaseException.Incorrect when the space has entries, or the order or a limit is broken
    long load(String space, Iterator<Entry> entries);

    /// Reads JSON lines as [Snapshot#exportLines] writes them into the working state: their keys get their
    /// values, others stay; of two lines for one key the later one counts. Takes effect at the end, as a whole, or
    /// not at all; transactions that finish meanwhile are kept, except that a key that was imported has what was
    /// imported.
    ///
    /// Needs the memory of one row and some 16 MiB. Sorted lines into an empty space build its tree directly,
    /// others cost what puts in large batches do. One sync of the packs.
    ///
    /// @throws IOException when the stream fails; nothing was changed then
    /// @throws DatabaseException.Incorrect at the first line that is none or breaks a limit, which it names; or
    ///     when the working state is the content of an uncommitted merge
    /// @throws DatabaseException.Conflict when the branch is written to so much that no moment is found for it
    ImportReport importLines(InputStream in, Import how) throws IOException;

    /// Reads lines that name their spaces; see [#importLines(InputStream, Import)].
    default ImportReport importLines(InputStream in) throws IOException {
        return importLines(in, Import.named());
    }

    /// The working state as it is now, to read at leisure. Costs two pointers.
    Snapshot snapshot();

    /// Begins a transaction with snapshot isolation. Close it when done.
    default Transaction begin() {
        return begin(Isolation.SNAPSHOT);
    }

    /// Begins a transaction. Close it when done.
    Transaction begin(Isolation isolation);

    /// Runs a body in a transaction and commits it, again from the start when it conflicts with another, with
    /// growing, jittered pauses between attempts. The body must therefore do nothing but work on the transaction.
    ///
    /// @throws DatabaseException.Conflict when it still conflicts after [TransactionOptions#attempts()] attempts
    <T> T transact(TransactionOptions options, Function<Transaction, T> body);

    /// Runs a body with the default options; see [#transact(TransactionOptions, Function)].
    default <T> T transact(Function<Transaction, T> body) {
        return transact(TransactionOptions.defaults(), body);
    }

    /// Runs a body without a result; see [#transact(TransactionOptions, Function)].
    default void run(Consumer<Transaction> body) {
        transact(transaction -> {
            body.accept(transaction);
            return true;
        });
    }

    /// Runs a body in a transaction and makes it a version in the same step, as [Transaction#commit(CommitMessage)]
    /// does; again from the start when it conflicts with another, as [#transact(TransactionOptions, Function)].
    Commit commit(CommitMessage message, Consumer<Transaction> body);

    /// Runs a body and makes it a version by the default author; see [#commit(CommitMessage, Consumer)].
    default Commit commit(String message, Consumer<Transaction> body) {
        return commit(CommitMessage.of(message), body);
    }

    /// Makes the working state the next version. Costs the changes since the last commit and one shared sync;
    /// writers of this branch go on meanwhile and their later changes stay uncommitted. Without changes it makes an
    /// empty commit.
    Commit commit(CommitMessage message);

    /// Commits with a message and the default author; see [#commit(CommitMessage)].
    default Commit commit(String message) {
        return commit(CommitMessage.of(message));
    }

    /// Makes the working state a version in place of the latest one, with the same parents. Costs as
    /// [#commit(CommitMessage)]. The version replaced stays in the reflog.
    ///
    /// @param message of the new version; its author and time are those of the replaced one unless given
    /// @throws DatabaseException.Incorrect when the latest commit is the first, which has no parents
    Commit amend(CommitMessage message);

    /// Sets the branch to another commit.
    ///
    /// @param ref where to; see [Database]
    /// @throws DatabaseException.NotFound when the ref names nothing
    Commit reset(String ref, Reset how);

    /// Whether the working state differs from the latest commit.
    boolean hasChanges();

    /// The uncommitted changes, by space and key.
    Iterable<Change> changes();

    /// Follows what happens to the rows of the working state from here, or an earlier place, on. (What was
    /// changed since the latest commit says [#changes()].)
    ///
    /// @throws DatabaseException.Incorrect when the condition is no expression, the token none of this branch, or
    ///     the subscription that of another branch
    /// @throws DatabaseException.NotFound when the ref names nothing
    /// @throws DatabaseException.Busy when another feed of the subscription is open
    ChangeFeed watch(ChangeFilter filter, FeedStart from);

    /// Changes the branch's history: cherry-pick, revert, squash, rebase.
    HistoryEdits edits();

    /// Puts uncommitted changes aside and brings them back.
    Stash stash();

    /// Throws the uncommitted changes away. [Database#undo()] brings them back.
    void discard();

    /// The conflicts that something on this branch waits for, if something does: see [OpenConflicts]. At most one
    /// thing waits on a branch.
    Optional<OpenConflicts> conflicts();

    /// The merge into this branch that is not finished, if there is one.
    Optional<MergeInProgress> merging();
}
