package coppice.structure.collection;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.SpaceView;
import coppice.api.search.Similarity;
import coppice.json.Json;
import coppice.json.JsonReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/// The rows beside the documents of a collection.
///
/// | key | value |
/// |---|---|
/// | `s` | how vectors are compared: an object with `dimension` and `similarity`; there as soon as one was indexed |
/// | `v`, id | a vector: its numbers, 4 bytes each, IEEE 754, the last byte first |
public final class VectorRows {
    private static final String SPACE_PREFIX = "@vectors/";
    private static final byte SETTINGS = 's';
    private static final byte VECTOR = 'v';
    static final byte[] SETTINGS_KEY = {SETTINGS};

    private VectorRows() {}

    /// The space for a collection.
    static String space(String collection) {
        return SPACE_PREFIX + collection;
    }

    /// Whether a space is one for vectors.
    public static boolean isSpace(String space) {
        return space.startsWith(SPACE_PREFIX);
    }

    /// How the vectors of a collection are compared.
    record Settings(int dimension, Similarity similarity) {
        byte[] encode() {
            return Json.object("dimension", dimension, "similarity", similarity.name())
                    .text()
                    .getBytes(UTF_8);
        }

        /// Those of a collection; nothing before the first vector.
        static Optional<Settings> of(SpaceView vectors) {
            return vectors.get(SETTINGS_KEY).flatMap(Settings::decode);
        }

        /// Reads a row; nothing when it is none.
        static Optional<Settings> decode(byte[] row) {
            return JsonReader.tryParse(row)
                    .flatMap(json -> json instanceof Json.Obj(Map<String, Json> members)
                                    && members.get("dimension") instanceof Json.Num(String digits)
                                    && digits.matches("[1-9][0-9]{0,5}")
                                    && members.get("similarity") instanceof Json.Str(String name)
                            ? similarity(name).map(found -> new Settings(Integer.parseInt(digits), found))
                            : Optional.empty());
        }

        private static Optional<Similarity> similarity(String name) {
            return Arrays.stream(Similarity.values())
                    .filter(one -> one.name().equals(name))
                    .findFirst();
        }
    }

    static byte[] key(byte[] id) {
        return ByteBuffer.allocate(1 + id.length).put(VECTOR).put(id).array();
    }

    static boolean isVector(byte[] key) {
        return key[0] == VECTOR;
    }

    static byte[] id(byte[] key) {
        return Arrays.copyOfRange(key, 1, key.length);
    }

    static byte[] encode(float[] vector) {
        ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(vector);
        return bytes.array();
    }

    /// The vector of a row; what no vector has encoded has no numbers.
    static float[] decode(byte[] row) {
        float[] vector = new float[row.length % Float.BYTES == 0 ? row.length / Float.BYTES : 0];
        ByteBuffer.wrap(row).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(vector);
        return vector;
    }
}
