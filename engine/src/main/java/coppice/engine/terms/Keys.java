package coppice.engine.terms;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// Keys in messages.
public final class Keys {
    private static final int SHOWN_MAX = 80;

    private Keys() {}

    /// The key as text when it is printable UTF-8, else in hexadecimal; cut when long.
    public static String display(byte[] key) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(key))
                    .toString();
            if (text.chars().anyMatch(Character::isISOControl)) {
                text = HexFormat.of().formatHex(key);
            }
        } catch (CharacterCodingException _) {
            text = HexFormat.of().formatHex(key);
        }
        return text.length() <= SHOWN_MAX ? text : text.substring(0, SHOWN_MAX) + "...";
    }
}
