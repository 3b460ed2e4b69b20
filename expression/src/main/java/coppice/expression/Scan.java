package coppice.expression;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Checks that a text is JSON (RFC 8259) in UTF-8, at most 500 levels deep, and notes on the way where the wanted parts
/// are. One pass, no allocation but for names with escapes. Of members of one name the last counts.
final class Scan {
    /// How deep arrays and objects may nest.
    static final int DEPTH = 500;

    private static final int WRONG = -1;
    private static final long ONES = 0x0101010101010101L;
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
    private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};
    private static final byte[] NULL = {'n', 'u', 'l', 'l'};

    private final byte[] text;
    private final long[] spans;

    /// Whether the string that was read last has escapes.
    private boolean isEscaped;

    private Scan(byte[] text, long[] spans) {
        this.text = text;
        this.spans = spans;
    }

    /// Notes where the parts of a document are.
    ///
    /// @param spans the place for each number of the parts: where it begins in the upper half, where it ends in the
    ///     lower; 0 where there is none. All 0 when the text is no JSON
    static void of(byte[] text, Wanted wanted, long[] spans) {
        Scan scan = new Scan(text, spans);
        int end = scan.value(scan.space(0), wanted, 0);
        if (end == WRONG || scan.space(end) != text.length) {
            Arrays.fill(spans, 0);
        }
    }

    static int from(long span) {
        return (int) (span >>> 32);
    }

    static int to(long span) {
        return (int) span;
    }

    private byte at(int place) {
        return place < text.length ? text[place] : 0;
    }

    private int space(int from) {
        int at = from;
        while (at < text.length && (text[at] == ' ' || text[at] == '\n' || text[at] == '\r' || text[at] == '\t')) {
            at++;
        }
        return at;
    }

    /// Where the value ends that begins at a place.
    private int value(int from, @Nullable Wanted wanted, int depth) {
        if (wanted != null && spans[wanted.number()] != 0) {
            Arrays.fill(spans, wanted.number(), wanted.end(), 0);
        }
        int end = switch (at(from)) {
            case '"' -> string(from);
            case '{' -> depth == DEPTH ? WRONG : object(from, wanted, depth + 1);
            case '[' -> depth == DEPTH ? WRONG : array(from, wanted, depth + 1);
            case 't' -> word(from, TRUE);
            case 'f' -> word(from, FALSE);
            case 'n' -> word(from, NULL);
            default -> number(from);
        };
        if (wanted != null && end != WRONG) {
            spans[wanted.number()] = ((long) from << 32) | end;
        }
        return end;
    }

    private int word(int from, byte[] word) {
        int end = from + word.length;
        return end <= text.length && Arrays.equals(text, from, end, word, 0, word.length) ? end : WRONG;
    }

    private int object(int from, @Nullable Wanted wanted, int depth) {
        int at = space(from + 1);
        if (at(at) == '}') {
            return at + 1;
        }
        while (at(at) == '"') {
            int nameEnd = string(at);
            if (nameEnd == WRONG) {
                return WRONG;
            }
            Wanted member = wanted != null && wanted.hasMembers() ? member(wanted, at, nameEnd) : null;
            at = space(nameEnd);
            if (at(at) != ':') {
                return WRONG;
            }
            at = value(space(at + 1), member, depth);
            if (at == WRONG) {
                return WRONG;
            }
            at = space(at);
            if (at(at) == '}') {
                return at + 1;
            }
            if (at(at) != ',') {
                return WRONG;
            }
            at = space(at + 1);
        }
        return WRONG;
    }

    private @Nullable Wanted member(Wanted wanted, int from, int to) {
        if (isEscaped) {
            byte[] name = new Reading(text, from).string().utf8();
            return wanted.member(name, 0, name.length);
        }
        return wanted.member(text, from + 1, to - 1);
    }

    private int array(int from, @Nullable Wanted wanted, int depth) {
        int at = space(from + 1);
        if (at(at) == ']') {
            return at + 1;
        }
        for (int index = 0; ; index++) {
            at = value(at, wanted != null ? wanted.item(index) : null, depth);
            if (at == WRONG) {
                return WRONG;
            }
            at = space(at);
            if (at(at) == ']') {
                return at + 1;
            }
            if (at(at) != ',') {
                return WRONG;
            }
            at = space(at + 1);
        }
    }

    private int string(int from) {
        isEscaped = false;
        int at = plain(from + 1);
        while (at < text.length) {
            byte b = text[at];
            if (b == '"') {
                return at + 1;
            }
            if (b == '\\') {
                isEscaped = true;
                at = escape(at);
            } else if (b >= ' ') {
                at++;
            } else {
                at = b >= 0 ? WRONG : character(at);
            }
            if (at == WRONG) {
                return WRONG;
            }
        }
        return WRONG;
    }

    /// Goes past plain characters, eight at a time, up to the first that may be none or to the last few bytes.
    private int plain(int from) {
        int at = from;
        while (at <= text.length - Long.BYTES) {
            long word = (long) WORDS.get(text, at);
            long quote = word ^ (ONES * '"');
            long escape = word ^ (ONES * '\\');
            long odd =
                    (word | ((quote - ONES) & ~quote) | ((escape - ONES) & ~escape) | ((word - (ONES * ' ')) & ~word))
                            & (ONES << 7);
            if (odd != 0) {
                return at + (Long.numberOfTrailingZeros(odd) >>> 3);
            }
            at += Long.BYTES;
        }
        return at;
    }

    private int escape(int from) {
        return switch (at(from + 1)) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> from + 2;
            case 'u' -> {
                for (int at = from + 2; at < from + 6; at++) {
                    if (Character.digit(at(at), 16) < 0) {
                        yield WRONG;
                    }
                }
                yield from + 6;
            }
            default -> WRONG;
        };
    }

    /// Where a character of several bytes ends, if it is one that UTF-8 has, in the shortest form.
    private int character(int from) {
        int lead = text[from] & 0xFF;
        int second = at(from + 1) & 0xFF;
        int length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
        int least = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
        int most = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
        boolean isGood = lead >= 0xC2 && lead <= 0xF4 && second >= least && second <= most;
        for (int at = from + 2; at < from + length; at++) {
            isGood &= (at(at) & 0xC0) == 0x80;
        }
        return isGood ? from + length : WRONG;
    }

    private int number(int from) {
        int at = at(from) == '-' ? from + 1 : from;
        int end = digits(at);
        if (end == at || (at(at) == '0' && end > at + 1)) {
            return WRONG;
        }
        if (at(end) == '.') {
            at = end + 1;
            end = digits(at);
            if (end == at) {
                return WRONG;
            }
        }
        if (at(end) == 'e' || at(end) == 'E') {
            at = end + 1;
            at += at(at) == '+' || at(at) == '-' ? 1 : 0;
            end = digits(at);
            return end == at ? WRONG : end;
        }
        return end;
    }

    private int digits(int from) {
        int at = from;
        while (at < text.length && text[at] >= '0' && text[at] <= '9') {
            at++;
        }
        return at;
    }
}
