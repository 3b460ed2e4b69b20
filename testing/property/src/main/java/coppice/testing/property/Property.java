package coppice.testing.property;

import java.util.function.Function;

/// A statement that holds for every value of a generator.
///
/// ```java
/// Property.forAll(Gen.bytes(0, 100)).check(bytes -> assertThat(decode(encode(bytes))).isEqualTo(bytes));
/// ```
///
/// A failure is an [AssertionError] with the smallest counterexample found, the original failure as its cause, and the
/// seed to run it again with. The first seed derives from the name of the calling test, so that a build is repeatable.
/// System properties: `coppice.seed` (a number, or `fresh` for a new one each time) and `coppice.runs` override both.
public final class Property<T> {
    /// What is checked: returns when the value passes and throws anything when it does not.
    @FunctionalInterface
    public interface Check<T> {
        /// Checks one value.
        void accept(T value) throws Exception;
    }

    private final Gen<T> gen;
    private final Search search;
    private final Function<? super T, String> describe;

    private Property(Gen<T> gen, Search search, Function<? super T, String> describe) {
        this.gen = gen;
        this.search = search;
        this.describe = describe;
    }

    /// A property of all values of `gen`, tried on 100 of them.
    public static <T> Property<T> forAll(Gen<T> gen) {
        return new Property<>(gen, Search.of(100), Description::of);
    }

    /// Tries that many values instead of 100.
    public Property<T> runs(int runs) {
        return new Property<>(gen, search.runs(runs), describe);
    }

    /// Begins with this seed instead of the one that derives from the test's name.
    public Property<T> seed(long seed) {
        return new Property<>(gen, search.seed(seed), describe);
    }

    /// Spends at most that many runs on shrinking instead of 3,000.
    public Property<T> shrinks(int shrinks) {
        return new Property<>(gen, search.shrinks(shrinks), describe);
    }

    /// Shows counterexamples this way. By default arrays, collections and records are spelled out, bytes as hex.
    public Property<T> describedBy(Function<? super T, String> description) {
        return new Property<>(gen, search, description);
    }

    /// Runs the check on the values.
    ///
    /// @throws AssertionError with the smallest counterexample, when there is one
    public void check(Check<? super T> check) {
        search.run((choices, trace) -> {
            T value = gen.from(choices);
            String shown = trace.wanted() ? describe.apply(value) : "";
            trace.add(shown); // before the check, which may change the value
            check.accept(value);
        });
    }
}
