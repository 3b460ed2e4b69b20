package coppice.api.schema;

import java.util.List;
import java.util.Optional;

/// The types of one state of a database.
public interface SchemaView {
    /// All types, in the order of their names.
    List<DefinedType> types();

    /// A type.
    Optional<DefinedType> find(String name);

    /// The definition of a type as JSON, as [Schema#define(String, String, Existing)] reads it.
    ///
    /// @throws coppice.api.DatabaseException.NotFound when there is none of this name
    String text(String name);
}
