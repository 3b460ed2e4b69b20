import org.jspecify.annotations.NullMarked;

/// Sets of vectors, and which of them are nearest.
@NullMarked
module coppice.vector {
    requires transitive coppice.api;
    requires static jdk.incubator.vector; // where it is not there, plain loops do the same
    requires static transitive org.jspecify;

    exports coppice.vector;
}
