package coppice.projection;

import coppice.expression.Expression;
import coppice.expression.JointEvaluator;
import coppice.expression.MemberWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Rows as they are, but for computed members. Immutable; for any number of threads.
public final class RowShape implements Shape {
    private final int count;
    private final MemberWriter members;
    private final JointEvaluator evaluator;
    private final boolean isFiltered;

    RowShape(List<NamedExpression> computed, Optional<Expression> filter) {
        this.count = computed.size();
        this.members =
                MemberWriter.of(computed.stream().map(NamedExpression::name).toList());
        this.isFiltered = filter.isPresent();
        List<Expression> all = new ArrayList<>();
        computed.forEach(member -> all.add(member.expression()));
        filter.ifPresent(all::add);
        this.evaluator = JointEvaluator.of(all);
    }

    /// Whether every row stays as it is.
    public boolean isIdentity() {
        return count == 0 && !isFiltered;
    }

    /// What becomes of a row.
    ///
    /// @return the very array when nothing is computed, else the document with each computed member in the place of
    ///     the last that has its name, or else at the end; `null` for NULL. Nothing when the filter is not true,
    ///     and when something is computed and the document is no object
    public Optional<byte[]> document(byte[] key, byte[] document) {
        JointEvaluator.Values values = evaluator.values(key, document);
        if (isFiltered && !values.holds(count)) {
            return Optional.empty();
        }
        return count == 0 ? Optional.of(document) : members.written(document, values.first(count));
    }
}
