import org.jspecify.annotations.NullMarked;

/// What a user programs against: interfaces, records and errors. Stands on nothing but the JDK.
@NullMarked
module coppice.api {
    requires static transitive org.jspecify;

    exports coppice.api;
    exports coppice.api.async;
    exports coppice.api.crdt;
    exports coppice.api.feed;
    exports coppice.api.progress;
    exports coppice.api.projection;
    exports coppice.api.query;
    exports coppice.api.schema;
    exports coppice.api.search;
    exports coppice.api.structure;

    uses coppice.api.DatabaseProvider;
}
