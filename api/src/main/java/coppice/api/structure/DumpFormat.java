package coppice.api.structure;

/// How what is in a structure is written as text.
public enum DumpFormat {
    /// One JSON object: `name`, `kind`, `values` and `count` of the structure, and its `items`.
    JSON,
    /// JSON lines: an item a line, nothing else.
    LINES
}
