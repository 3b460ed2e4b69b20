package coppice.api.structure;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;

/// What a [Sketch] answers, and how well. It is said when a sketch is first opened and stays with it; what a
/// figure costs is a matter of these options, and not of how much is added.
///
/// @param questions what it may be asked: one at least
/// @param distinctError the standard error of [SketchView#distinct()] as a share of it: 0.001 to 0.05, 0.01
///     unless told otherwise. Keeps about 0.6 / error² bytes, up to twice that
/// @param expected how many different values [SketchView#mightContain] is to tell apart: 1 to 1,000,000,000,
///     100,000 unless told otherwise. Beyond that it errs more often
/// @param falsePositives how often `mightContain` says so of what was not added, once as many values as expected
///     were: 0.000001 to 0.5, 0.01 unless told otherwise. Keeps about 0.26 * expected * ln(1 / falsePositives)
///     bytes
/// @param frequencyError how much of all that was added [SketchView#frequency] may be too high by: 0.00001 to 0.1,
///     0.001 unless told otherwise. Keeps about 60 / error bytes
/// @param tracked how many values [SketchView#top] knows: 1 to 10,000, 500 unless told otherwise. Up to twice as
///     many are kept
/// @param quantileError how far a number may be off that [SketchView#quantile] gives, as a share of it: 0.001 to
///     0.1, 0.01 unless told otherwise. Keeps about 4 / error bytes for each power of ten between the least and
///     the greatest number
public record SketchOptions(
        Set<SketchQuestion> questions,
        double distinctError,
        long expected,
        double falsePositives,
        double frequencyError,
        int tracked,
        double quantileError) {
    private static final double ERROR = 0.01;
    private static final long EXPECTED = 100_000;
    private static final double FREQUENCY_ERROR = 0.001;
    private static final int TRACKED = 500;

    /// Checks them.
    ///
    /// @throws IllegalArgumentException when there is no question, or one is out of range
    public SketchOptions {
        if (questions.isEmpty()) {
            throw new IllegalArgumentException("A sketch answers one question at least");
        }
        questions = Set.copyOf(questions);
        check("A distinct error", distinctError, 0.001, 0.05);
        check("The expected number of values", (double) expected, 1, 1_000_000_000);
        check("The share of false positives", falsePositives, 0.000001, 0.5);
        check("A frequency error", frequencyError, 0.00001, 0.1);
        check("The number of tracked values", tracked, 1, 10_000);
        check("A quantile error", quantileError, 0.001, 0.1);
    }

    private static void check(String what, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(
                    what + " is from " + number(least) + " to " + number(most) + ", not " + number(value));
        }
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15 ? Long.toString((long) value) : "" + value;
    }

    /// A sketch that answers these, as well as it does unless told otherwise.
    public static SketchOptions of(SketchQuestion first, SketchQuestion... more) {
        return of(EnumSet.of(first, more));
    }

    /// As [#of(SketchQuestion, SketchQuestion...)].
    ///
    /// @throws IllegalArgumentException when there are none
    public static SketchOptions of(Collection<SketchQuestion> questions) {
        return new SketchOptions(Set.copyOf(questions), ERROR, EXPECTED, ERROR, FREQUENCY_ERROR, TRACKED, ERROR);
    }

    /// The same, which also answers how many different values there are.
    public SketchOptions withDistinct(double error) {
        return new SketchOptions(
                and(SketchQuestion.DISTINCT), error, expected, falsePositives, frequencyError, tracked, quantileError);
    }

    /// The same, which also answers whether a value was added.
    public SketchOptions withMembership(long values, double wrong) {
        return new SketchOptions(
                and(SketchQuestion.MEMBERSHIP), distinctError, values, wrong, frequencyError, tracked, quantileError);
    }

    /// The same, which also answers how often values were added.
    public SketchOptions withFrequency(double error, int values) {
        return new SketchOptions(
                and(SketchQuestion.FREQUENCY), distinctError, expected, falsePositives, error, values, quantileError);
    }

    /// The same, which also answers how numbers are spread.
    public SketchOptions withQuantiles(double error) {
        return new SketchOptions(
                and(SketchQuestion.QUANTILES), distinctError, expected, falsePositives, frequencyError, tracked, error);
    }

    private Set<SketchQuestion> and(SketchQuestion question) {
        EnumSet<SketchQuestion> all = EnumSet.copyOf(questions);
        all.add(question);
        return all;
    }
}
