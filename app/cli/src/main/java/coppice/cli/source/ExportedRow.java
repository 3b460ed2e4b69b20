package coppice.cli.source;

import coppice.json.Json;
import coppice.json.JsonRow;
import java.util.Optional;

/// An entry as one JSON object that gives back exactly the same bytes, as the library exports it.
public final class ExportedRow {
    private ExportedRow() {}

    /// An entry as JSON.
    ///
    /// @param space the space's name, where it matters
    public static Json.Obj of(Optional<String> space, byte[] key, byte[] value) {
        return new JsonRow(space, key, value).document();
    }

    /// A key as JSON, without a value.
    ///
    /// @param space the space's name, where it matters
    public static Json.Obj key(Optional<String> space, byte[] key) {
        return JsonRow.key(space, key);
    }

    /// Whether a value looks like what [#of] makes.
    static boolean isOne(Json value) {
        return JsonRow.of(value).isPresent();
    }

    static Row row(TableFile file, Item item) {
        JsonRow row = JsonRow.of(item.value())
                .orElseThrow(() -> new InputException(
                        file.path(),
                        item.line(),
                        "not a row of an export as those before it; choose a key with --key COLUMN"));
        return new Row(row.space().orElse(file.space()), row.key(), row.value(), item.line());
    }

    /// The text that bytes are, when they are UTF-8.
    public static Optional<String> text(byte[] bytes) {
        return JsonRow.text(bytes);
    }
}
