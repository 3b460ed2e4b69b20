package coppice.expression;

import coppice.json.Json;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What an expression is about and what it yields. Immutable, and totally ordered: NULL, FALSE, TRUE, numbers,
/// texts by code point, arrays item by item, objects member by member in the order of names. Equal values compare
/// as 0: `1` and
/// `1.0` are one value.
public sealed interface Value permits Value.Null, Value.Bool, Num, Text, Value.Arr, Value.Obj {
    /// The order of all values.
    Comparator<Value> ORDER = Value::order;

    /// NULL: the absent, the unknown, and JSON's `null`.
    enum Null implements Value {
        /// The only one.
        VALUE;

        @Override
        public String toString() {
            return "NULL";
        }
    }

    /// A truth value.
    enum Bool implements Value {
        /// False.
        FALSE,
        /// True.
        TRUE
    }

    /// An array.
    record Arr(List<Value> items) implements Value {
        /// Copies the items.
        public Arr {
            items = List.copyOf(items);
        }

        @Override
        public String toString() {
            return json().text();
        }
    }

    /// An object; the order of members means nothing.
    record Obj(SortedMap<Text, Value> members) implements Value {
        /// Copies the members.
        public Obj {
            members = Collections.unmodifiableSortedMap(new TreeMap<>(members));
        }

        private int compare(Obj other) {
            Iterator<Map.Entry<Text, Value>> theirs = other.members.entrySet().iterator();
            for (Map.Entry<Text, Value> mine : members.entrySet()) {
                if (!theirs.hasNext()) {
                    return 1;
                }
                Map.Entry<Text, Value> their = theirs.next();
                int order = mine.getKey().compareTo(their.getKey());
                order = order != 0 ? order : mine.getValue().order(their.getValue());
                if (order != 0) {
                    return order;
                }
            }
            return theirs.hasNext() ? -1 : 0;
        }

        @Override
        public String toString() {
            return json().text();
        }
    }

    /// A truth value.
    static Value of(boolean truth) {
        return truth ? Bool.TRUE : Bool.FALSE;
    }

    /// A whole number.
    static Value of(long number) {
        return Num.of(number);
    }

    /// A number.
    ///
    /// @throws IllegalArgumentException when it is beyond the limits of [Num]
    static Value of(BigDecimal number) {
        return Num.of(number);
    }

    /// A text. Half a surrogate pair becomes U+FFFD, as UTF-8 has no bytes for it.
    static Value of(String text) {
        return Text.of(text);
    }

    /// The value of JSON; a number beyond the limits of [Num] is NULL.
    static Value of(Json json) {
        return switch (json) {
            case Json.Null() -> Null.VALUE;
            case Json.Bool(boolean truth) -> of(truth);
            case Json.Num(String digits) -> Num.parse(digits);
            case Json.Str(String text) -> of(text);
            case Json.Arr(List<Json> items) ->
                new Arr(items.stream().map(Value::of).toList());
            case Json.Obj(Map<String, Json> members) -> {
                SortedMap<Text, Value> values = new TreeMap<>();
                members.forEach((name, value) -> values.put(Text.of(name), of(value)));
                yield new Obj(values);
            }
        };
    }

    /// This value as JSON.
    default Json json() {
        return switch (this) {
            case Null.VALUE -> Json.Null.VALUE;
            case Bool truth -> Json.of(truth == Bool.TRUE);
            case Num number -> new Json.Num(number.toString());
            case Text text -> Json.of(text.toString());
            case Arr(List<Value> items) ->
                new Json.Arr(items.stream().map(Value::json).toList());
            case Obj(SortedMap<Text, Value> members) -> {
                Map<String, Json> json = new LinkedHashMap<>();
                members.forEach((name, value) -> json.put(name.toString(), value.json()));
                yield new Json.Obj(json);
            }
        };
    }

    /// Whether JSON may write it in several ways that matter to people: numbers with zeros at their end, arrays
    /// and objects with those, and objects in any order of members.
    default boolean isWrittenInWays() {
        return this instanceof Num || this instanceof Arr || this instanceof Obj;
    }

    /// Its type; NULL has none.
    default Optional<Type> type() {
        return switch (this) {
            case Null.VALUE -> Optional.empty();
            case Bool _ -> Optional.of(Type.BOOLEAN);
            case Num _ -> Optional.of(Type.NUMBER);
            case Text _ -> Optional.of(Type.TEXT);
            case Arr _ -> Optional.of(Type.ARRAY);
            case Obj _ -> Optional.of(Type.OBJECT);
        };
    }

    /// Where its type sorts.
    private int rank() {
        return switch (this) {
            case Null.VALUE -> 0;
            case Bool _ -> 1;
            case Num _ -> 2;
            case Text _ -> 3;
            case Arr _ -> 4;
            case Obj _ -> 5;
        };
    }

    /// Whether both are of one type, or both NULL.
    default boolean isLike(Value other) {
        return rank() == other.rank();
    }

    /// Negative, 0 or positive as this value sorts before, with or after the other.
    default int order(Value other) {
        return switch (this) {
            case Num number when other instanceof Num others -> number.compare(others);
            case Text text when other instanceof Text others -> text.compareTo(others);
            case Bool truth
            when other instanceof Bool others -> Boolean.compare(truth == Bool.TRUE, others == Bool.TRUE);
            case Arr(List<Value> items)
            when other instanceof Arr(List<Value> others) -> {
                Iterator<Value> theirs = others.iterator();
                for (Value item : items) {
                    int order = theirs.hasNext() ? item.order(theirs.next()) : 1;
                    if (order != 0) {
                        yield order;
                    }
                }
                yield theirs.hasNext() ? -1 : 0;
            }
            case Obj object when other instanceof Obj others -> object.compare(others);
            default -> Integer.compare(rank(), other.rank());
        };
    }
}
