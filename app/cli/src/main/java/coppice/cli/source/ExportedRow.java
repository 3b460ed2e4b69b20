package coppice.cli.source;

import coppice.json.Json;
import coppice.json.JsonReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// An entry as one JSON object that gives back exactly the same bytes: `key` and `value` as they are where the value
/// is compact JSON, `text` where it is other text, `key64` and `value64` (base64) where bytes are no text.
public final class ExportedRow {
    private static final String SPACE = "space";

    private ExportedRow() {}

    /// An entry as JSON.
    ///
    /// @param space the space's name, where it matters
    public static Json.Obj of(Optional<String> space, byte[] key, byte[] value) {
        Map<String, Json> members = new LinkedHashMap<>(key(space, key).members());
        Optional<Json> json = JsonReader.tryParse(value).filter(parsed -> Arrays.equals(bytes(parsed.text()), value));
        if (json.isPresent()) {
            members.put("value", json.get());
        } else {
            text(value)
                    .ifPresentOrElse(
                            text -> members.put("text", Json.of(text)),
                            () -> members.put("value64", Json.of(base64(value))));
        }
        return new Json.Obj(members);
    }

    /// A key as JSON, without a value.
    ///
    /// @param space the space's name, where it matters
    public static Json.Obj key(Optional<String> space, byte[] key) {
        Map<String, Json> members = new LinkedHashMap<>();
        space.ifPresent(name -> members.put(SPACE, Json.of(name)));
        text(key)
                .ifPresentOrElse(
                        text -> members.put("key", Json.of(text)), () -> members.put("key64", Json.of(base64(key))));
        return new Json.Obj(members);
    }

    /// Whether a value looks like what [#of] makes.
    static boolean isOne(Json value) {
        if (!(value instanceof Json.Obj(Map<String, Json> members))) {
            return false;
        }
        int expected = members.containsKey(SPACE) ? 3 : 2;
        boolean key = members.get("key") instanceof Json.Str || members.get("key64") instanceof Json.Str;
        boolean content = members.containsKey("value")
                || members.get("text") instanceof Json.Str
                || members.get("value64") instanceof Json.Str;
        return members.size() == expected && key && content;
    }

    static Row row(TableFile file, Item item) {
        if (!isOne(item.value()) || !(item.value() instanceof Json.Obj(Map<String, Json> members))) {
            throw new InputException(
                    file.path(),
                    item.line(),
                    "not a row of an export as those before it; choose a key with --key COLUMN");
        }
        try {
            byte[] key =
                    members.get("key") instanceof Json.Str(String text) ? bytes(text) : decoded(members.get("key64"));
            Json value = members.get("value");
            byte[] content;
            if (value != null) {
                content = bytes(value.text());
            } else if (members.get("text") instanceof Json.Str(String text)) {
                content = bytes(text);
            } else {
                content = decoded(members.get("value64"));
            }
            String space = members.get(SPACE) instanceof Json.Str(String name) ? name : file.space();
            return new Row(space, key, content, item.line());
        } catch (IllegalArgumentException notBase64) {
            throw new InputException(file.path(), item.line(), "not base64: " + notBase64.getMessage());
        }
    }

    private static byte[] decoded(@org.jspecify.annotations.Nullable Json value) {
        return value instanceof Json.Str(String text) ? Base64.getDecoder().decode(text) : new byte[0];
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// The text that bytes are, when they are UTF-8.
    public static Optional<String> text(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException notText) {
            return Optional.empty();
        }
    }
}
