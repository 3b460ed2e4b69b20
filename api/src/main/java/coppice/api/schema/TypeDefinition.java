package coppice.api.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// What the documents under certain keys of a space must look like. Immutable.
///
/// ```java
/// TypeDefinition user = TypeDefinition.of("user", "people",
///                 Field.string("id").required(),
///                 Field.string("email").required().unique(),
///                 Field.integer("age").check("age BETWEEN 0 AND 150"))
///         .keys("user:{id}");
/// ```
///
/// @param name 1 to 64 letters, digits, `_`, `-` or `.`
/// @param space the space whose documents it is for
/// @param keys which of its keys, as text of which `{name}` stands for one or more characters, as far as the
///     character that follows it, or to the end; `{id}` alone is every key. Where the document has a field of that
///     name, it must say what the key says
/// @param shape what they must look like
public record TypeDefinition(String name, String space, String keys, Shape shape) {
    /// Every key of the space.
    public static final String ALL_KEYS = "{id}";

    public TypeDefinition {
        Objects.requireNonNull(name);
        Objects.requireNonNull(space);
        Objects.requireNonNull(keys);
        Objects.requireNonNull(shape);
    }

    /// What documents must look like.
    public sealed interface Shape {}

    /// Objects with these fields.
    ///
    /// @param fields of names that differ
    /// @param checks expressions about the whole document, none of which may be false
    /// @param isClosed whether there may be no other members
    public record Fields(List<Field> fields, List<String> checks, boolean isClosed) implements Shape {
        public Fields {
            fields = List.copyOf(fields);
            checks = List.copyOf(checks);
        }
    }

    /// What a JSON Schema (2020-12) accepts.
    ///
    /// @param schema its text
    public record JsonSchema(String schema) implements Shape {}

    /// A type for all documents of a space, which may have other members besides.
    public static TypeDefinition of(String name, String space, Field... fields) {
        return new TypeDefinition(name, space, ALL_KEYS, new Fields(List.of(fields), List.of(), false));
    }

    /// A type for all documents of a space that a JSON Schema accepts.
    public static TypeDefinition ofSchema(String name, String space, String schema) {
        return new TypeDefinition(name, space, ALL_KEYS, new JsonSchema(schema));
    }

    /// This type for some keys of the space.
    public TypeDefinition keys(String pattern) {
        return new TypeDefinition(name, space, pattern, shape);
    }

    /// This type without other members than its fields.
    ///
    /// @throws IllegalStateException when it is a JSON Schema, which says so itself
    public TypeDefinition closed() {
        Fields mine = fields();
        return new TypeDefinition(name, space, keys, new Fields(mine.fields, mine.checks, true));
    }

    /// This type with one more expression about the whole document, which may be true or unknown but not false.
    ///
    /// @throws IllegalStateException when it is a JSON Schema
    public TypeDefinition check(String expression) {
        Fields mine = fields();
        List<String> more = new ArrayList<>(mine.checks);
        more.add(expression);
        return new TypeDefinition(name, space, keys, new Fields(mine.fields, more, mine.isClosed));
    }

    private Fields fields() {
        if (shape instanceof Fields mine) {
            return mine;
        }
        throw new IllegalStateException("The type '" + name + "' is a JSON Schema: say it in the schema");
    }
}
