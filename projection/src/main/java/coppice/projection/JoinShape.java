package coppice.projection;

import coppice.api.projection.Join;
import coppice.api.projection.ProjectionDefinition.Source;
import coppice.expression.Direction;
import coppice.expression.Evaluator;
import coppice.expression.Expression;
import coppice.expression.JointEvaluator;
import coppice.expression.MemberWriter;
import coppice.expression.SortKeyWriter;
import coppice.expression.Value;
import java.util.List;
import java.util.Optional;

/// Rows with the rows of another source beside them. Two belong together when [#local] of the one is [#foreign]
/// of the other; then [JoinedKey] and [#document] are the joined row. Immutable; for any number of threads.
public final class JoinShape {
    private final Join join;
    private final Expression local;
    private final Expression foreign;
    private final Evaluator localValue;
    private final Evaluator foreignValue;
    private final MemberWriter members;
    private final JointEvaluator fields;

    private JoinShape(Join join, Expression local, Expression foreign, List<NamedExpression> fields) {
        this.join = join;
        this.local = local;
        this.foreign = foreign;
        this.localValue = Evaluator.of(local);
        this.foreignValue = Evaluator.of(foreign);
        this.members =
                MemberWriter.of(fields.stream().map(NamedExpression::name).toList());
        this.fields = JointEvaluator.of(
                fields.stream().map(NamedExpression::expression).toList());
    }

    static JoinShape of(Expressions expressions, Join join) {
        if (join.fields().isEmpty()) {
            throw expressions.wrong("the join", "its rows get no fields of the other source: name some");
        }
        return new JoinShape(
                join,
                side(expressions, "what a row of the join has", join.local()),
                side(expressions, "what the others of the join have", join.foreign()),
                expressions.named("join field", join.fields()));
    }

    private static Expression side(Expressions expressions, String place, String text) {
        Expression side = expressions.read(place, text);
        if (side instanceof Expression.Constant) {
            throw expressions.wrong(place + " (" + text + ')', "it is the same for all rows: name a member");
        }
        return side;
    }

    /// Where the others come from.
    Source source() {
        return join.source();
    }

    /// Whether a row without counterpart stays.
    boolean isLeft() {
        return join.isLeft();
    }

    /// What a row has that others have too which belong to it, simplified.
    Expression local() {
        return local;
    }

    /// What the others have, simplified.
    Expression foreign() {
        return foreign;
    }

    /// The sort key of what a row has; nothing when that is NULL, which belongs to nothing.
    public Optional<byte[]> local(byte[] key, byte[] document) {
        return sortKey(localValue.value(key, document));
    }

    /// The sort key of what one of the others has; nothing when that is NULL.
    public Optional<byte[]> foreign(byte[] key, byte[] document) {
        return sortKey(foreignValue.value(key, document));
    }

    private static Optional<byte[]> sortKey(Value value) {
        return value == Value.Null.VALUE
                ? Optional.empty()
                : Optional.of(
                        new SortKeyWriter().add(value, Direction.ASCENDING).bytes());
    }

    /// The document of a row and one of the others: that of the row, with each field in the place of the last
    /// member that has its name, or else at the end; `null` for NULL.
    ///
    /// @return nothing when the document of the row is no object
    public Optional<byte[]> document(byte[] document, byte[] otherKey, byte[] otherDocument) {
        return members.written(
                document,
                fields.values(otherKey, otherDocument).first(join.fields().size()));
    }

    /// The document of a row without counterpart, where these stay: the very array.
    ///
    /// @return nothing when it is no object
    public Optional<byte[]> alone(byte[] document) {
        return isLeft() && members.isObject(document) ? Optional.of(document) : Optional.empty();
    }
}
