package coppice.cli.source;

import coppice.json.Json;
import java.util.Map;

/// What the columns of a CSV file hold. A column is of one kind as a whole, so that `8001` among postal codes such as
/// `01067` stays text.
///
/// @param kinds the kind of each column by name; text for those not named
record Columns(Map<String, Kind> kinds) {
    static final Columns TEXT = new Columns(Map.of());

    enum Kind {
        TEXT,
        NUMBER,
        TRUTH
    }

    Columns {
        kinds = Map.copyOf(kinds);
    }

    /// The value of a field. A field that is not what the others of its column are stays text.
    Json value(String column, String field) {
        if (field.isEmpty()) {
            return Json.Null.VALUE;
        }
        return switch (kinds.getOrDefault(column, Kind.TEXT)) {
            case TEXT -> Json.of(field);
            case NUMBER -> Json.isNumber(field) ? new Json.Num(field) : Json.of(field);
            case TRUTH -> isTruth(field) ? Json.of(field.equals("true")) : Json.of(field);
        };
    }

    static boolean isTruth(String field) {
        return field.equals("true") || field.equals("false");
    }
}
