import org.jspecify.annotations.NullMarked;

/// Types of documents: their definitions as JSON, and whether documents are what they say.
@NullMarked
@SuppressWarnings("requires-automatic") // the validator of JSON Schema has no module descriptor
module coppice.schema {
    requires transitive coppice.api;
    requires transitive coppice.json;
    requires transitive coppice.expression;
    requires json.schema;
    requires static transitive org.jspecify;

    exports coppice.schema;
}
