package coppice.schema;

import coppice.api.schema.Field;
import coppice.api.schema.FieldType;
import coppice.expression.Declared;
import coppice.expression.Expression.Item;
import coppice.expression.Expression.Member;
import coppice.expression.Expression.Path;
import coppice.expression.Expression.Step;
import coppice.expression.Type;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What expressions can find in objects with certain fields: what is declared, and anything besides where an object
/// may have other members.
///
/// @param object with these fields
record DeclaredFields(FieldType.Nested object) implements Declared {
    static DeclaredFields of(List<Field> fields, boolean isClosed) {
        return new DeclaredFields(new FieldType.Nested(fields, isClosed));
    }

    @Override
    public Set<Type> types(Path path) {
        return types(object, path.steps());
    }

    private static Set<Type> types(FieldType type, List<Step> steps) {
        if (steps.isEmpty()) {
            return EnumSet.of(type(type));
        }
        List<Step> left = steps.subList(1, steps.size());
        return switch (type) {
            case FieldType.Nested nested
            when steps.getFirst() instanceof Member(String name) ->
                field(nested, name)
                        .map(field -> types(field.type(), left))
                        .orElse(nested.isClosed() ? Set.of() : EnumSet.allOf(Type.class));
            case FieldType.Array(FieldType items) when steps.getFirst() instanceof Item -> types(items, left);
            case FieldType.Nested _,
                    FieldType.Array _,
                    FieldType.Simple _,
                    FieldType.Decimal _,
                    FieldType.Reference _ -> Set.of();
        };
    }

    private static Optional<Field> field(FieldType.Nested nested, String name) {
        return nested.fields().stream()
                .filter(field -> field.name().equals(name))
                .findFirst();
    }

    private static Type type(FieldType type) {
        return switch (type) {
            case FieldType.Simple simple ->
                switch (simple) {
                    case INTEGER, NUMBER -> Type.NUMBER;
                    case BOOLEAN -> Type.BOOLEAN;
                    case STRING, TIMESTAMP, DATE, BYTES, UUID -> Type.TEXT;
                };
            case FieldType.Decimal _ -> Type.NUMBER;
            case FieldType.Array _ -> Type.ARRAY;
            case FieldType.Nested _ -> Type.OBJECT;
            case FieldType.Reference _ -> Type.TEXT;
        };
    }

    @Override
    public Collection<String> names(Path path) {
        FieldType at = object;
        for (Step step : path.steps()) {
            Optional<FieldType> next = below(at, step);
            if (next.isEmpty()) {
                break;
            }
            at = next.get();
        }
        return at instanceof FieldType.Nested(List<Field> fields, boolean _)
                ? fields.stream().map(Field::name).toList()
                : List.of();
    }

    private static Optional<FieldType> below(FieldType type, Step step) {
        return switch (type) {
            case FieldType.Nested nested
            when step instanceof Member(String name) -> field(nested, name).map(Field::type);
            case FieldType.Array(FieldType items) when step instanceof Item -> Optional.of(items);
            case FieldType.Nested _,
                    FieldType.Array _,
                    FieldType.Simple _,
                    FieldType.Decimal _,
                    FieldType.Reference _ -> Optional.empty();
        };
    }
}
