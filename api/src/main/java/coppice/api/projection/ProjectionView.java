package coppice.api.projection;

import coppice.api.feed.ChangeFeed;
import coppice.api.feed.FeedStart;
import coppice.api.query.Query;
import coppice.api.query.Row;
import coppice.api.query.RowPage;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A projection of one state, to read; of a branch, of its working state whenever it is asked. Safe for use by many
/// threads.
///
/// What it has for that state is made when it is first asked for, unless it is known: in the time of what differs
/// from the nearest state of which it is known. Then a lookup costs O(log n) and what it gives.
///
/// Rows of an index are those of its source, with their documents as they are there; what the index stores is
/// read from it alone. Projections that are no index are looked up by the key of the row as text, those of groups
/// by what the groups have in common.
public interface ProjectionView {
    /// Its name.
    String name();

    /// What it is.
    ProjectionDefinition definition();

    /// Whether it is known for the state as it is now, or for one that little differs from, so that reading it
    /// takes no time to speak of.
    boolean isFresh();

    /// The same projection, reading of which fails while it is not fresh.
    ///
    /// @return a view whose methods throw [coppice.api.DatabaseException.Busy] with
    ///     [coppice.api.ErrorCode#REBUILDING] then, and have it made in the background
    ProjectionView onlyFresh();

    /// How many entries it has.
    default long count() {
        return count(Lookup.all());
    }

    /// How many entries a lookup finds. Reads none of them.
    long count(Lookup lookup);

    /// The rows whose first columns equal these values, all in memory; see [Lookup#equal].
    default List<Row> get(@Nullable Object... values) {
        try (Stream<Row> rows = rows(Lookup.equal(values))) {
            return rows.toList();
        }
    }

    /// The first row that a lookup finds.
    default Optional<Row> first(Lookup lookup) {
        try (Stream<Row> rows = rows(lookup)) {
            return rows.findFirst();
        }
    }

    /// The rows that a lookup finds, in the order of the projection. Close the stream unless it is read to its end.
    Stream<Row> rows(Lookup lookup);

    /// What an index itself has for the rows that a lookup finds: their keys, and for documents objects of what it
    /// stores and is ordered by. Their source is not read. For other projections, the same as [#rows].
    Stream<Row> entries(Lookup lookup);

    /// The first page of a lookup.
    ///
    /// @param rows at least 1
    RowPage page(Lookup lookup, int rows);

    /// The page that follows another.
    ///
    /// @param next what the other said
    /// @throws coppice.api.DatabaseException.Incorrect when no page of this lookup said that
    RowPage page(Lookup lookup, int rows, String next);

    /// Follows the rows of the projection, under its name in place of that of a space; of an index, the rows that
    /// are in it. A row that comes into it is added, one that leaves it removed. Otherwise as
    /// [coppice.api.Branch#watch]. Later definitions of the projection make no difference to the feed.
    ///
    /// @throws coppice.api.DatabaseException.Incorrect when this is the projection of a snapshot, which never
    ///     changes
    ChangeFeed watch(FeedStart from);

    /// A question for its rows; of an index, for those of its source that are not left out by its condition.
    Query query();
}
