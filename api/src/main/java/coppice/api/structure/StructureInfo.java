package coppice.api.structure;

/// What is known of a structure by its name.
///
/// @param name its name, and that of the space that its rows are in
/// @param kind what it is
/// @param values the Java type of its values, as its source names it; `json` when it is untyped
/// @param isEncrypted whether its values are; see [Structures#dict(String, TypeRef, Secret)]
public record StructureInfo(String name, StructureKind kind, String values, boolean isEncrypted) {
    /// What [#values()] says of untyped values.
    public static final String UNTYPED = "json";

    /// One that is not encrypted.
    public StructureInfo(String name, StructureKind kind, String values) {
        this(name, kind, values, false);
    }

    @Override
    public String toString() {
        return "the " + (isEncrypted ? "encrypted " : "") + kind.text() + " '" + name + "' of " + values;
    }
}
