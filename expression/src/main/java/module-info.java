import org.jspecify.annotations.NullMarked;

/// SQL-like expressions over JSON documents, and keys that sort as values do.
@NullMarked
module coppice.expression {
    requires transitive coppice.json;
    requires static transitive org.jspecify;

    exports coppice.expression;
}
