package coppice.api;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Strict UTF-8.
final class Texts {
    private Texts() {}

    static String decode(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException notText) {
            throw new DatabaseException.Incorrect(
                    ErrorCode.NOT_TEXT, "The value is not UTF-8 text: read its bytes with get() instead", notText);
        }
    }
}
