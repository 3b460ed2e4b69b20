package coppice.api.structure;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/// A type of values, with its type arguments: `new TypeRef<List<Person>>() {}`. For a class without any,
/// [#of(Class)]. Two are equal when their types are.
///
/// How values of a type are stored, in JSON:
///
/// | Java | JSON |
/// |---|---|
/// | record, other class with properties | object; members are named and ordered as components |
/// | sealed interface or class | as the record that it is, with its simple name in the member `type` |
/// | enum | its name |
/// | `String`, `char` | string |
/// | whole numbers, [java.math.BigInteger] | number, exact |
/// | `double`, `float`, [java.math.BigDecimal] | number, exact; `NaN` and infinities are refused |
/// | `boolean` | `true`, `false` |
/// | `null`, empty [java.util.Optional] | `null` |
/// | collection, array | array; `byte[]` is a string in base64 |
/// | [java.util.Map] | object; keys are text, numbers or enums |
/// | `java.time` | string by ISO 8601 |
/// | [java.util.UUID], [java.net.URI] ... | string |
///
/// What was stored has to fit to be read: a component without a member is an error unless it is an `Optional` or
/// marked `@Nullable`, and so is a member without a component. Annotations of Jackson on the type change all this.
public abstract class TypeRef<V> {
    private final Type type;

    /// Takes the type from the type argument of the subclass.
    ///
    /// @throws IllegalStateException when there is none
    protected TypeRef() {
        if (!(getClass().getGenericSuperclass() instanceof ParameterizedType parameterized)) {
            throw new IllegalStateException("Say of what type the values are: new TypeRef<List<String>>() {}");
        }
        this.type = parameterized.getActualTypeArguments()[0];
    }

    private TypeRef(Type type) {
        this.type = type;
    }

    /// The type that a class is.
    public static <V> TypeRef<V> of(Class<V> type) {
        return new OfClass<>(type);
    }

    /// Untyped values: what JSON has, as Java has it. Read, they are [String], [Boolean], [Long] for whole numbers
    /// that fit and [java.math.BigInteger] for others, [java.math.BigDecimal], [java.util.List] and
    /// [java.util.Map]; anything from the table above can be written.
    public static TypeRef<Object> untyped() {
        return of(Object.class);
    }

    /// The type.
    public final Type type() {
        return type;
    }

    /// Whether values are what JSON has.
    public final boolean isUntyped() {
        return type == Object.class;
    }

    @Override
    public final boolean equals(@Nullable Object other) {
        return other instanceof TypeRef<?> ref && type.equals(ref.type);
    }

    @Override
    public final int hashCode() {
        return type.hashCode();
    }

    /// The type as sources name it.
    @Override
    public final String toString() {
        return type.getTypeName();
    }

    private static final class OfClass<V> extends TypeRef<V> {
        OfClass(Class<V> type) {
            super((Type) type);
        }
    }
}
