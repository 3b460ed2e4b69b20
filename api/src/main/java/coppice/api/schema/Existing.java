package coppice.api.schema;

/// What becomes of a type that documents violate which are there already.
public enum Existing {
    /// It is not defined.
    REFUSE,
    /// It is in force for what is written from now on, as SQL's `NOT VALID`. [Schema#validate] looks again.
    NOT_VALID
}
