package coppice.structure.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.jspecify.annotations.Nullable;

/// Texts of printable ASCII without quotes and backslashes, as most are: their JSON is themselves in quotes, which
/// takes a third of the time of a generator and a parser.
final class PlainText {
    private PlainText() {}

    /// The JSON of a text; null when it is not plain.
    static byte @Nullable [] encode(String text) {
        byte[] json = new byte[text.length() + 2];
        json[0] = '"';
        json[json.length - 1] = '"';
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isPlain(c)) {
                return null;
            }
            json[i + 1] = (byte) c;
        }
        return json;
    }

    /// The text that JSON is of; null when it is of none that is plain.
    static @Nullable String decode(byte[] json) {
        int last = json.length - 1;
        if (last < 1 || json[0] != '"' || json[last] != '"') {
            return null;
        }
        for (int i = 1; i < last; i++) {
            if (!isPlain(json[i])) {
                return null;
            }
        }
        return new String(json, 1, last - 1, ISO_8859_1);
    }

    private static boolean isPlain(int c) {
        return c >= ' ' && c <= '~' && c != '"' && c != '\\';
    }
}
