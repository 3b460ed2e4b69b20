package coppice.json;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/// Reads values one after another: the items of one array, or values that follow each other (JSON lines). Holds
/// one value at a time, and what an object says beside the array that was entered. One thread at a time.
public final class JsonReader implements AutoCloseable {
    /// Values of 64 MiB in base64.
    private static final int STRING_MAX = 90 << 20;

    private static final int NUMBER_MAX = 100_000;
    private static final int DEPTH_MAX = 500;
    private static final JsonFactory FACTORY = factory(DEPTH_MAX);
    /// Reads values that [#parse] has read and that became part of others.
    private static final JsonFactory STREAMS = factory(DEPTH_MAX + 10);

    private static JsonFactory factory(int depth) {
        return JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxStringLength(STRING_MAX)
                        .maxNumberLength(NUMBER_MAX)
                        .maxNestingDepth(depth)
                        .build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
    }

    private final JsonParser parser;
    private final Map<String, Json> members = new LinkedHashMap<>();
    private boolean started;
    private boolean inArray;
    private boolean inObject;

    private JsonReader(JsonParser parser) {
        this.parser = parser;
    }

    /// A reader of a UTF-8 stream, which it closes with itself.
    public static JsonReader of(InputStream in) {
        return new JsonReader(STREAMS.createParser(ObjectReadContext.empty(), in));
    }

    /// The one value that a text is.
    ///
    /// @throws JsonException when it is no JSON, or more than one value
    public static Json parse(byte[] text) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            JsonReader reader = new JsonReader(parser);
            JsonToken token = reader.token();
            if (token == null) {
                throw new JsonException("there is no value", 1, 1);
            }
            Json value = reader.value(token);
            if (reader.token() != null) {
                throw reader.wrong("there is more after the value");
            }
            return value;
        }
    }

    /// The one value that a text is, or nothing when it is no JSON.
    public static Optional<Json> tryParse(byte[] text) {
        try {
            return Optional.of(parse(text));
        } catch (JsonException notJson) {
            return Optional.empty();
        }
    }

    /// The next value: of the array when the text is one, else of those that follow each other; nothing after the
    /// last.
    ///
    /// @throws JsonException when the text is no JSON there
    public Optional<Json> next() {
        JsonToken token = token();
        if (!started) {
            started = true;
            inArray = token == JsonToken.START_ARRAY;
            token = inArray ? token() : token;
        }
        if (inArray && token == JsonToken.END_ARRAY) {
            inArray = false;
            if (inObject) {
                readMembers(members);
            }
            if (token() != null) {
                throw wrong("there is more after the end of the " + (inObject ? "object" : "array"));
            }
            return Optional.empty();
        }
        return token == null ? Optional.empty() : Optional.of(value(token));
    }

    /// Goes into an array that is a member of the object that the text begins with, so that [#next] reads its
    /// items one after another. To be called first.
    ///
    /// @return whether the text begins with an object that has such an array
    /// @throws JsonException when the text is no JSON there
    public boolean enter(String array) {
        started = true;
        inObject = token() == JsonToken.START_OBJECT;
        inArray = inObject && findsArray(array);
        return inArray;
    }

    private boolean findsArray(String wanted) {
        for (JsonToken next = needed(); next != JsonToken.END_OBJECT; next = needed()) {
            String name = string();
            JsonToken value = needed();
            if (value == JsonToken.START_ARRAY && name.equals(wanted)) {
                return true;
            }
            members.put(name, read(value));
        }
        return false;
    }

    /// What the object says besides the array that was entered: what stands before it, and after the last item
    /// also what stands behind it.
    public Map<String, Json> beside() {
        return Collections.unmodifiableMap(members);
    }

    private void readMembers(Map<String, Json> members) {
        for (JsonToken next = needed(); next != JsonToken.END_OBJECT; next = needed()) {
            String name = string();
            members.put(name, read(needed()));
        }
    }

    /// The line in which the latest value began, from 1.
    public int line() {
        return line;
    }

    private int line = 1;

    private Json value(JsonToken token) {
        line = parser.currentTokenLocation().getLineNr();
        return read(token);
    }

    private Json read(JsonToken token) {
        return switch (token) {
            case VALUE_STRING -> new Json.Str(string());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Json.Num(string());
            case VALUE_TRUE -> new Json.Bool(true);
            case VALUE_FALSE -> new Json.Bool(false);
            case VALUE_NULL -> Json.Null.VALUE;
            case START_ARRAY -> {
                List<Json> items = new ArrayList<>();
                for (JsonToken next = needed(); next != JsonToken.END_ARRAY; next = needed()) {
                    items.add(read(next));
                }
                yield new Json.Arr(items);
            }
            case START_OBJECT -> {
                Map<String, Json> members = new LinkedHashMap<>();
                readMembers(members);
                yield new Json.Obj(members);
            }
            case NOT_AVAILABLE, END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT ->
                throw wrong("a value was expected, found " + token.asString());
        };
    }

    private String string() {
        try {
            return parser.getString();
        } catch (JacksonException bad) {
            throw translated(bad);
        }
    }

    private JsonToken needed() {
        JsonToken token = token();
        if (token == null) {
            throw wrong("the text ends too early");
        }
        return token;
    }

    private @Nullable JsonToken token() {
        try {
            return parser.nextToken();
        } catch (JacksonException bad) {
            throw translated(bad);
        }
    }

    private JsonException wrong(String message) {
        return at(parser.currentLocation(), message);
    }

    private static JsonException translated(JacksonException bad) {
        String message = bad.getOriginalMessage();
        return at(bad.getLocation(), message == null ? "it cannot be read" : message);
    }

    private static JsonException at(@Nullable TokenStreamLocation place, String message) {
        return place == null
                ? new JsonException(message, 0, 0)
                : new JsonException(message, place.getLineNr(), place.getColumnNr());
    }

    @Override
    public void close() {
        parser.close();
    }
}
