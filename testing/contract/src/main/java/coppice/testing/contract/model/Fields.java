package coppice.testing.contract.model;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Objects;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// JSON objects as plain maps, merged member by member. Only what the commands write is read: members in one line
/// without white space, of numbers and of such objects.
final class Fields {
    private final String text;
    private int at;
    private boolean clashes;

    private Fields(String text) {
        this.text = text;
    }

    /// Three objects merged; nothing where a member clashes, or one of the three is no object.
    static Optional<String> merge(Optional<String> base, Optional<String> ours, Optional<String> theirs) {
        if (!isObject(base) || !isObject(ours) || !isObject(theirs)) {
            return Optional.empty();
        }
        Fields merge = new Fields("");
        Object merged = merge.decide(parse(base.get()), parse(ours.get()), parse(theirs.get()), false);
        return merge.clashes || merged == null ? Optional.empty() : Optional.of(text(merged));
    }

    private static boolean isObject(Optional<String> value) {
        return value.filter(text -> text.startsWith("{")).isPresent();
    }

    private static Object parse(String text) {
        return new Fields(text).value();
    }

    private Object value() {
        if (text.charAt(at) != '{') {
            int start = at;
            while (at < text.length() && text.charAt(at) != ',' && text.charAt(at) != '}') {
                at++;
            }
            return text.substring(start, at);
        }
        Map<String, Object> members = new LinkedHashMap<>();
        while (text.charAt(at) != '}') {
            at++; // an opening brace, or a comma
            if (text.charAt(at) != '}') {
                int colon = text.indexOf(':', at);
                String name = text.substring(at, colon);
                at = colon + 1;
                members.put(name, value());
            }
        }
        at++;
        return members;
    }

    private static String text(Object value) {
        if (!(value instanceof Map<?, ?> members)) {
            return (String) value;
        }
        StringJoiner all = new StringJoiner(",", "{", "}");
        members.forEach((name, member) -> all.add(name + ":" + text(member)));
        return all.toString();
    }

    private @Nullable Object decide(
            @Nullable Object base, @Nullable Object ours, @Nullable Object theirs, boolean isMember) {
        if (Objects.equals(ours, theirs)) {
            return either(base, ours, theirs);
        }
        if (Objects.equals(base, theirs)) {
            return ours;
        }
        if (Objects.equals(base, ours)) {
            return theirs;
        }
        if (ours instanceof Map<?, ?> our && theirs instanceof Map<?, ?> their) {
            if (base instanceof Map<?, ?> was) {
                return members(was, our, their);
            }
            if (base == null && isMember) {
                return members(Map.of(), our, their);
            }
        }
        clashes = true;
        return null;
    }

    /// Of two that mean the same: the one that is written anew, else the one whose text comes first.
    private static @Nullable Object either(@Nullable Object base, @Nullable Object ours, @Nullable Object theirs) {
        if (ours == null || theirs == null) {
            return null;
        }
        String was = base == null ? "" : text(base);
        if (text(ours).equals(was)) {
            return theirs;
        }
        return text(theirs).equals(was) || text(ours).compareTo(text(theirs)) <= 0 ? ours : theirs;
    }

    /// What the base had stays in its place. What is new follows: in its order when one side has such, by name when
    /// both do.
    private Object members(Map<?, ?> base, Map<?, ?> ours, Map<?, ?> theirs) {
        Map<Object, Object> merged = new LinkedHashMap<>();
        base.forEach((name, was) -> add(merged, name, decide(was, ours.get(name), theirs.get(name), true)));
        Map<Object, Object> our = added(base, ours);
        Map<Object, Object> their = added(base, theirs);
        Map<Object, Object> all = our.isEmpty() || their.isEmpty() ? new LinkedHashMap<>() : new TreeMap<>();
        all.putAll(our);
        all.putAll(their);
        for (Entry<Object, Object> entry : all.entrySet()) {
            Object name = entry.getKey();
            boolean both = our.containsKey(name) && their.containsKey(name);
            add(merged, name, both ? decide(null, our.get(name), their.get(name), true) : entry.getValue());
        }
        return merged;
    }

    private static void add(Map<Object, Object> merged, Object name, @Nullable Object value) {
        if (value != null) {
            merged.put(name, value);
        }
    }

    private static Map<Object, Object> added(Map<?, ?> base, Map<?, ?> side) {
        Map<Object, Object> added = new LinkedHashMap<>(side);
        added.keySet().removeAll(base.keySet());
        return added;
    }
}
