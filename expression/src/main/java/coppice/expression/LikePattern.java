package coppice.expression;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The right side of LIKE, taken apart at its `%`. Matching takes the first place for each part from the left, so it
/// never goes back by more than one part: at most the text's length times the longest part's.
final class LikePattern {
    /// The most characters.
    static final int LENGTH = 1_000;

    /// Stands for any one character, in a part; no byte of UTF-8.
    private static final byte ANY = (byte) 0xFF;

    /// The parts between the `%`, as UTF-8. The first begins at the text's beginning and the last ends at its end;
    /// where there is one only, there is no `%`.
    private final List<byte[]> parts;

    private LikePattern(List<byte[]> parts) {
        this.parts = parts;
    }

    /// The pattern that a text means; nothing when it is too long or ends in its escape character.
    ///
    /// @param escape a character that makes the next one plain, or nothing
    static Optional<LikePattern> of(Text text, String escape) {
        if (text.utf8().length > 4 * LENGTH || TextFunctions.characters(text.utf8()) > LENGTH) {
            return Optional.empty();
        }
        byte[] utf8 = text.utf8();
        byte[] mark = Text.of(escape).utf8();
        List<byte[]> parts = new ArrayList<>();
        byte[] part = new byte[utf8.length];
        int length = 0;
        for (int at = 0; at < utf8.length; at++) {
            boolean isEscape = mark.length > 0
                    && at + mark.length <= utf8.length
                    && Arrays.equals(utf8, at, at + mark.length, mark, 0, mark.length);
            if (isEscape) {
                at += mark.length;
                if (at == utf8.length) {
                    return Optional.empty();
                }
                part[length++] = utf8[at];
            } else if (utf8[at] == '%') {
                parts.add(Arrays.copyOf(part, length));
                length = 0;
            } else {
                part[length++] = utf8[at] == '_' ? ANY : utf8[at];
            }
        }
        parts.add(Arrays.copyOf(part, length));
        return Optional.of(new LikePattern(parts));
    }

    boolean matches(Text text) {
        return matches(text.utf8(), 0, text.utf8().length);
    }

    /// Whether valid UTF-8 in a part of an array matches.
    boolean matches(byte[] utf8, int from, int to) {
        int at = end(parts.getFirst(), utf8, from, to);
        if (parts.size() == 1 || at < 0) {
            return at == to;
        }
        for (byte[] part : parts.subList(1, parts.size() - 1)) {
            at = find(part, utf8, at, to);
            if (at < 0) {
                return false;
            }
        }
        int start = back(parts.getLast(), utf8, to);
        return start >= at && end(parts.getLast(), utf8, start, to) == to;
    }

    /// Where the first occurrence of a part ends; -1 when there is none.
    private static int find(byte[] part, byte[] utf8, int from, int to) {
        for (int at = from; at <= to; at += step(utf8, at)) {
            int end = end(part, utf8, at, to);
            if (end >= 0) {
                return end;
            }
        }
        return -1;
    }

    /// Where a part ends that begins at a place; -1 when it does not stand there.
    private static int end(byte[] part, byte[] utf8, int from, int to) {
        int at = from;
        for (byte wanted : part) {
            if (at >= to) {
                return -1;
            }
            if (wanted == ANY) {
                at += step(utf8, at);
            } else if (utf8[at++] != wanted) {
                return -1;
            }
        }
        return at;
    }

    /// Where a part must begin that ends at a place: as many characters before it; -1 when there are not so many.
    private static int back(byte[] part, byte[] utf8, int to) {
        int at = to;
        for (int i = part.length - 1; i >= 0; i--) {
            if ((part[i] & 0xC0) == 0x80) {
                continue;
            }
            do {
                at--;
            } while (at >= 0 && (utf8[at] & 0xC0) == 0x80);
            if (at < 0) {
                return -1;
            }
        }
        return at;
    }

    /// The length of the character that begins at a place.
    private static int step(byte[] utf8, int at) {
        if (at >= utf8.length) {
            return 1;
        }
        byte b = utf8[at];
        return b >= 0 ? 1 : b >= (byte) 0xF0 ? 4 : b >= (byte) 0xE0 ? 3 : 2;
    }

    /// The text that all that match begin with.
    Text prefix() {
        byte[] first = parts.getFirst();
        int length = 0;
        while (length < first.length && first[length] != ANY) {
            length++;
        }
        return Text.ofUtf8(Arrays.copyOf(first, length));
    }

    /// Whether a text that begins with [#prefix] matches, whatever follows.
    boolean isPrefix() {
        return parts.size() == 2 && parts.getLast().length == 0 && prefix().utf8().length == parts.getFirst().length;
    }

    /// Whether only the text that [#prefix] is matches.
    boolean isPlain() {
        return parts.size() == 1 && prefix().utf8().length == parts.getFirst().length;
    }
}
