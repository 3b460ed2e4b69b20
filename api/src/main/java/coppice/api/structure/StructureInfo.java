package coppice.api.structure;

/// What is known of a structure by its name.
///
/// @param name its name, and that of the space that its rows are in
/// @param kind what it is
/// @param values the Java type of its values, as its source names it; `json` when it is untyped
public record StructureInfo(String name, StructureKind kind, String values) {
    /// What [#values()] says of untyped values.
    public static final String UNTYPED = "json";

    @Override
    public String toString() {
        return "the " + kind.text() + " '" + name + "' of " + values;
    }
}
