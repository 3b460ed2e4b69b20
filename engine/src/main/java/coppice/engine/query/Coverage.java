package coppice.engine.query;

import coppice.expression.Expression;
import coppice.expression.Expression.Path;
import coppice.expression.JointEvaluator;
import coppice.expression.Value;
import coppice.projection.IndexColumn;
import coppice.projection.IndexEntry;
import coppice.projection.IndexShape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What entries of an index say of rows, so that their documents need not be read for it. Immutable.
final class Coverage {
    private static final byte[] NOTHING = {};

    /// Of rows that come without an entry.
    static final Coverage NONE = new Coverage(null, List.of(), List.of(), JointEvaluator.of(List.of()));

    private final @Nullable IndexShape shape;
    private final List<Expression> given;
    private final List<Expression> stored;
    private final JointEvaluator storedMembers;

    private Coverage(
            @Nullable IndexShape shape, List<Expression> given, List<Expression> stored, JointEvaluator storedMembers) {
        this.shape = shape;
        this.given = given;
        this.stored = stored;
        this.storedMembers = storedMembers;
    }

    static Coverage of(IndexShape shape) {
        List<Expression> stored = List.copyOf(shape.stored().values());
        List<Expression> given = new ArrayList<>();
        shape.columns().stream()
                .filter(column -> !column.isEach())
                .map(IndexColumn::expression)
                .forEach(given::add);
        given.addAll(stored);
        List<Expression> members =
                shape.stored().keySet().stream().<Expression>map(Path::of).toList();
        return new Coverage(shape, List.copyOf(given), stored, JointEvaluator.of(members));
    }

    /// The expressions whose values entries have.
    List<Expression> given() {
        return given;
    }

    /// Whether entries say what an expression is.
    boolean has(Expression expression) {
        return shape != null && expression.follows(given);
    }

    boolean hasAll(List<Expression> expressions) {
        return expressions.stream().allMatch(this::has);
    }

    /// The values of what is given.
    List<Value> values(IndexEntry entry) {
        if (shape == null) {
            return List.of();
        }
        List<Value> values = new ArrayList<>();
        List<Value> columns = shape.values(entry.sortKey());
        for (int i = 0; i < columns.size(); i++) {
            if (!shape.columns().get(i).isEach()) {
                values.add(columns.get(i));
            }
        }
        JointEvaluator.Values members = storedMembers.values(NOTHING, entry.stored());
        for (int i = 0; i < stored.size(); i++) {
            values.add(members.value(i));
        }
        return values;
    }

    /// Whether the JSON of an expression is stored.
    boolean hasStored(Expression expression) {
        return stored.contains(expression);
    }

    /// The JSON that is stored of an expression, as it is in the document where it is a part of it.
    byte[] stored(IndexEntry entry, Expression expression) {
        return storedMembers.values(NOTHING, entry.stored()).json(stored.indexOf(expression));
    }
}
