package coppice.engine.query;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.query.Row;
import coppice.json.Json;
import coppice.json.JsonReader;
import coppice.json.JsonRow;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A row that was read. The arrays it is made of become its own.
public final class PlainRow implements Row {
    private final byte[] key;
    private final Supplier<byte[]> document;
    private volatile @Nullable Map<String, @Nullable Object> values;

    public PlainRow(byte[] key, byte[] document) {
        this(key, () -> document);
    }

    /// @param document makes the document of what does not change, whenever it is asked for
    public PlainRow(byte[] key, Supplier<byte[]> document) {
        this.key = key;
        this.document = document;
    }

    @Override
    public byte[] key() {
        return key.clone();
    }

    @Override
    public String keyText() {
        return text("key", key);
    }

    @Override
    public byte[] document() {
        return document.get().clone();
    }

    @Override
    public String text() {
        return text("document", document.get());
    }

    private static String text(String what, byte[] bytes) {
        return JsonRow.text(bytes)
                .orElseThrow(() -> new DatabaseException.Incorrect(
                        ErrorCode.NOT_TEXT, "The " + what + " is not UTF-8 text: read its bytes instead"));
    }

    @Override
    public Optional<Object> value(String name) {
        return Optional.ofNullable(values().get(name));
    }

    @Override
    public Map<String, @Nullable Object> values() {
        Map<String, @Nullable Object> known = values;
        if (known == null) {
            known = JsonReader.tryParse(document.get())
                    .map(json -> json instanceof Json.Obj(var members) ? JavaValues.java(members) : null)
                    .orElseGet(Map::of);
            values = known;
        }
        return known;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PlainRow row
                && Arrays.equals(key, row.key)
                && Arrays.equals(document.get(), row.document.get());
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(key) + Arrays.hashCode(document.get());
    }

    @Override
    public String toString() {
        return JsonRow.text(key).orElse("(bytes)") + " "
                + JsonRow.text(document.get()).orElse("(bytes)");
    }
}
