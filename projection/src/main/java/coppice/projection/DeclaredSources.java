package coppice.projection;

import static coppice.api.projection.ProjectionDefinition.Function.AVG;
import static coppice.api.projection.ProjectionDefinition.Function.SUM;

import coppice.api.DatabaseException;
import coppice.api.projection.Join;
import coppice.api.projection.ProjectionDefinition;
import coppice.api.projection.ProjectionDefinition.Column;
import coppice.api.projection.ProjectionDefinition.Groups;
import coppice.api.projection.ProjectionDefinition.Index;
import coppice.api.projection.ProjectionDefinition.Measure;
import coppice.api.projection.ProjectionDefinition.Named;
import coppice.api.projection.ProjectionDefinition.Rows;
import coppice.api.projection.ProjectionDefinition.Source;
import coppice.expression.Declared;
import coppice.expression.Expression;
import coppice.expression.Expression.Member;
import coppice.expression.Expression.Path;
import coppice.expression.ExpressionException;
import coppice.expression.Type;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/// Compares a definition with what is known of the documents that it takes: what names what there cannot be, or can
/// only be NULL or false, is refused.
public final class DeclaredSources {
    private final Expressions failures;
    private final Function<Source, Declared> known;

    /// What compares definitions of a projection.
    ///
    /// @param name of the projection
    /// @param known what is known of the documents of a source
    public DeclaredSources(String name, Function<Source, Declared> known) {
        this.failures = new Expressions(name);
        this.known = known;
    }

    /// Compares a definition that can be used otherwise.
    ///
    /// @throws DatabaseException.Incorrect when something in it can never be
    public void compare(ProjectionDefinition definition) {
        Rest rest = new Rest(known.apply(definition.source()), new HashSet<>());
        for (Join join : definition.joins()) {
            Declared other = known.apply(join.source());
            compare("the join", join.local(), rest);
            compare("the join", join.foreign(), other);
            for (Named field : join.fields()) {
                compare("joined field '" + field.name() + "'", field.expression(), other);
                rest.own.add(field.name());
            }
        }
        for (Named member : definition.computed()) {
            compare("computed member '" + member.name() + "'", member.expression(), rest);
            rest.own.add(member.name());
        }
        definition.filter().ifPresent(filter -> compare("the filter", filter, rest, "WHERE", EnumSet.of(Type.BOOLEAN)));
        switch (definition.output()) {
            case Rows _ -> {}
            case Index(List<Column> columns, boolean _, List<Named> stored) -> {
                columns.forEach(column -> compare("a column", column.expression(), rest));
                stored.forEach(member -> compare("a stored member", member.expression(), rest));
            }
            case Groups(List<Named> by, List<Measure> measures) -> {
                by.forEach(member -> compare("a group", member.expression(), rest));
                measures.forEach(measure -> compare(measure, rest));
            }
        }
    }

    /// What is known of rows that have got members besides those of their document.
    private record Rest(Declared document, Set<String> own) implements Declared {
        @Override
        public Set<Type> types(Path path) {
            boolean isOwn = !path.steps().isEmpty()
                    && path.steps().getFirst() instanceof Member(String name)
                    && own.contains(name);
            return isOwn ? EnumSet.allOf(Type.class) : document.types(path);
        }

        @Override
        public Collection<String> names(Path path) {
            return document.names(path);
        }
    }

    private void compare(Measure measure, Rest rest) {
        ProjectionDefinition.Function function = measure.function();
        Set<Type> wanted = function == SUM || function == AVG ? EnumSet.of(Type.NUMBER) : EnumSet.allOf(Type.class);
        compare("a measure", measure.expression(), rest, function.name(), wanted);
    }

    private void compare(String place, String text, Declared declared) {
        compare(place, text, declared, "", EnumSet.allOf(Type.class));
    }

    private void compare(String place, String text, Declared declared, String by, Set<Type> wanted) {
        Declared document = declared instanceof Rest rest ? rest.document : declared;
        if (document.equals(Declared.ANYTHING) || text.isEmpty()) { // COUNT(*) is about nothing
            return;
        }
        try {
            Expression.parse(text, declared, by, wanted);
        } catch (ExpressionException never) {
            throw failures.wrong(place, String.valueOf(never.getMessage()));
        }
    }
}
