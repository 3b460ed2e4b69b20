import org.jspecify.annotations.NullMarked;

/// What every implementation of the API must do, as tests to extend.
@NullMarked
module coppice.testing.contract {
    requires static transitive org.jspecify;
    requires transitive coppice.api;
    requires coppice.testing.property;
    requires transitive org.junit.jupiter.api;
    requires org.assertj.core;

    exports coppice.testing.contract;
    exports coppice.testing.contract.model;
}
