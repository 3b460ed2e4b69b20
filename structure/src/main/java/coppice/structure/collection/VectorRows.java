package coppice.structure.collection;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.Entry;
import coppice.api.SpaceView;
import coppice.api.search.EmbeddingId;
import coppice.api.search.Similarity;
import coppice.json.Json;
import coppice.json.JsonReader;
import coppice.structure.ground.Following.Differing;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The rows beside the documents of a collection; and those that are to be in their place when all documents have
/// vectors of another function.
///
/// | key | value |
/// |---|---|
/// | `s` | how vectors are compared, see [Settings]; there as soon as one was indexed |
/// | `t` | how texts are searched, as [TextSettings] has it; there when it was said |
/// | `v`, id | a vector; see [VectorRow] |
public final class VectorRows {
    private static final String SPACE_PREFIX = "@vectors/";
    private static final String STAGED_PREFIX = "@staged/";
    private static final byte SETTINGS = 's';
    private static final byte VECTOR = 'v';
    static final byte[] SETTINGS_KEY = {SETTINGS};
    static final byte[] TEXT_KEY = {'t'};

    private VectorRows() {}

    /// The space for a collection.
    static String space(String collection) {
        return SPACE_PREFIX + collection;
    }

    /// The space for vectors of a collection that are to be in the place of the others.
    static String staged(String collection) {
        return STAGED_PREFIX + collection;
    }

    /// Whether a space is one for vectors.
    public static boolean isSpace(String space) {
        return space.startsWith(SPACE_PREFIX) || space.startsWith(STAGED_PREFIX);
    }

    /// How the vectors of a collection are compared.
    ///
    /// @param embedding what made those that a function made
    record Settings(int dimension, Similarity similarity, Optional<EmbeddingId> embedding) {
        Json.Obj json() {
            return Json.object(
                    "dimension",
                    dimension,
                    "similarity",
                    similarity.name(),
                    "embedding",
                    embedding
                            .map(by -> Json.object("name", by.name(), "version", by.version()))
                            .orElse(null));
        }

        byte[] encode() {
            return json().text().getBytes(UTF_8);
        }

        /// With vectors that a function made.
        Settings madeBy(Optional<EmbeddingId> by) {
            return embedding.isPresent() || by.isEmpty() ? this : new Settings(dimension, similarity, by);
        }

        /// Those of a collection; nothing before the first vector.
        static Optional<Settings> of(SpaceView vectors) {
            return vectors.get(SETTINGS_KEY).flatMap(Settings::decode);
        }

        /// Those that all rows of a collection begin with; nothing before the first vector.
        static Optional<Settings> first(Iterator<Entry> rows) {
            return Optional.of(rows)
                    .filter(Iterator::hasNext)
                    .map(Iterator::next)
                    .filter(row -> Arrays.equals(row.key(), SETTINGS_KEY))
                    .flatMap(row -> decode(row.value()));
        }

        /// Whether they are among rows that differ.
        static boolean isAmong(List<Differing> rows) {
            return rows.stream().anyMatch(row -> Arrays.equals(row.key(), SETTINGS_KEY));
        }

        /// Reads a row; nothing when it is none.
        static Optional<Settings> decode(byte[] row) {
            return JsonReader.tryParse(row).flatMap(Settings::of);
        }

        /// Reads what [#json] has written; nothing when it is something else.
        static Optional<Settings> of(Json json) {
            return json instanceof Json.Obj(Map<String, Json> members)
                            && members.get("dimension") instanceof Json.Num(String digits)
                            && digits.matches("[1-9][0-9]{0,5}")
                            && members.get("similarity") instanceof Json.Str(String name)
                    ? similarity(name)
                            .map(found ->
                                    new Settings(Integer.parseInt(digits), found, embedding(members.get("embedding"))))
                    : Optional.empty();
        }

        /// A function by its name and version.
        static Optional<EmbeddingId> embedding(@Nullable Json json) {
            return json instanceof Json.Obj(Map<String, Json> members)
                            && members.get("name") instanceof Json.Str(String name)
                            && members.get("version") instanceof Json.Str(String version)
                            && !name.isBlank()
                            && !version.isBlank()
                    ? Optional.of(new EmbeddingId(name, version))
                    : Optional.empty();
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
}
