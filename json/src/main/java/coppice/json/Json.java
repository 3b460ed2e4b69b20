package coppice.json;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A JSON value. Immutable. Two values are equal when their compact texts are equal but for the order of members, so
/// `1` and `1.0` differ: nothing that a user wrote is rounded or rewritten.
public sealed interface Json {
    /// An object: members by name, in the order they were given.
    record Obj(Map<String, Json> members) implements Json {
        /// Copies the members, keeping their order.
        public Obj {
            members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        }

        /// This object with one member set, at its place when it is there already, else at the end.
        public Obj with(String name, Json value) {
            Map<String, Json> copy = new LinkedHashMap<>(members);
            copy.put(name, value);
            return new Obj(copy);
        }

        /// This object without a member.
        public Obj without(String name) {
            Map<String, Json> copy = new LinkedHashMap<>(members);
            copy.remove(name);
            return new Obj(copy);
        }
    }

    /// An array.
    record Arr(List<Json> items) implements Json {
        /// Copies the items.
        public Arr {
            items = List.copyOf(items);
        }
    }

    /// A string.
    record Str(String value) implements Json {}

    /// A number, as it was written.
    record Num(String digits) implements Json {
        /// Refuses what is no JSON number.
        public Num {
            if (!isNumber(digits)) {
                throw new IllegalArgumentException("Not a JSON number: " + digits);
            }
        }

        /// Its exact value.
        public BigDecimal value() {
            return new BigDecimal(digits);
        }
    }

    /// `true` or `false`.
    record Bool(boolean value) implements Json {}

    /// `null`.
    record Null() implements Json {
        /// The one there need be.
        public static final Null VALUE = new Null();
    }

    /// A string.
    static Json of(String value) {
        return new Str(value);
    }

    /// An integer.
    static Json of(long value) {
        return new Num(Long.toString(value));
    }

    /// A truth value.
    static Json of(boolean value) {
        return new Bool(value);
    }

    /// An object from names and values in turn.
    ///
    /// @param members name, value, name, value ...; a value is a [Json], a string, a whole number, a boolean, or
    ///     `null` for leaving the member out
    static Obj object(@Nullable Object... members) {
        Map<String, Json> map = new LinkedHashMap<>();
        for (int i = 0; i < members.length; i += 2) {
            Object value = members[i + 1];
            if (value != null) {
                map.put((String) require(members[i]), from(value));
            }
        }
        return new Obj(map);
    }

    /// An array of strings.
    static Arr strings(Iterable<String> values) {
        List<Json> items = new ArrayList<>();
        values.forEach(value -> items.add(of(value)));
        return new Arr(items);
    }

    /// The most compact text: no spaces, members in their order, only the escapes that JSON demands.
    default String text() {
        return JsonWriter.write(this);
    }

    /// Whether text is a number by JSON's grammar: no leading zeros or plus, digits on both sides of the point.
    static boolean isNumber(String text) {
        int at = text.startsWith("-") ? 1 : 0;
        int end = digits(text, at);
        if (end == at || (text.charAt(at) == '0' && end > at + 1)) {
            return false;
        }
        if (end < text.length() && text.charAt(end) == '.') {
            at = end + 1;
            end = digits(text, at);
            if (end == at) {
                return false;
            }
        }
        if (end < text.length() && (text.charAt(end) == 'e' || text.charAt(end) == 'E')) {
            at = end + 1;
            at += at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-') ? 1 : 0;
            end = digits(text, at);
            if (end == at) {
                return false;
            }
        }
        return end == text.length();
    }

    private static int digits(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }

    private static Json from(Object value) {
        return switch (value) {
            case Json json -> json;
            case String string -> of(string);
            case Integer number -> of(number.longValue());
            case Long number -> of(number.longValue());
            case Boolean truth -> of(truth.booleanValue());
            default -> throw new IllegalArgumentException("No JSON for a " + value.getClass());
        };
    }

    private static Object require(@Nullable Object name) {
        if (name == null) {
            throw new IllegalArgumentException("A member needs a name");
        }
        return name;
    }
}
