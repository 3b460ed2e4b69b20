import org.jspecify.annotations.NullMarked;

/// Our own small property tester: seeded generators, counterexamples that shrink, models.
@NullMarked
module coppice.testing.property {
    requires static transitive org.jspecify;

    exports coppice.testing.property;
}
