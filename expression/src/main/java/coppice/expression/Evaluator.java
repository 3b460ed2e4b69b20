package coppice.expression;

import java.util.List;

/// Evaluates an expression for rows, straight from the bytes of their documents: one pass over a document finds the
/// parts that the expression names, and only those are read. Immutable; for any number of threads.
/// [JointEvaluator] is for several expressions.
///
/// ```java
/// Evaluator isAdmin = Evaluator.of(Expression.parse("role = 'admin'"));
/// boolean holds = isAdmin.holds(key, document);
/// ```
public final class Evaluator {
    private final Wanted wanted;
    private final Code code;

    private Evaluator(Wanted wanted, Code code) {
        this.wanted = wanted;
        this.code = code;
    }

    /// An evaluator of an expression. Worth keeping: it is made for many rows.
    ///
    /// @throws IllegalArgumentException when it has parameters: bind them first
    public static Evaluator of(Expression expression) {
        Wanted wanted = Wanted.by(List.of(expression));
        return new Evaluator(wanted, new Compilation(wanted).code(expression));
    }

    /// The value for a row. Never fails: a document that is no JSON in UTF-8, or that nests deeper than 500
    /// levels, has no parts. The arrays are not kept.
    ///
    /// @param key the row's key
    /// @param document its value
    public Value value(byte[] key, byte[] document) {
        return code.value(new Row(key, document, wanted));
    }

    /// Whether the value for a row is TRUE.
    ///
    /// @param key the row's key
    /// @param document its value
    public boolean holds(byte[] key, byte[] document) {
        return value(key, document) == Value.Bool.TRUE;
    }
}
