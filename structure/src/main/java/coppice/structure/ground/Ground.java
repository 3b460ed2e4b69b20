package coppice.structure.ground;

import coppice.api.Transaction;
import coppice.api.feed.ChangeFeed;
import coppice.api.feed.ChangeFilter;
import coppice.api.feed.FeedStart;
import coppice.api.structure.NamedLock;
import java.time.Instant;
import java.util.Iterator;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;

/// What structures stand on: the spaces of a branch, as it is now or as a transaction sees it, and a way to change
/// them. A structure is no more than a layout of keys and values over this; it holds nothing of its own.
public interface Ground extends ReadGround {
    /// Changes something as one step: works on the newest state, and no other such step comes between, so that it
    /// does not fail because of others. Within a transaction it is a part of that.
    ///
    /// @param body short, without calls of users' functions; it may be called again, when it was overtaken by a
    ///     writer of another kind
    <T> T update(Function<Transaction, T> body);

    /// As [#update(Function)], where rows of a space come and go at one end.
    <T> T update(String space, BiFunction<Transaction, Fronts, T> body);

    /// As [#update(Function)], where users' functions are called: nothing is held while the body runs, and it is
    /// called again when somebody else came between.
    <T> T attempt(Function<Transaction, T> body);

    /// Puts and removes rows that may be more than a transaction holds: in bounded memory, written once, and as a
    /// whole. If others change rows of the same keys meanwhile, these win. What the rows throw ends it, and
    /// nothing has changed. Within a transaction they are a part of that.
    ///
    /// @param why what a reflog says of it
    /// @param rows best in ascending order of keys in each space; read while nothing is held
    /// @param check is shown each state that they would become a part of, which others may have changed since the
    ///     rows were read; what it throws ends it. Nobody else changes the state of a transaction
    void fill(String why, Iterator<SpaceRow> rows, Consumer<ReadGround> check);

    /// As [#fill(String, Iterator, Consumer)], whatever others do.
    default void fill(String why, Iterator<SpaceRow> rows) {
        fill(why, rows, _ -> {});
    }

    /// Follows what happens to rows.
    ///
    /// @throws coppice.api.DatabaseException.Incorrect within a transaction
    ChangeFeed watch(ChangeFilter filter, FeedStart from);

    /// Says that there will be something to tidy up at a moment; see [coppice.structure.Housekeeping].
    void due(Instant moment);

    /// A text of 32 letters and digits that no other call returns, here or in another process. It is greater than
    /// those that were returned before, in other processes as far as their clocks agree.
    String stamp();

    /// Who puts things in order here: the branch, since the database was opened.
    Origin origin();

    /// Where those wait who found nothing in a space.
    ///
    /// @throws coppice.api.DatabaseException.Incorrect within a transaction
    Line line(String space);

    /// What is to be done in the background.
    ///
    /// @throws coppice.api.DatabaseException.Incorrect within a transaction
    Backlog backlog();

    /// The lock of the structures of a name.
    ///
    /// @throws coppice.api.DatabaseException.Incorrect within a transaction
    NamedLock lock(String structure);
}
