package coppice.expression;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Functions of a text. Characters are code points.
final class TextFunctions {
    /// The most bytes that replacing and joining may make.
    static final int LONGEST = 64 << 20;

    private TextFunctions() {}

    static Value of(Function function, Text text, List<Value> arguments) {
        return switch (function) {
            case LOWER -> Text.of(text.toString().toLowerCase(Locale.ROOT));
            case UPPER -> Text.of(text.toString().toUpperCase(Locale.ROOT));
            case TRIM -> trim(text);
            case SUBSTRING -> substring(text, arguments);
            default -> {
                if (!(arguments.get(1) instanceof Text part)) {
                    yield Value.Null.VALUE;
                }
                yield switch (function) {
                    case STARTS_WITH -> Value.of(matches(text, part, 0));
                    case ENDS_WITH -> Value.of(matches(text, part, text.utf8().length - part.utf8().length));
                    case REPLACE -> arguments.get(2) instanceof Text by ? replace(text, part, by) : Value.Null.VALUE;
                    default -> throw new AssertionError(function);
                };
            }
        };
    }

    /// One after the other; NULL when that is beyond the longest.
    static Value concatenated(Text head, Text tail) {
        int length = head.utf8().length;
        if ((long) length + tail.utf8().length > LONGEST) {
            return Value.Null.VALUE;
        }
        byte[] both = Arrays.copyOf(head.utf8(), length + tail.utf8().length);
        System.arraycopy(tail.utf8(), 0, both, length, tail.utf8().length);
        return Text.ofUtf8(both);
    }

    static Value length(Value value) {
        return switch (value) {
            case Text text -> Value.of(characters(text.utf8()));
            case Value.Arr(List<Value> items) -> Value.of(items.size());
            case Value.Obj object -> Value.of(object.members().size());
            default -> Value.Null.VALUE;
        };
    }

    static int characters(byte[] utf8) {
        int count = 0;
        for (byte b : utf8) {
            count += (b & 0xC0) == 0x80 ? 0 : 1;
        }
        return count;
    }

    private static boolean matches(Text text, Text part, int from) {
        byte[] all = text.utf8();
        byte[] wanted = part.utf8();
        return from >= 0
                && from + wanted.length <= all.length
                && Arrays.equals(all, from, from + wanted.length, wanted, 0, wanted.length);
    }

    private static Text trim(Text text) {
        byte[] utf8 = text.utf8();
        int from = 0;
        int to = utf8.length;
        while (from < to && utf8[from] == ' ') {
            from++;
        }
        while (to > from && utf8[to - 1] == ' ') {
            to--;
        }
        return Text.ofUtf8(Arrays.copyOfRange(utf8, from, to));
    }

    /// As in SQL: positions before the first count too, so `substring('abc', 0, 2)` is `a`.
    private static Value substring(Text text, List<Value> arguments) {
        if (!(arguments.get(1) instanceof Num start) || !start.isLong()) {
            return Value.Null.VALUE;
        }
        byte[] utf8 = text.utf8();
        long end = Long.MAX_VALUE;
        if (arguments.size() == 3) {
            if (!(arguments.get(2) instanceof Num count) || !count.isLong() || count.small() < 0) {
                return Value.Null.VALUE;
            }
            end = start.small() > Long.MAX_VALUE - count.small() ? end : start.small() + count.small();
        }
        int from = place(utf8, start.small());
        return Text.ofUtf8(Arrays.copyOfRange(utf8, from, Math.max(from, place(utf8, end))));
    }

    /// Where the character of a number, from 1, begins; the first for smaller numbers.
    private static int place(byte[] utf8, long character) {
        int at = 0;
        for (long left = character; left > 1 && at < utf8.length; left--) {
            do {
                at++;
            } while (at < utf8.length && (utf8[at] & 0xC0) == 0x80);
        }
        return at;
    }

    private static Value replace(Text text, Text part, Text by) {
        if (part.utf8().length == 0) {
            return text;
        }
        long most = text.utf8().length / part.utf8().length * (long) by.utf8().length + text.utf8().length;
        return most > LONGEST ? Value.Null.VALUE : Text.of(text.toString().replace(part.toString(), by.toString()));
    }
}
