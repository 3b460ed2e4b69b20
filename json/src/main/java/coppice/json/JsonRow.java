package coppice.json;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A key and a value as one JSON object that gives back exactly the same bytes: `key` and `value` as they are where
/// the value is compact JSON, `text` where it is other text, `key64` and `value64` (base64) where bytes are no text;
/// and `space` where its name matters.
///
/// @param space the space's name, where it matters
public record JsonRow(Optional<String> space, byte[] key, byte[] value) {
    private static final String SPACE = "space";

    /// The row as JSON. Parses the value to see whether it is JSON.
    public Json.Obj document() {
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

    /// Reads what [#document] makes; nothing when it is something else.
    public static Optional<JsonRow> of(Json document) {
        if (!(document instanceof Json.Obj(Map<String, Json> members)) || members.size() > 3) {
            return Optional.empty();
        }
        byte[] key = bytes(members.get("key"), members.get("key64"));
        Json json = members.get("value");
        byte[] value = json != null ? bytes(json.text()) : bytes(members.get("text"), members.get("value64"));
        Json space = members.get(SPACE);
        boolean isNamed = space instanceof Json.Str;
        if (key == null || value == null || members.size() != (isNamed ? 3 : 2)) {
            return Optional.empty();
        }
        return Optional.of(
                new JsonRow(space instanceof Json.Str(String name) ? Optional.of(name) : Optional.empty(), key, value));
    }

    private static byte @Nullable [] bytes(@Nullable Json text, @Nullable Json base64) {
        if (text instanceof Json.Str(String string)) {
            return bytes(string);
        }
        try {
            return base64 instanceof Json.Str(String string)
                    ? Base64.getDecoder().decode(string)
                    : null;
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
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
