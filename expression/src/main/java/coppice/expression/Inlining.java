package coppice.expression;

import coppice.expression.Expression.Constant;
import coppice.expression.Expression.IsMissing;
import coppice.expression.Expression.Member;
import coppice.expression.Expression.Path;
import java.util.Map;
import java.util.Optional;

/// Puts expressions in the place of members of the document. The whole stays small enough for whatever walks it:
/// members that name each other could double it each time.
final class Inlining {
    /// The most nodes that the whole may have.
    static final int NODES = 10_000;

    /// How deep the whole may nest.
    static final int DEPTH = 500;

    private final Map<String, Expression> members;
    private boolean hasReplaced;
    private int nodes;

    private Inlining(Map<String, Expression> members) {
        this.members = members;
    }

    static Expression of(Expression expression, Map<String, Expression> members) {
        Inlining inlining = new Inlining(members);
        Expression whole = inlining.replaced(expression);
        if (inlining.hasReplaced) {
            inlining.measure(whole, 1);
        }
        return whole;
    }

    private Expression replaced(Expression expression) {
        return switch (expression) {
            case Path path -> member(path).orElse(path);
            case IsMissing(Path path) when member(path).isPresent() -> new Constant(Value.Bool.FALSE);
            default -> Parts.replaced(expression, this::replaced);
        };
    }

    private Optional<Expression> member(Path path) {
        if (path.steps().isEmpty() || !(path.steps().getFirst() instanceof Member(String name))) {
            return Optional.empty();
        }
        Optional<Expression> member = Optional.ofNullable(members.get(name));
        if (member.isPresent() && path.steps().size() > 1) {
            throw new IllegalArgumentException(path + " goes on into " + Path.of(name)
                    + ", which is computed and has no parts: name what it is computed from");
        }
        hasReplaced |= member.isPresent();
        return member;
    }

    private void measure(Expression part, int depth) {
        if (++nodes > NODES || depth > DEPTH) {
            throw new IllegalArgumentException("with what it names put in, this has more than " + NODES
                    + " parts or nests deeper than " + DEPTH + " levels: compute less");
        }
        Parts.of(part).forEach(inner -> measure(inner, depth + 1));
    }
}
