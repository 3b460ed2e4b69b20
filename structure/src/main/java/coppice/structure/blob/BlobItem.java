package coppice.structure.blob;

import coppice.api.structure.BlobOptions;
import coppice.json.Json;
import coppice.structure.dump.DumpedItem;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A blob in a dump: an item for what is known of it, and behind that items with its content.
///
/// @param putAt nothing where a dump does not say
record BlobItem(String blob, long size, String sha256, Optional<Instant> putAt, BlobOptions said) {
    /// How much of a content is in one item, at most: 256 KiB in base64.
    static final int PIECE_BYTES = 192 << 10;

    private static final String BYTES = "bytes";

    static BlobItem of(String blob, BlobRow row) {
        return new BlobItem(blob, row.size(), row.sha256(), Optional.of(row.putAt()), row.said());
    }

    Json json() {
        return Json.object(
                "blob",
                blob,
                "size",
                size,
                "sha256",
                sha256,
                "put",
                putAt.map(Instant::toString).orElse(null),
                "type",
                said.mediaType().orElse(null),
                "fields",
                BlobRow.json(said.fields()));
    }

    /// Reads what is known of a blob.
    static BlobItem of(DumpedItem item) {
        return new BlobItem(
                item.requiredText("blob"),
                size(item),
                item.requiredText("sha256"),
                item.time("put"),
                new BlobOptions(
                        item.text("type"),
                        item.object("fields")
                                .map(fields -> fields(item, fields))
                                .orElse(Map.of())));
    }

    private static long size(DumpedItem item) {
        try {
            return item.number("size")
                    .orElseThrow(() -> item.wrong("has no 'size'"))
                    .longValueExact();
        } catch (ArithmeticException notWhole) {
            throw item.wrong("has a 'size' that is no number of bytes");
        }
    }

    private static Map<String, String> fields(DumpedItem item, Json.Obj stated) {
        Map<String, String> fields = new TreeMap<>();
        stated.members().forEach((name, value) -> {
            if (!(value instanceof Json.Str(String text))) {
                throw item.wrong("has 'fields' that are not all texts");
            }
            fields.put(name, text);
        });
        return fields;
    }

    /// An item with some of a content: the first bytes of an array.
    static Json piece(byte[] bytes, int length) {
        return Json.object(BYTES, Base64.getEncoder().encodeToString(Arrays.copyOf(bytes, length)));
    }

    static boolean isPiece(DumpedItem item) {
        return item.members().containsKey(BYTES);
    }

    static byte[] bytes(DumpedItem piece) {
        try {
            return Base64.getDecoder().decode(piece.requiredText(BYTES));
        } catch (IllegalArgumentException notBase64) {
            throw piece.wrong("has '" + BYTES + "' that are no base64");
        }
    }
}
