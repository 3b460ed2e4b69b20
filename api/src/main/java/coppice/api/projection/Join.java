package coppice.api.projection;

import coppice.api.projection.ProjectionDefinition.Named;
import coppice.api.projection.ProjectionDefinition.OfProjection;
import coppice.api.projection.ProjectionDefinition.OfSpace;
import coppice.api.projection.ProjectionDefinition.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// The rows of another source that are put beside rows. Immutable.
///
/// A joined row is the document of the one with fields of the other. Its key is the keys of both, in a form that
/// sorts by the first and then by the second.
///
/// @param isLeft whether a row without counterpart stays, without the fields
/// @param source where the others come from
/// @param local what a row has, an expression
/// @param foreign what the others have that belong to it, an expression; null belongs to nothing
/// @param fields what the row gets, expressions about the other
public record Join(boolean isLeft, Source source, String local, String foreign, List<Named> fields) {
    public Join {
        Objects.requireNonNull(source);
        Objects.requireNonNull(local);
        Objects.requireNonNull(foreign);
        fields = List.copyOf(fields);
    }

    /// Rows with each of their counterparts in a space; those without have no place in it.
    public static Join inner(String space, String local, String foreign) {
        return new Join(false, new OfSpace(space, "*"), local, foreign, List.of());
    }

    /// Rows with each of their counterparts in a space, and those without as they are.
    public static Join left(String space, String local, String foreign) {
        return new Join(true, new OfSpace(space, "*"), local, foreign, List.of());
    }

    /// Only counterparts whose keys fit a glob.
    ///
    /// @throws IllegalStateException when they come from a projection
    public Join keys(String glob) {
        if (!(source instanceof OfSpace spaced)) {
            throw new IllegalStateException("Rows of a projection have no keys to choose by");
        }
        return new Join(isLeft, new OfSpace(spaced.space(), glob), local, foreign, fields);
    }

    /// With the rows of a projection in place of those of a space.
    public Join withProjection(String name) {
        return new Join(isLeft, new OfProjection(name), local, foreign, fields);
    }

    /// With members of the other, or values of expressions about it, each as [Named#parse] reads it.
    public Join fields(String... members) {
        List<Named> more = new ArrayList<>(fields);
        List.of(members).stream().map(Named::parse).forEach(more::add);
        return new Join(isLeft, source, local, foreign, more);
    }

    /// With one more field.
    public Join field(String name, String expression) {
        List<Named> more = new ArrayList<>(fields);
        more.add(new Named(name, expression));
        return new Join(isLeft, source, local, foreign, more);
    }
}
