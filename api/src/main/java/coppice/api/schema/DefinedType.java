package coppice.api.schema;

/// A type as it is in force.
///
/// @param definition what documents must look like when they are written
/// @param isValidated whether those that were there before are known to
public record DefinedType(TypeDefinition definition, boolean isValidated) {}
