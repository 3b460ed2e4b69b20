import org.jspecify.annotations.NullMarked;

/// The embedded database: transactions, branches and structures over the kernel, behind the interfaces of the API.
@NullMarked
module coppice.engine {
    requires transitive coppice.api;
    requires coppice.expression;
    requires coppice.json;
    requires coppice.kernel;
    requires coppice.projection;
    requires coppice.schema;
    requires coppice.structure;
    requires jdk.jfr;
    requires static transitive org.jspecify;

    provides coppice.api.DatabaseProvider with
            coppice.engine.EmbeddedProvider;
}
