package coppice.projection;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.projection.ProjectionDefinition.Named;
import coppice.expression.Expression;
import coppice.expression.ExpressionException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads the expressions of one definition, with the members that it computes put in.
final class Expressions {
    private static final int SHOWN_CHARS = 60;

    private final String projection;
    private final Map<String, Expression> computed = new HashMap<>();

    Expressions(String projection) {
        this.projection = projection;
    }

    /// An expression about the documents of the source, simplified.
    ///
    /// @param place what it is in the definition, for messages: `the filter`
    Expression read(String place, String text) {
        try {
            Expression expression = Expression.parse(text);
            expression.parameters().stream().findFirst().ifPresent(parameter -> {
                throw wrong(
                        place, "it has the parameter " + parameter + ", which nobody gives a value: write the value");
            });
            return expression.inlined(computed).simplified();
        } catch (ExpressionException | IllegalArgumentException wrong) {
            throw wrong(place + " (" + shown(text) + ')', String.valueOf(wrong.getMessage()));
        }
    }

    private static String shown(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= SHOWN_CHARS ? line : line.substring(0, SHOWN_CHARS) + "...";
    }

    /// Members that each see those before it. From now on they stand over those of documents.
    List<NamedExpression> compute(List<Named> members) {
        distinct("computed member", members.stream().map(Named::name).toList());
        List<NamedExpression> all = new ArrayList<>();
        for (Named member : members) {
            Expression expression = read("computed member '" + member.name() + "'", member.expression());
            computed.put(member.name(), expression);
            all.add(new NamedExpression(member.name(), expression));
        }
        return List.copyOf(all);
    }

    /// A condition; nothing when it always holds.
    Optional<Expression> filter(Optional<String> condition) {
        return condition
                .map(text -> read("the filter", text))
                .filter(filter -> !filter.equals(Expression.parse("TRUE")));
    }

    /// Members, none of which sees another.
    ///
    /// @param what they are, for messages
    List<NamedExpression> named(String what, List<Named> members) {
        distinct(what, members.stream().map(Named::name).toList());
        return members.stream()
                .map(member -> new NamedExpression(
                        member.name(), read(what + " '" + member.name() + "'", member.expression())))
                .toList();
    }

    /// Refuses names that are there twice, and those that are no text.
    void distinct(String what, List<String> names) {
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (!seen.add(name)) {
                throw wrong(what + " '" + name + "'", "it is there twice: give one of them another name");
            }
            requireText(what + " '" + name + "'", name);
        }
    }

    /// Refuses halves of surrogate pairs, which cannot be stored.
    void requireText(String place, String text) {
        if (text.codePoints().anyMatch(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE)) {
            throw wrong(place, "it has half a character (a surrogate without its other half): leave it out");
        }
    }

    /// The failure of a definition that cannot be used.
    ///
    /// @param place what in the definition
    /// @param why and what to do
    DatabaseException wrong(String place, String why) {
        return new DatabaseException.Incorrect(
                        ErrorCode.INVALID_PROJECTION,
                        "Projection '" + projection + "' cannot be used, because of " + place + ": " + why)
                .with("projection", projection)
                .with("place", place);
    }
}
