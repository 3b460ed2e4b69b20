package coppice.api.structure;

/// What becomes of what is in a structure when a dump is loaded into it.
public enum LoadMode {
    /// It goes: afterwards there is what the dump has.
    REPLACE,
    /// It stays, except for what the dump has, too.
    ADD
}
