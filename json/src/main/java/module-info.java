import org.jspecify.annotations.NullMarked;

/// JSON without loss: exact values, what changed between two of them, and merges by field.
@NullMarked
module coppice.json {
    requires tools.jackson.core;
    requires static transitive org.jspecify;

    exports coppice.json;
}
