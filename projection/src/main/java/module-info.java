import org.jspecify.annotations.NullMarked;

/// Definitions of projections, and what they make of rows.
@NullMarked
module coppice.projection {
    requires transitive coppice.api;
    requires transitive coppice.expression;
    requires coppice.json;
    requires static transitive org.jspecify;

    exports coppice.projection;
}
