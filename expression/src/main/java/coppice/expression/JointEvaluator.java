package coppice.expression;

import java.util.List;

/// Evaluates several expressions for the same rows: one pass over a document finds the parts that any of them
/// names. Immutable; for any number of threads.
///
/// ```java
/// JointEvaluator columns = JointEvaluator.of(List.of(Expression.parse("role"), Expression.parse("age")));
/// JointEvaluator.Values values = columns.values(key, document);
/// byte[] sortKey = new SortKeyWriter().add(values.value(0), ASCENDING).add(values.value(1), DESCENDING).bytes();
/// ```
public final class JointEvaluator {
    private final Wanted wanted;
    private final Code[] codes;

    private JointEvaluator(Wanted wanted, Code[] codes) {
        this.wanted = wanted;
        this.codes = codes;
    }

    /// An evaluator of expressions. Worth keeping: it is made for many rows.
    ///
    /// @throws IllegalArgumentException when one has parameters: bind them first
    public static JointEvaluator of(List<Expression> expressions) {
        Wanted wanted = Wanted.by(expressions);
        Compilation compilation = new Compilation(wanted);
        return new JointEvaluator(
                wanted, expressions.stream().map(compilation::code).toArray(Code[]::new));
    }

    /// The values for a row, none of which costs anything before it is asked for. Never fails, as
    /// [Evaluator#value] does not. The arrays are kept, and must stay as they are while values are asked for.
    ///
    /// @param key the row's key
    /// @param document its value
    public Values values(byte[] key, byte[] document) {
        return new Values(new Row(key, document, wanted), codes);
    }

    /// The values of the expressions for one row. One thread.
    public static final class Values {
        private final Row row;
        private final Code[] codes;

        private Values(Row row, Code[] codes) {
            this.row = row;
            this.codes = codes;
        }

        /// The value of an expression, by its number in the list, from 0. Computed each time.
        public Value value(int number) {
            return codes[number].value(row);
        }

        /// Whether the value of an expression is TRUE.
        public boolean holds(int number) {
            return value(number) == Value.Bool.TRUE;
        }
    }
}
