package coppice.expression;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.expression.Expression.Path;
import java.util.ArrayList;
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

    /// The number of the part of the document that an expression is; negative for others.
    private final int[] parts;

    private JointEvaluator(Wanted wanted, Code[] codes, int[] parts) {
        this.wanted = wanted;
        this.codes = codes;
        this.parts = parts;
    }

    /// An evaluator of expressions. Worth keeping: it is made for many rows.
    ///
    /// @throws IllegalArgumentException when one has parameters: bind them first
    public static JointEvaluator of(List<Expression> expressions) {
        return of(expressions, List.of());
    }

    /// An evaluator of expressions that is told the values of some parts of them, such as an index has. Where all
    /// [follow][Expression#follows] from these, documents are not looked at.
    ///
    /// @param given what its values are given of
    /// @throws IllegalArgumentException when one has parameters: bind them first
    public static JointEvaluator of(List<Expression> expressions, List<Expression> given) {
        Wanted wanted = Wanted.by(expressions);
        Compilation compilation = new Compilation(wanted, given);
        return new JointEvaluator(
                wanted,
                expressions.stream().map(compilation::code).toArray(Code[]::new),
                expressions.stream()
                        .mapToInt(one -> one instanceof Path path && !given.contains(path) ? wanted.number(path) : -1)
                        .toArray());
    }

    /// The values for a row, none of which costs anything before it is asked for. Never fails, as
    /// [Evaluator#value] does not. The arrays are kept, and must stay as they are while values are asked for.
    ///
    /// @param key the row's key
    /// @param document its value
    public Values values(byte[] key, byte[] document) {
        return values(key, document, List.of());
    }

    /// The same with the values that are given.
    ///
    /// @param given in the order of what they are given of
    public Values values(byte[] key, byte[] document, List<Value> given) {
        return new Values(new Row(key, document, wanted, given), codes, parts);
    }

    /// The values of the expressions for one row. One thread.
    public static final class Values {
        private final Row row;
        private final Code[] codes;
        private final int[] parts;

        private Values(Row row, Code[] codes, int[] parts) {
            this.row = row;
            this.codes = codes;
            this.parts = parts;
        }

        /// The value of an expression, by its number in the list, from 0. Computed each time.
        public Value value(int number) {
            return codes[number].value(row);
        }

        /// The values of the first expressions, so many.
        public List<Value> first(int count) {
            List<Value> first = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                first.add(value(i));
            }
            return first;
        }

        /// Whether the value of an expression is TRUE.
        public boolean holds(int number) {
            return value(number) == Value.Bool.TRUE;
        }

        /// The value of an expression as JSON, in UTF-8: a number, an array or an object that is a part of the
        /// document as it is written there, anything else in the shortest way.
        public byte[] json(int number) {
            Value value = value(number);
            return parts[number] >= 0 && value.isWrittenInWays()
                    ? row.written(parts[number])
                    : value.json().text().getBytes(UTF_8);
        }
    }
}
