package coppice.engine.log;

import coppice.kernel.bytes.ByteReader;
import coppice.kernel.bytes.ByteWriter;

/// Why a ref moves, as the journal and the reflog keep it.
///
/// @param who who did it
/// @param millis when, in milliseconds since 1970 UTC
/// @param action what was done, in a word such as `commit`, `merge` or `reset`
/// @param text what exactly, in a line; may be empty
public record Note(String who, long millis, String action, String text) {
    private static final int TEXT_CHARS_MAX = 200;

    public Note {
        text = line(text);
    }

    /// The first line, not too long.
    private static String line(String text) {
        String first = text.lines().findFirst().orElse("");
        if (first.length() <= TEXT_CHARS_MAX) {
            return first;
        }
        int end = Character.isHighSurrogate(first.charAt(TEXT_CHARS_MAX - 2)) ? TEXT_CHARS_MAX - 2 : TEXT_CHARS_MAX - 1;
        return first.substring(0, end) + "…";
    }

    void encode(ByteWriter out) {
        out.utf8(who).i64(millis).utf8(action).utf8(text);
    }

    static Note decode(ByteReader in) {
        return new Note(in.utf8(), in.i64(), in.utf8(), in.utf8());
    }
}
