package coppice.api.query;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One row of an answer. Immutable, and stays what it is whatever happens to the database.
///
/// Values are given as Java has them: `null`, [Boolean], [Long] for whole numbers that fit,
/// [java.math.BigDecimal] for others, [String], [java.util.List] and [Map].
public interface Row {
    /// The key of the row, a copy. Rows of groups have the group for a key, in a form that sorts.
    byte[] key();

    /// The key as text.
    ///
    /// @throws coppice.api.DatabaseException.Incorrect when it is not UTF-8
    String keyText();

    /// The document, as it is stored, a copy; with `select`, an object of what was selected. Bytes that need not be
    /// JSON where untyped values are asked for.
    byte[] document();

    /// The document as text.
    ///
    /// @throws coppice.api.DatabaseException.Incorrect when it is not UTF-8
    String text();

    /// A member of the document, by name; nothing when there is none, or it is null.
    Optional<Object> value(String name);

    /// All members of the document, in their order; none when it is no object.
    Map<String, @Nullable Object> values();
}
