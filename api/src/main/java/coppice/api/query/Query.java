package coppice.api.query;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A question for rows: which, in what order, how many, and what of them. Immutable: each method but the last gives
/// another query. Safe for use by many threads.
///
/// ```java
/// db.query("people").where("role = ? AND age > ?", "admin", 30).orderBy("name").limit(20).list()
/// ```
///
/// `docs/guide/expressions.md` says what can be written. An answer is that of one state: of a branch, of the one
/// when it
/// is asked. Which projections are there changes how fast it comes, and nothing else: without any, all rows are
/// read. Rows of equal order are in the order of their keys.
public interface Query {
    /// The rows whose keys fit a glob, as [coppice.api.KeyPattern] has it; another before is replaced.
    Query keys(String glob);

    /// The rows for which an expression is true; of several, all must be.
    ///
    /// @param values of its parameters: of `?` in their order, of `:name` as a single [java.util.Map]
    /// @throws coppice.api.DatabaseException.Incorrect when it is malformed: says where, and what to write
    Query where(String expression, @Nullable Object... values);

    /// How rows are ordered, in place of by their keys: expressions, each perhaps with ` DESC` after it. NULL sorts
    /// first, then FALSE, TRUE, numbers, texts, arrays, objects.
    ///
    /// @throws coppice.api.DatabaseException.Incorrect when one is malformed
    Query orderBy(String... expressions);

    /// The opposite order.
    Query reversed();

    /// At most so many rows.
    ///
    /// @param rows at least 1
    Query limit(long rows);

    /// Without the first rows. Costs reading them: [#page] does not.
    Query offset(long rows);

    /// What of the rows to give: expressions, each perhaps with ` AS name` after it; a path has its last name
    /// without. Without it rows have their whole documents.
    ///
    /// @throws coppice.api.DatabaseException.Incorrect when one is malformed, or two have one name
    Query select(String... expressions);

    /// The rows. Close the stream unless it is read to its end.
    Stream<Row> rows();

    /// The rows, all in memory.
    default List<Row> list() {
        try (Stream<Row> rows = rows()) {
            return rows.toList();
        }
    }

    /// The first row.
    Optional<Row> first();

    /// How many rows there are, [#limit] and [#offset] counted in. Where an index tells, no row is read.
    long count();

    /// The first page of at most so many rows.
    RowPage page(int rows);

    /// The page that follows another.
    ///
    /// @param next what the other said
    /// @throws coppice.api.DatabaseException.Incorrect when no page of this query said that
    RowPage page(int rows, String next);

    /// How it would be answered, and what that costs by estimate; nothing is read but counts.
    QueryPlan explain();

    /// Answers it, throws the rows away, and says how it was done with what really happened.
    QueryPlan analyze();
}
