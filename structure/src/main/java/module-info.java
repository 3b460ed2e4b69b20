import org.jspecify.annotations.NullMarked;

/// Data structures as layouts over spaces.
@NullMarked
module coppice.structure {
    requires transitive coppice.api;
    requires com.dynatrace.hash4j;
    requires com.github.benmanes.caffeine;
    requires coppice.json;
    requires transitive coppice.vector;
    requires com.fasterxml.jackson.annotation;
    requires tools.jackson.core;
    requires tools.jackson.databind;
    requires org.bouncycastle.provider;
    requires static transitive org.jspecify;

    exports coppice.structure;
    exports coppice.structure.ground;
    exports coppice.structure.search;
    exports coppice.structure.secret;

    uses coppice.structure.search.SearchEngine;
}
