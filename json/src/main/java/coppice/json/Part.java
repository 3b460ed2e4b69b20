package coppice.json;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A value and where its text stands.
///
/// @param text a whole document, UTF-8
/// @param from where the value begins in it
/// @param to where it ends
record Part(byte[] text, int from, int to, Json value) {
    /// The document that a text is, or nothing when it is no JSON in UTF-8.
    static Optional<Part> of(byte[] text) {
        if (text.length == 0 || !isUtf8(text)) {
            return Optional.empty();
        }
        return JsonReader.tryParse(text).map(value -> {
            int from = Scan.space(text, 0);
            return new Part(text, from, Scan.value(text, from), value);
        });
    }

    /// JSON in UTF-8 holds no zero byte; a byte order mark, or UTF-16, is for whoever reads it otherwise.
    private static boolean isUtf8(byte[] text) {
        for (byte one : text) {
            if (one == 0) {
                return false;
            }
        }
        return (text[0] & 0xff) < 0x80;
    }

    /// What the parts of an object or an array are called by.
    enum Kind {
        OBJECT,
        ITEMS_BY_ID,
        SET
    }

    /// A member of an object, or an item of an array.
    ///
    /// @param key what tells it from the others
    /// @param from where it begins: a member at its name
    /// @param part its value
    record Element(Json key, int from, Part part) {
        int to() {
            return part.to;
        }

        /// A member's name and what parts it from its value, as written; nothing for an item.
        byte[] label() {
            return Arrays.copyOfRange(part.text, from, part.from);
        }
    }

    /// How this value is taken apart when it is merged; nothing for what is one value.
    Optional<Kind> kind(ArrayRule rule) {
        return switch (value) {
            case Json.Obj _ -> Optional.of(Kind.OBJECT);
            case Json.Arr array -> {
                if (rule.idMember().isPresent()
                        && keys(array, rule.idMember().get()).isPresent()) {
                    yield Optional.of(Kind.ITEMS_BY_ID);
                }
                boolean set = rule.sets()
                        && new HashSet<>(array.items()).size() == array.items().size();
                yield set ? Optional.of(Kind.SET) : Optional.empty();
            }
            case Json.Str _, Json.Num _, Json.Bool _, Json.Null _ -> Optional.empty();
        };
    }

    /// The distinct ids of items, when each has one that is a string or a number.
    private static Optional<List<Json>> keys(Json.Arr array, String idMember) {
        List<Json> keys = new ArrayList<>();
        for (Json item : array.items()) {
            Json id = item instanceof Json.Obj object ? object.members().get(idMember) : null;
            if (!(id instanceof Json.Str || id instanceof Json.Num)) {
                return Optional.empty();
            }
            keys.add(id);
        }
        Set<Json> distinct = new HashSet<>(keys);
        return distinct.size() == keys.size() ? Optional.of(keys) : Optional.empty();
    }

    /// The elements, in order.
    ///
    /// @param kind what [#kind] said
    List<Element> elements(Kind kind, ArrayRule rule) {
        List<Json> keys;
        List<Json> values;
        if (value instanceof Json.Obj object) {
            keys = object.members().keySet().stream().map(Json::of).toList();
            values = List.copyOf(object.members().values());
        } else {
            Json.Arr array = (Json.Arr) value;
            values = array.items();
            keys = kind == Kind.SET
                    ? values
                    : keys(array, rule.idMember().orElseThrow()).orElseThrow();
        }
        List<Element> elements = new ArrayList<>();
        int at = from + 1;
        for (int i = 0; i < keys.size(); i++) {
            int start = Scan.space(text, at);
            int valueStart = start;
            if (kind == Kind.OBJECT) {
                int colon = Scan.space(text, Scan.value(text, start));
                valueStart = Scan.space(text, colon + 1);
            }
            int end = Scan.value(text, valueStart);
            elements.add(new Element(keys.get(i), start, new Part(text, valueStart, end, values.get(i))));
            at = Scan.space(text, end) + 1; // after the comma, or the end
        }
        return elements;
    }

    byte[] bytes() {
        return Arrays.copyOfRange(text, from, to);
    }

    String string() {
        return new String(text, from, to - from, StandardCharsets.UTF_8);
    }

    /// Whether the values are equal, however they are written.
    boolean means(Part other) {
        return value.equals(other.value);
    }

    boolean isWrittenLike(Part other) {
        return Arrays.equals(text, from, to, other.text, other.from, other.to);
    }
}
