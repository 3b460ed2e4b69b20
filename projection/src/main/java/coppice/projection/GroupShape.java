package coppice.projection;

import coppice.api.projection.ProjectionDefinition.Function;
import coppice.api.projection.ProjectionDefinition.Groups;
import coppice.api.projection.ProjectionDefinition.Measure;
import coppice.api.projection.ProjectionDefinition.Named;
import coppice.expression.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Rows in groups, of which something is measured. Immutable; for any number of threads.
public final class GroupShape implements Shape {
    private final List<NamedExpression> by;
    private final List<GroupMeasure> measures;
    private final Optional<Expression> filter;

    private GroupShape(List<NamedExpression> by, List<GroupMeasure> measures, Optional<Expression> filter) {
        this.by = List.copyOf(by);
        this.measures = List.copyOf(measures);
        this.filter = filter;
    }

    static GroupShape of(Expressions expressions, Groups groups, Optional<Expression> filter) {
        List<String> names =
                new ArrayList<>(groups.by().stream().map(Named::name).toList());
        groups.measures().forEach(measure -> names.add(measure.name()));
        if (names.isEmpty()) {
            throw expressions.wrong("the groups", "they have nothing in common and no measure: give them one");
        }
        expressions.distinct("member", names);
        List<GroupMeasure> measures = new ArrayList<>();
        for (Measure measure : groups.measures()) {
            String place = "measure '" + measure.name() + "'";
            boolean isOfRows = measure.expression().isBlank();
            if (isOfRows && measure.function() != Function.COUNT) {
                throw expressions.wrong(place, measure.function() + " is about values: say of which expression");
            }
            measures.add(new GroupMeasure(
                    measure.name(),
                    measure.function(),
                    isOfRows ? Optional.empty() : Optional.of(expressions.read(place, measure.expression()))));
        }
        return new GroupShape(expressions.named("group member", groups.by()), measures, filter);
    }

    /// What all rows of a group have in common.
    public List<NamedExpression> by() {
        return by;
    }

    /// What is measured of a group.
    public List<GroupMeasure> measures() {
        return measures;
    }

    /// The condition on which rows count, about the documents of the source.
    public Optional<Expression> filter() {
        return filter;
    }
}
