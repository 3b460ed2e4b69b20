package coppice.engine.typing;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.Limits;
import coppice.api.Range;
import coppice.engine.projection.Derivation;
import coppice.engine.state.SpaceState;
import coppice.engine.state.StateCursor;
import coppice.kernel.bytes.Bytes;
import coppice.kernel.bytes.Hash;
import coppice.schema.CompiledType;
import coppice.schema.FieldPath;
import java.util.Arrays;
import java.util.Optional;

/// Which documents of a type have a value in a field: an entry for each value that a document has there, of 128
/// bits of the value's SHA-256 and then the document's key, or its SHA-256 where that is too long.
///
/// @param type whose documents they are
/// @param path the field
record Holders(CompiledType type, FieldPath path) implements Derivation {
    private static final int DIGEST_BYTES = 16;
    private static final int KEY_BYTES_MAX = Limits.KEY_BYTES_MAX - DIGEST_BYTES;

    @Override
    public Hash name() {
        String words = "holders\0" + type.definition().space() + '\0' + type.keys() + '\0' + path.pointer() + '\0'
                + path.isReference();
        return Hash.of(words.getBytes(UTF_8));
    }

    @Override
    public Range keys() {
        return type.keys().range();
    }

    @Override
    public void derive(byte[] key, byte[] value, Sink out) {
        if (type.keys().fits(key)) {
            for (String one : path.values(value)) {
                out.entry(entry(one, key), key.length > KEY_BYTES_MAX ? key : Bytes.EMPTY);
            }
        }
    }

    private static byte[] entry(String value, byte[] key) {
        byte[] rest = key.length > KEY_BYTES_MAX ? Hash.of(key).toBytes() : key;
        byte[] entry = Arrays.copyOf(digest(value), DIGEST_BYTES + rest.length);
        System.arraycopy(rest, 0, entry, DIGEST_BYTES, rest.length);
        return entry;
    }

    private static byte[] digest(String value) {
        return Arrays.copyOf(Hash.of(value.getBytes(UTF_8)).toBytes(), DIGEST_BYTES);
    }

    /// The key of a document that has a value, other than a given document.
    ///
    /// @param entries of a state
    static Optional<byte[]> other(SpaceState entries, String value, byte[] than) {
        try (StateCursor cursor = entries.scan(Range.prefix(digest(value)))) {
            while (cursor.next()) {
                byte[] entry = cursor.key();
                byte[] whole = cursor.value();
                byte[] key = whole.length > 0 ? whole : Arrays.copyOfRange(entry, DIGEST_BYTES, entry.length);
                if (!Arrays.equals(key, than)) {
                    return Optional.of(key);
                }
            }
            return Optional.empty();
        }
    }
}
