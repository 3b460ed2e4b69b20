package coppice.expression;

/// The first bytes of values in sort keys, in the order of [Value#ORDER]; see `docs/format/sort-key.md`.
final class SortKeyTag {
    /// Ends arrays and objects.
    static final int END = 0x00;

    static final int NULL = 0x05;
    static final int FALSE = 0x06;
    static final int TRUE = 0x07;
    static final int NEGATIVE = 0x10;
    static final int ZERO = 0x11;
    static final int POSITIVE = 0x12;
    static final int TEXT = 0x20;
    static final int ARRAY = 0x30;
    static final int OBJECT = 0x40;

    /// How deep arrays and objects may nest.
    static final int DEPTH = 500;

    /// The byte of the exponent 0.
    static final int EXPONENT_ZERO = 0x80;

    /// Exponents from -64 to 63 are one byte; these announce four more.
    static final int EXPONENT_SMALL = 0x3F;

    static final int EXPONENT_LARGE = 0xC0;

    /// Follow 00 in texts: the byte 00 itself, and the end.
    static final int TEXT_ZERO = 0xFF;

    static final int TEXT_END = 0x01;

    private SortKeyTag() {}
}
