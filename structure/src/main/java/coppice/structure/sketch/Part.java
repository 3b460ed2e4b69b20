package coppice.structure.sketch;

import coppice.api.Range;
import coppice.api.structure.SketchQuestion;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.stream.Stream;

/// The parts that a sketch has rows of. A key is the letter of the part; two bytes that stand for the options, so
/// that rows of sketches with other options never meet; and which row of the part it is.
enum Part {
    /// The options, the one row without anything behind the letter.
    OPTIONS('o', "options", Optional.empty()),
    /// How often something was added, and what is said of tracking; see [Totals].
    TOTALS('n', "totals", Optional.empty()),
    /// Registers of an UltraLogLog; see [Distinct].
    REGISTERS('d', "distinct", Optional.of(SketchQuestion.DISTINCT)),
    /// Blocks of a Bloom filter; see [Membership].
    BITS('m', "membership", Optional.of(SketchQuestion.MEMBERSHIP)),
    /// Cells of a count-min sketch; see [Frequencies].
    CELLS('f', "frequency", Optional.of(SketchQuestion.FREQUENCY)),
    /// Buckets of numbers; see [Quantiles].
    BUCKETS('q', "quantiles", Optional.of(SketchQuestion.QUANTILES)),
    /// Values that may be among the most frequent; see [Tracked].
    TRACKED('t', "top", Optional.of(SketchQuestion.FREQUENCY));

    private static final int HEAD = 1 + Short.BYTES;

    private final byte letter;
    private final String text;
    private final Optional<SketchQuestion> question;

    Part(char letter, String text, Optional<SketchQuestion> question) {
        this.letter = (byte) letter;
        this.text = text;
        this.question = question;
    }

    /// What dumps call it.
    String text() {
        return text;
    }

    /// The question that its rows answer.
    Optional<SketchQuestion> question() {
        return question;
    }

    /// The part that a row is of.
    static Optional<Part> of(byte[] key) {
        return Stream.of(values())
                .filter(part -> key.length > 0 && part.letter == key[0])
                .findFirst();
    }

    /// The key of the options.
    static byte[] options() {
        return new byte[] {OPTIONS.letter};
    }

    /// The key of the part's only row.
    byte[] key(short tag) {
        return ByteBuffer.allocate(HEAD).put(letter).putShort(tag).array();
    }

    /// The key of a row by number, of which some may be negative; keys sort as numbers do.
    byte[] key(short tag, int at) {
        return ByteBuffer.allocate(HEAD + Integer.BYTES)
                .put(letter)
                .putShort(tag)
                .putInt(at ^ Integer.MIN_VALUE)
                .array();
    }

    /// The key of a value's row.
    byte[] key(short tag, Fingerprint value) {
        return ByteBuffer.allocate(HEAD + 2 * Long.BYTES)
                .put(letter)
                .putShort(tag)
                .putLong(value.high())
                .putLong(value.low())
                .array();
    }

    /// All rows of the part.
    Range range(short tag) {
        return Range.prefix(key(tag));
    }

    /// The number in a key that has one.
    static int at(byte[] key) {
        return ByteBuffer.wrap(key).getInt(HEAD) ^ Integer.MIN_VALUE;
    }
}
