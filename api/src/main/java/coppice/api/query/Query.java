package coppice.api.query;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A question for rows: which, in what order, how many, and what of them. Immutable: each method that says more
/// gives another query. Safe for use by many threads.
///
/// ```java
/// db.query("people").where("role = ? AND age > ?", "admin", 30).orderBy("name").limit(20).list()
/// ```
///
/// `docs/guide/expressions.md` says what can be written. An answer is that of one state: of a branch, of the one
/// at the time when it is asked. Which projections are there changes how fast it comes, and nothing else: without
/// any, all rows are read. Rows of equal order are in the order of their keys.
public interface Query {
    /// The rows whose keys fit a glob, as [coppice.api.KeyPattern] has it; another before is replaced.
    ///
    /// @throws coppice.api.DatabaseException.Incorrect when what was asked for before cannot be by the types of
    ///     these
    Query keys(String glob);

    /// The rows for which an expression is true; of several, all must be.
    ///
    /// @param values of its parameters: of `?` in their order, of `:name` as a single [java.util.Map]. A value is
    ///     `null`, a [Boolean], any [Number], text, or a [List] or [java.util.Map] of such
    /// @throws coppice.api.DatabaseException.Incorrect when it is malformed, or can never be true by the types of
    ///     all rows with the keys asked for: says where, and what to write; or when values and parameters do not
    ///     fit
    Query where(String expression, @Nullable Object... values);

    /// How rows are ordered, in place of by their keys: expressions, each perhaps with ` DESC` after it. NULL
    /// sorts first, then FALSE, TRUE, numbers, texts, arrays, objects.
    ///
    /// Without an index in this order, the rows are sorted in memory, of which the first that [#limit] says, or
    /// all, may take up to 256 MiB: what they are ordered by, and their keys.
    ///
    /// @throws coppice.api.DatabaseException.Incorrect when one is malformed
    Query orderBy(String... expressions);

    /// The opposite order, of keys too.
    Query reversed();

    /// At most so many rows.
    ///
    /// @param rows at least 1
    /// @throws IllegalArgumentException when less
    Query limit(long rows);

    /// Without the first rows. Costs reading them: [#page] does not.
    ///
    /// @param rows at least 0
    /// @throws IllegalArgumentException when less
    Query offset(long rows);

    /// What of the rows to give: expressions, each perhaps with ` AS name` after it; a path has its last name
    /// without. Numbers, arrays and objects of the document are given as they are written there, what is computed
    /// in the shortest way; what is NULL or not there, as `null`. Without `select`, rows have their whole
    /// documents.
    ///
    /// @throws coppice.api.DatabaseException.Incorrect when one is malformed or needs a name, or two have one name
    Query select(String... expressions);

    /// The same with indexes that are ready alone, or sooner than all rows are read: others are left aside, which
    /// [#explain] says. Without, an index that may be needed is made first where it is not there for the state.
    /// Within a transaction it is always so.
    Query onlyFresh();

    /// The rows. Close the stream unless it is read to its end.
    ///
    /// @throws coppice.api.DatabaseException.Incorrect when there are too many to sort: says what to do. Other
    ///     methods that give rows throw it too
    Stream<Row> rows();

    /// The rows, all in memory.
    default List<Row> list() {
        try (Stream<Row> rows = rows()) {
            return rows.toList();
        }
    }

    /// The first row.
    default Optional<Row> first() {
        try (Stream<Row> rows = limit(1).rows()) {
            return rows.findFirst();
        }
    }

    /// How many rows there are, [#limit] and [#offset] counted in. Where an index tells, no row is read.
    long count();

    /// The first page of at most so many rows. [#offset] says where it begins, [#limit] how many rows all pages
    /// have together.
    ///
    /// @param rows at least 1
    RowPage page(int rows);

    /// The page that follows another, on the state as it is now.
    ///
    /// @param next what the other said
    /// @throws coppice.api.DatabaseException.Incorrect when no page of this query said that
    RowPage page(int rows, String next);

    /// How it would be answered, and what that costs by estimate; nothing is read but counts.
    QueryPlan explain();

    /// Answers it, throws the rows away, and says how it was done with what really happened.
    QueryPlan analyze();
}
