package coppice.structure.sketch;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.structure.SketchOptions;
import coppice.api.structure.SketchQuestion;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/// What follows from the options of a sketch: how many rows each part has, and how values find theirs.
///
/// @param row the options as they are stored
/// @param tag stands for them in keys
/// @param precision there are 2 to the power of this many registers
/// @param blocks of bits
/// @param hashes how many bits of a block a value sets
/// @param width how many cells there are for each hash
record Shape(SketchOptions options, byte[] row, short tag, int precision, int blocks, int hashes, int width) {
    /// The standard error of an UltraLogLog of one register; that of m is less by the root of m.
    static final double REGISTER_ERROR = 0.782;

    private static final double LN_2 = Math.log(2);

    static Shape of(SketchOptions options) {
        byte[] row = StoredOptions.encode(options);
        double bits = bits(options.falsePositives());
        return new Shape(
                options,
                row,
                (short) Fingerprint.of(row).high(),
                precision(options.distinctError()),
                (int) Math.ceil(options.expected() * bits / Membership.BLOCK_BITS),
                Math.max(1, (int) Math.round(-Math.log(options.falsePositives()) / LN_2)),
                (int) Math.ceil(Math.E / options.frequencyError()));
    }

    private static int precision(double error) {
        double registers = Math.pow(REGISTER_ERROR / error, 2);
        return Math.max(Distinct.PIECE_PRECISION, (int) Math.ceil(Math.log(registers) / LN_2));
    }

    /// How many bits a value needs: as in a Bloom filter, and a little more, since not all blocks get equally many
    /// values. To the second order, the share of false positives grows with the variance of how full blocks are;
    /// the additional bits make up for that.
    private static double bits(double falsePositives) {
        double whole = -Math.log(falsePositives) / (LN_2 * LN_2);
        double slope = Math.max(1, -Math.log(falsePositives));
        double variance = whole / Membership.BLOCK_BITS;
        return whole * (1 + Math.log1p(slope * (slope - 1) * variance / 2) / slope);
    }

    boolean answers(SketchQuestion question) {
        return options.questions().contains(question);
    }

    /// Whether it is known how often something was added.
    boolean counts() {
        return answers(SketchQuestion.FREQUENCY) || answers(SketchQuestion.QUANTILES);
    }

    /// Refuses what it does not answer.
    void require(String name, SketchQuestion question) {
        if (!answers(question)) {
            throw notAnswered(name, question.text());
        }
    }

    /// Says what it answers instead of what it was asked.
    DatabaseException notAnswered(String name, String asked) {
        return new DatabaseException.Incorrect(
                        ErrorCode.OTHER_STRUCTURE,
                        "The sketch '" + name + "' answers " + list() + ", not " + asked
                                + ": add values to another sketch whose options have that")
                .with("name", name)
                .with("options", text());
    }

    private String list() {
        List<String> texts = options.questions().stream()
                .sorted(Comparator.naturalOrder())
                .map(SketchQuestion::text)
                .toList();
        return texts.stream().collect(Collectors.joining(" and "));
    }

    /// The options as they are stored.
    String text() {
        return new String(row, UTF_8);
    }
}
