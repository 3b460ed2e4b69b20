package coppice.api.schema;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// One field of a document. Immutable.
///
/// @param name the name of the member
/// @param type what it holds
/// @param isRequired whether it must be there and not be `null`
/// @param isUnique whether no two documents of the type may have the same value in it; `null` is no value
/// @param defaultValue what a document that lacks the field gets when it is written, as JSON
/// @param check an expression about the object that holds the field (the document, or one within it, each for
///     itself where an array has several), which may be true or unknown but not false
public record Field(
        String name,
        FieldType type,
        boolean isRequired,
        boolean isUnique,
        Optional<String> defaultValue,
        Optional<String> check) {
    public Field {
        Objects.requireNonNull(name);
        Objects.requireNonNull(type);
        Objects.requireNonNull(defaultValue);
        Objects.requireNonNull(check);
    }

    /// A field that may be absent.
    public static Field of(String name, FieldType type) {
        return new Field(name, type, false, false, Optional.empty(), Optional.empty());
    }

    /// Text.
    public static Field string(String name) {
        return of(name, FieldType.Simple.STRING);
    }

    /// A number without a fraction.
    public static Field integer(String name) {
        return of(name, FieldType.Simple.INTEGER);
    }

    /// Any number.
    public static Field number(String name) {
        return of(name, FieldType.Simple.NUMBER);
    }

    /// A number with at most so many digits after the point.
    public static Field decimal(String name, int scale) {
        return of(name, new FieldType.Decimal(scale));
    }

    /// `true` or `false`.
    public static Field bool(String name) {
        return of(name, FieldType.Simple.BOOLEAN);
    }

    /// A moment.
    public static Field timestamp(String name) {
        return of(name, FieldType.Simple.TIMESTAMP);
    }

    /// A day.
    public static Field date(String name) {
        return of(name, FieldType.Simple.DATE);
    }

    /// Bytes in base64.
    public static Field bytes(String name) {
        return of(name, FieldType.Simple.BYTES);
    }

    /// A UUID.
    public static Field uuid(String name) {
        return of(name, FieldType.Simple.UUID);
    }

    /// An array of items of one type.
    public static Field array(String name, FieldType items) {
        return of(name, new FieldType.Array(items));
    }

    /// An object with fields of its own, and perhaps others.
    public static Field object(String name, Field... fields) {
        return of(name, new FieldType.Nested(List.of(fields), false));
    }

    /// The key of a document of a type.
    public static Field reference(String name, String type) {
        return of(name, new FieldType.Reference(type));
    }

    /// This field, which must be there.
    public Field required() {
        return new Field(name, type, true, isUnique, defaultValue, check);
    }

    /// This field, of which no two documents have the same value.
    public Field unique() {
        return new Field(name, type, isRequired, true, defaultValue, check);
    }

    /// This field with a value, in JSON, for documents that are written without it.
    public Field withDefault(String json) {
        return new Field(name, type, isRequired, isUnique, Optional.of(json), check);
    }

    /// This field with an expression that may not be false.
    public Field check(String expression) {
        return new Field(name, type, isRequired, isUnique, defaultValue, Optional.of(expression));
    }
}
