package coppice.structure.blob;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.structure.BlobInfo;
import coppice.api.structure.BlobOptions;
import coppice.json.Json;
import coppice.json.JsonReader;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What is stored of a blob under its name, in JSON: `size`, `sha256`, `put`, `type`, `fields`, and the id of its
/// `content`.
record BlobRow(long size, String sha256, Instant putAt, BlobOptions said, String content) {
    byte[] encode() {
        return Json.object(
                        "size",
                        size,
                        "sha256",
                        sha256,
                        "put",
                        putAt.toString(),
                        "type",
                        said.mediaType().orElse(null),
                        "fields",
                        json(said.fields()),
                        "content",
                        content)
                .text()
                .getBytes(UTF_8);
    }

    /// Texts as an object; null when there are none.
    static Json.@Nullable Obj json(Map<String, String> texts) {
        Map<String, Json> fields = new LinkedHashMap<>();
        new TreeMap<>(texts).forEach((name, value) -> fields.put(name, Json.of(value)));
        return fields.isEmpty() ? null : new Json.Obj(fields);
    }

    /// Reads a row.
    ///
    /// @throws DatabaseException.Incorrect when somebody else wrote it
    static BlobRow decode(String structure, String blob, byte[] stored) {
        try {
            if (JsonReader.tryParse(stored).orElse(Json.Null.VALUE) instanceof Json.Obj(Map<String, Json> members)
                    && members.get("size") instanceof Json.Num size
                    && members.get("sha256") instanceof Json.Str(String sha256)
                    && members.get("put") instanceof Json.Str(String put)
                    && members.get("content") instanceof Json.Str(String content)) {
                return new BlobRow(
                        size.value().longValueExact(),
                        sha256,
                        Instant.parse(put),
                        new BlobOptions(text(members.get("type")), fields(members.get("fields"))),
                        content);
            }
        } catch (ArithmeticException | DateTimeException misfit) {
            // as below
        }
        throw new DatabaseException.Incorrect(
                        ErrorCode.VALUE_MISFIT,
                        "What is stored for the blob '" + blob + "' of '" + structure + "' is no blob: put it anew")
                .with("structure", structure)
                .with("at", blob);
    }

    private static Optional<String> text(@Nullable Json member) {
        return member instanceof Json.Str(String text) ? Optional.of(text) : Optional.empty();
    }

    private static Map<String, String> fields(@Nullable Json member) {
        Map<String, String> fields = new TreeMap<>();
        if (member instanceof Json.Obj(Map<String, Json> members)) {
            members.forEach((name, value) -> text(value).ifPresent(text -> fields.put(name, text)));
        }
        return fields;
    }

    BlobInfo info(String name) {
        return new BlobInfo(name, size, sha256, putAt, said.mediaType(), said.fields());
    }
}
