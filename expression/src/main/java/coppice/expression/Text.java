package coppice.expression;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/// A text, as UTF-8. Sorts by its bytes, which is the order of code points.
public final class Text implements Value, Comparable<Text> {
    private final byte[] utf8;

    private Text(byte[] utf8) {
        this.utf8 = utf8;
    }

    /// The text of a string. Half a surrogate pair becomes U+FFFD.
    public static Text of(String text) {
        byte[] utf8 = text.getBytes(UTF_8);
        return new Text(mayHaveReplacement(utf8) ? whole(text).getBytes(UTF_8) : utf8);
    }

    /// Whether there may be half a surrogate pair, which Java writes as a question mark.
    private static boolean mayHaveReplacement(byte[] utf8) {
        for (byte each : utf8) {
            if (each == '?') {
                return true;
            }
        }
        return false;
    }

    /// The text that valid UTF-8 is; takes the array over.
    static Text ofUtf8(byte[] utf8) {
        return new Text(utf8);
    }

    /// A string without halves of surrogate pairs.
    private static String whole(String text) {
        for (int at = 0; at < text.length(); at++) {
            if (Character.isSurrogate(text.charAt(at))) {
                int[] points = text.codePoints()
                        .map(point ->
                                point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE ? 0xFFFD : point)
                        .toArray();
                return new String(points, 0, points.length);
            }
        }
        return text;
    }

    /// Its bytes in UTF-8, a copy.
    public byte[] bytes() {
        return utf8.clone();
    }

    /// The bytes themselves, not to be changed.
    byte[] utf8() {
        return utf8;
    }

    @Override
    public int compareTo(Text other) {
        return Arrays.compareUnsigned(utf8, other.utf8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Text text && Arrays.equals(utf8, text.utf8);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(utf8);
    }

    @Override
    public String toString() {
        return new String(utf8, UTF_8);
    }
}
