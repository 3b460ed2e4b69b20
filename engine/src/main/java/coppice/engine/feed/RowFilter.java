package coppice.engine.feed;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.KeyPattern;
import coppice.api.feed.ChangeFilter;
import coppice.api.feed.RowChange;
import coppice.expression.Evaluator;
import coppice.expression.Expression;
import coppice.expression.ExpressionException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A filter, ready for use. Safe for all threads.
///
/// @param where decides about documents
record RowFilter(Interest interest, Optional<Evaluator> where) {
    /// Compiles a filter.
    static RowFilter of(ChangeFilter filter) {
        Interest interest = new Interest(KeyPattern.glob(filter.spaces()), KeyPattern.glob(filter.keys()));
        return new RowFilter(interest, filter.where().map(RowFilter::evaluator));
    }

    private static Evaluator evaluator(String text) {
        try {
            return Evaluator.of(Expression.parse(text));
        } catch (ExpressionException | IllegalArgumentException wrong) {
            throw new DatabaseException.Incorrect(
                    ErrorCode.INVALID_QUERY, "The condition of the feed cannot be used: " + wrong.getMessage(), wrong);
        }
    }

    /// What a change of a row is to who looks through the filter; null when it is none. The key is one that fits.
    ///
    /// @param before null when the row was not there
    /// @param after null when it is not there
    @Nullable
    RowChange change(String space, byte[] key, byte @Nullable [] before, byte @Nullable [] after) {
        byte[] was = before != null && meets(key, before) ? before : null;
        byte[] is = after != null && meets(key, after) ? after : null;
        if (was == null) {
            return is == null ? null : new RowChange.Added(space, key, is);
        }
        return is == null ? new RowChange.Removed(space, key, was) : new RowChange.Modified(space, key, was, is);
    }

    private boolean meets(byte[] key, byte[] document) {
        return where.map(condition -> condition.holds(key, document)).orElse(true);
    }
}
