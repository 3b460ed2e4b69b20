package coppice.expression;

import coppice.expression.Expression.Path;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// What is known of the documents that an expression is about, before any of them is looked at.
@FunctionalInterface
public interface Declared {
    /// Nothing is known.
    Declared ANYTHING = _ -> EnumSet.allOf(Type.class);

    /// Several that are known at once.
    static Declared all(List<Declared> known) {
        return switch (known.size()) {
            case 0 -> ANYTHING;
            case 1 -> known.getFirst();
            default ->
                new Declared() {
                    @Override
                    public Set<Type> types(Path path) {
                        Set<Type> types = EnumSet.allOf(Type.class);
                        known.forEach(one -> types.retainAll(one.types(path)));
                        return types;
                    }

                    @Override
                    public Collection<String> names(Path path) {
                        return known.stream()
                                .flatMap(one -> one.names(path).stream())
                                .toList();
                    }
                };
        };
    }

    /// The types that the value of a path can have besides NULL; none where there can be no value.
    Set<Type> types(Path path);

    /// The names that could stand where a path names what there cannot be, to be suggested.
    default Collection<String> names(Path path) {
        return List.of();
    }
}
