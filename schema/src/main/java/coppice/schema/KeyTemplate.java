package coppice.schema;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.KeyPattern;
import coppice.api.Range;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Keys of which parts have names: `order:{user}:{id}`. A part is one or more bytes, as far as the byte that
/// follows it in the pattern, or to the end. Immutable.
public final class KeyTemplate {
    private static final byte[] REST = {};

    private final String pattern;
    private final byte[] prefix;
    private final List<Part> parts;

    /// A part with a name, and the bytes that follow it; none after the last means that it goes to the end.
    private record Part(String name, byte[] then) {}

    private KeyTemplate(String pattern, byte[] prefix, List<Part> parts) {
        this.pattern = pattern;
        this.prefix = prefix;
        this.parts = List.copyOf(parts);
    }

    /// Reads a pattern.
    ///
    /// @throws DatabaseException.Incorrect when it is none: with what is wrong, and what to write
    public static KeyTemplate parse(String pattern) {
        ByteArrayOutputStream literal = new ByteArrayOutputStream();
        byte[] prefix = null;
        List<Part> parts = new ArrayList<>();
        Set<String> names = new HashSet<>();
        String name = "";
        for (int at = 0; at < pattern.length(); ) {
            if (pattern.charAt(at) != '{') {
                int point = pattern.codePointAt(at);
                literal.writeBytes(Character.toString(point).getBytes(UTF_8));
                at += Character.charCount(point);
                continue;
            }
            byte[] before = literal.toByteArray();
            literal.reset();
            if (prefix == null) {
                prefix = before;
            } else if (before.length == 0) {
                throw wrong(pattern, "two parts follow each other, so nobody can tell where the first one ends");
            } else {
                parts.add(new Part(name, before));
            }
            int end = pattern.indexOf('}', at);
            name = end < 0 ? "" : pattern.substring(at + 1, end);
            if (!Pattern.matches("[A-Za-z_][A-Za-z0-9_]{0,63}", name) || !names.add(name)) {
                throw wrong(pattern, "a part is written {name}, with a name of its own of letters, digits and _");
            }
            at = end + 1;
        }
        if (prefix == null) {
            throw wrong(pattern, "there is no part {name}, so it fits one key at most");
        }
        byte[] last = literal.toByteArray();
        parts.add(new Part(name, last.length == 0 ? REST : last));
        return new KeyTemplate(pattern, prefix, parts);
    }

    private static DatabaseException wrong(String pattern, String why) {
        return new DatabaseException.Incorrect(
                        ErrorCode.INVALID_TYPE,
                        "The keys '" + pattern + "' cannot be: " + why
                                + "; write for example user:{id}, or {id} for all")
                .with("keys", pattern);
    }

    /// The parts of a key by name, in their order; nothing when the key does not fit. Text of a part that is not
    /// UTF-8 has replacement characters.
    public Optional<Map<String, String>> parts(byte[] key) {
        if (!startsWith(key, 0, prefix)) {
            return Optional.empty();
        }
        Map<String, String> found = new LinkedHashMap<>();
        int at = prefix.length;
        for (Part part : parts) {
            int end = part.then().length == 0 ? key.length : indexOf(key, at + 1, part.then());
            if (end <= at) {
                return Optional.empty();
            }
            found.put(part.name(), new String(key, at, end - at, UTF_8));
            at = end + part.then().length;
        }
        return at == key.length ? Optional.of(found) : Optional.empty();
    }

    /// Whether a key fits.
    public boolean fits(byte[] key) {
        return parts(key).isPresent();
    }

    /// Whether all keys fit that a glob fits, but for those that have nothing where a part would be. No is no
    /// proof that they do not.
    public boolean hasAll(KeyPattern keys) {
        boolean goesToTheEnd = parts.getLast().then().length == 0;
        return goesToTheEnd && glob().hasAll(keys);
    }

    private KeyPattern glob() {
        ByteArrayOutputStream glob = new ByteArrayOutputStream();
        glob.writeBytes(KeyPattern.prefix(prefix).bytes());
        for (Part part : parts.subList(0, parts.size() - 1)) {
            glob.writeBytes(KeyPattern.prefix(part.then()).bytes());
        }
        return KeyPattern.glob(glob.toByteArray());
    }

    /// A range in which all keys that fit are.
    public Range range() {
        return prefix.length == 0 ? Range.all() : Range.prefix(prefix);
    }

    private static boolean startsWith(byte[] key, int at, byte[] literal) {
        return key.length - at >= literal.length
                && Arrays.equals(key, at, at + literal.length, literal, 0, literal.length);
    }

    private static int indexOf(byte[] key, int from, byte[] literal) {
        for (int at = from; at + literal.length <= key.length; at++) {
            if (startsWith(key, at, literal)) {
                return at;
            }
        }
        return -1;
    }

    @Override
    public String toString() {
        return pattern;
    }
}
