package coppice.expression;

/// The types of values other than NULL, in the order in which values of different types sort.
public enum Type {
    /// `TRUE` and `FALSE`.
    BOOLEAN,
    /// Exact decimal numbers.
    NUMBER,
    /// Text.
    TEXT,
    /// JSON arrays.
    ARRAY,
    /// JSON objects.
    OBJECT;

    /// Its name in messages, with its article: `a number`.
    String noun() {
        return (this == ARRAY || this == OBJECT ? "an " : "a ") + name().toLowerCase(java.util.Locale.ROOT);
    }
}
