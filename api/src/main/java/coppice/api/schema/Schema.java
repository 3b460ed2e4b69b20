package coppice.api.schema;

/// The types of a branch's working state. They are data: part of every version, compared and merged like
/// everything else (field by field), and found in the space [#SPACE], which nobody writes to otherwise. Safe for
/// use by many threads.
///
/// Documents are compared with their types when a transaction takes effect, with what it leaves behind: each
/// document by itself, and its unique values and references with all others. What a transaction writes gets the
/// defaults of fields that it lacks. Loads, imports and the results of merges are compared in the same way, and
/// get no defaults. What puts a branch elsewhere as a whole is not looked at: a reset, a rebase, a pick or a stash
/// that comes back. [#validate] can be asked then.
public interface Schema extends SchemaView {
    /// The space that has the types.
    String SPACE = "@schema";

    /// Defines a type, or puts it in place of the one of its name. Costs a read of the documents that it is for.
    ///
    /// @param existing what to do when documents that are there violate it
    /// @return what was found among the documents, and whether the type is in force now
    /// @throws coppice.api.DatabaseException.Incorrect when the definition contradicts itself, or refers to a
    ///     type that is not there
    Validation define(TypeDefinition type, Existing existing);

    /// Defines a type that all documents fit that are there; see [#define(TypeDefinition, Existing)].
    default Validation define(TypeDefinition type) {
        return define(type, Existing.REFUSE);
    }

    /// Defines a type written as JSON, of the form in `docs/format/schema.md`; see
    /// [#define(TypeDefinition, Existing)].
    Validation define(String name, String json, Existing existing);

    /// Compares the documents that are there with a type, and marks it as validated when all fit, and as not
    /// when they do not. Costs a read of them.
    ///
    /// @throws coppice.api.DatabaseException.NotFound when there is none of this name
    Validation validate(String name);

    /// Takes a type out of force. Documents stay as they are.
    ///
    /// @throws coppice.api.DatabaseException.NotFound when there is none of this name
    /// @throws coppice.api.DatabaseException.Incorrect when another type refers to it
    void drop(String name);
}
