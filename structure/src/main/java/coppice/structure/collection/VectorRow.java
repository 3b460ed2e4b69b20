package coppice.structure.collection;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.search.EmbeddingId;
import coppice.structure.codec.Digests;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.Optional;

/// A vector as its row has it: its numbers, 4 bytes each, and where a function made it a mark of 25 bytes behind
/// them.
///
/// @param mark nothing for one that was given as it is
record VectorRow(float[] numbers, Optional<Mark> mark) {
    private static final byte FORMAT = 1;

    static VectorRow given(float[] numbers) {
        return new VectorRow(numbers, Optional.empty());
    }

    /// What made a vector of what.
    ///
    /// @param by the first 8 bytes of the SHA-256 of name, a byte 0 and version
    /// @param high the first 8 bytes of the SHA-256 of the text
    /// @param low the next 8
    record Mark(long by, long high, long low) {
        private static final int BYTES = 3 * Long.BYTES + 1;

        static Mark of(EmbeddingId by, String text) {
            ByteBuffer hash = ByteBuffer.wrap(Digests.sha256().digest(text.getBytes(UTF_8)));
            return new Mark(number(by), hash.getLong(), hash.getLong());
        }

        /// That of a dump.
        ///
        /// @param text as [#text]
        static Optional<Mark> parse(EmbeddingId by, String text) {
            return parse(number(by), text);
        }

        /// That of a dump, by a function that it does not name.
        ///
        /// @param by as [#maker]
        static Optional<Mark> parse(String by, String text) {
            return by.matches("[0-9a-f]{16}") ? parse(Long.parseUnsignedLong(by, 16), text) : Optional.empty();
        }

        private static Optional<Mark> parse(long by, String text) {
            return text.matches("[0-9a-f]{32}")
                    ? Optional.of(new Mark(
                            by,
                            Long.parseUnsignedLong(text.substring(0, 16), 16),
                            Long.parseUnsignedLong(text.substring(16), 16)))
                    : Optional.empty();
        }

        /// The hash of the text in 32 hexadecimal digits.
        String text() {
            return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
        }

        /// The hash of the function in 16 hexadecimal digits.
        String maker() {
            return HexFormat.of().toHexDigits(by);
        }

        boolean isBy(EmbeddingId id) {
            return by == number(id);
        }

        static long number(EmbeddingId id) {
            byte[] text = (id.name() + '\0' + id.version()).getBytes(UTF_8);
            return ByteBuffer.wrap(Digests.sha256().digest(text)).getLong();
        }
    }

    byte[] encode() {
        ByteBuffer bytes = ByteBuffer.allocate(numbers.length * Float.BYTES + (mark.isPresent() ? Mark.BYTES : 0))
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(numbers);
        mark.ifPresent(made -> bytes.order(ByteOrder.BIG_ENDIAN)
                .position(numbers.length * Float.BYTES)
                .putLong(made.by())
                .putLong(made.high())
                .putLong(made.low())
                .put(FORMAT));
        return bytes.array();
    }

    /// The vector of a row; what no vector has encoded has no numbers.
    static VectorRow decode(byte[] row) {
        boolean isMarked = row.length % Float.BYTES == Mark.BYTES % Float.BYTES
                && row.length >= Mark.BYTES
                && row[row.length - 1] == FORMAT;
        if (!isMarked && row.length % Float.BYTES != 0) {
            return given(new float[0]);
        }
        float[] numbers = new float[(row.length - (isMarked ? Mark.BYTES : 0)) / Float.BYTES];
        ByteBuffer bytes = ByteBuffer.wrap(row);
        bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(numbers);
        if (!isMarked) {
            return given(numbers);
        }
        bytes.order(ByteOrder.BIG_ENDIAN).position(numbers.length * Float.BYTES);
        return new VectorRow(numbers, Optional.of(new Mark(bytes.getLong(), bytes.getLong(), bytes.getLong())));
    }
}
