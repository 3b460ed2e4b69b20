package coppice.structure.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.structure.StructureInfo;
import coppice.api.structure.TypeRef;
import java.io.ByteArrayOutputStream;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/// Values of one type as they are stored, and back: JSON without loss, by Jackson. Immutable; for all threads.
public final class Codec<V> {
    private static final JsonMapper MAPPER = Mapping.mapper();

    /// How much of a stored value a message shows.
    private static final int SHOWN = 200;

    private final TypeRef<V> type;
    private final ObjectReader reader;
    private final ObjectWriter writer;
    private final boolean isDiscreet;
    private final boolean isText;

    private Codec(TypeRef<V> type, boolean isDiscreet) {
        this.type = type;
        this.isDiscreet = isDiscreet;
        this.isText = type.type().equals(String.class);
        try {
            JavaType resolved = MAPPER.constructType(type.type());
            this.reader = MAPPER.readerFor(resolved);
            this.writer = type.isUntyped() ? MAPPER.writer() : MAPPER.writerFor(resolved);
        } catch (JacksonException | IllegalArgumentException unusable) {
            throw new DatabaseException.Incorrect(
                    ErrorCode.VALUE_MISFIT, "Values cannot be of the type " + type + ": " + reason(unusable), unusable);
        }
    }

    /// The codec of a type.
    ///
    /// @throws DatabaseException.Incorrect when there can be none
    public static <V> Codec<V> of(TypeRef<V> type) {
        return new Codec<>(type, false);
    }

    /// The same, whose failures tell where something is wrong, and nothing of the value.
    public Codec<V> discreet() {
        return new Codec<>(type, true);
    }

    /// The type.
    public TypeRef<V> type() {
        return type;
    }

    /// How a registry calls the type.
    public String name() {
        return type.isUntyped() ? StructureInfo.UNTYPED : type.toString();
    }

    /// The stored form of a value.
    ///
    /// @param place says whose value it is, for messages
    /// @throws DatabaseException.Incorrect when it has none
    public byte[] encode(V value, Place place) {
        if (value == null) {
            throw new NullPointerException("The value of " + place + " is null: remove it, or use an Optional within");
        }
        byte[] plain = isText && value instanceof String text ? PlainText.encode(text) : null;
        if (plain != null) {
            return plain;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(128);
        try (JsonGenerator generator = new Exactly(MAPPER.createGenerator(out))) {
            writer.writeValue(generator, value);
        } catch (JacksonException refused) {
            throw misfit(
                    "The value for " + place + " cannot be stored" + where(refused), reason(refused), place, refused);
        }
        return out.toByteArray();
    }

    /// The value of a stored form; null when that is JSON's `null`.
    ///
    /// @param place says whose value it is, for messages
    /// @throws DatabaseException.Incorrect when it does not fit the type
    @SuppressWarnings("unchecked") // a text, where values are texts
    public @Nullable V decode(byte[] stored, Place place) {
        String plain = isText ? PlainText.decode(stored) : null;
        if (plain != null) {
            return (V) plain;
        }
        try {
            return reader.readValue(stored);
        } catch (JacksonException misfit) {
            throw misfit(
                    "What is stored for " + place + " does not fit " + type + where(misfit),
                    reason(misfit) + ". Stored is " + shown(stored),
                    place,
                    misfit);
        }
    }

    private DatabaseException misfit(String what, String why, Place place, JacksonException cause) {
        DatabaseException misfit = isDiscreet
                ? new DatabaseException.Incorrect(
                        ErrorCode.VALUE_MISFIT, what + ". Values are encrypted, so nothing of it is shown")
                : new DatabaseException.Incorrect(ErrorCode.VALUE_MISFIT, what + ": " + why, cause);
        return misfit.with("structure", place.structure()).with("at", place.at());
    }

    /// Says that JSON's `null` is stored where there has to be a value.
    public DatabaseException isNull(Place place) {
        return isNone(place, "it is null, and no " + type);
    }

    /// Says that what is stored is none of what a structure has.
    ///
    /// @param why in a sentence
    public DatabaseException isNone(Place place, String why) {
        return new DatabaseException.Incorrect(
                        ErrorCode.VALUE_MISFIT, "What is stored for " + place + " cannot be read: " + why)
                .with("structure", place.structure())
                .with("at", place.at());
    }

    /// Whose value something is.
    ///
    /// @param structure the name of the structure
    /// @param at where in it
    public record Place(String structure, String at) {
        @Override
        public String toString() {
            return at + " of '" + structure + "'";
        }
    }

    private static String where(JacksonException failure) {
        String path = failure.getPath().stream()
                .map(step -> step.getPropertyName() == null ? "[" + step.getIndex() + "]" : step.getPropertyName())
                .collect(Collectors.joining("."))
                .replace(".[", "[");
        return path.isEmpty() ? "" : " at '" + path + "'";
    }

    private static String reason(Exception failure) {
        String message =
                failure instanceof JacksonException jackson ? jackson.getOriginalMessage() : failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }

    private static String shown(byte[] stored) {
        String text = new String(stored, UTF_8);
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
    }
}
