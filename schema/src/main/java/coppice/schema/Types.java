package coppice.schema;

import coppice.api.schema.FieldType;
import coppice.json.Json;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// Whether values are of field types.
final class Types {
    private static final Pattern TIMESTAMP =
            Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?(Z|[+-]\\d{2}:\\d{2})");
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final Pattern UUID =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    /// Whole numbers are looked at by their digits where writing these out would take long.
    private static final int EXPONENT_MAX = 100_000;

    private Types() {}

    /// What a value of a type is, in words.
    static String words(FieldType type) {
        return switch (type) {
            case FieldType.Simple simple ->
                switch (simple) {
                    case STRING -> "text";
                    case INTEGER -> "a whole number";
                    case NUMBER -> "a number";
                    case BOOLEAN -> "true or false";
                    case TIMESTAMP -> "a moment such as \"2026-11-20T18:30:00Z\"";
                    case DATE -> "a day such as \"2026-11-20\"";
                    case BYTES -> "bytes in base64";
                    case UUID -> "a UUID";
                };
            case FieldType.Decimal(int scale) -> "a number with at most " + scale + " digits after the point";
            case FieldType.Array(FieldType items) -> "an array, each item " + words(items);
            case FieldType.Nested _ -> "an object";
            case FieldType.Reference(String type2) -> "the key of a document of type '" + type2 + "', as text";
        };
    }

    /// Whether a value is of a type, apart from what is inside arrays and objects.
    static boolean is(FieldType type, Json value) {
        return switch (type) {
            case FieldType.Simple simple ->
                switch (simple) {
                    case STRING -> value instanceof Json.Str;
                    case NUMBER -> value instanceof Json.Num;
                    case INTEGER -> value instanceof Json.Num number && hasScale(number, 0);
                    case BOOLEAN -> value instanceof Json.Bool;
                    case TIMESTAMP -> isText(value, Types::isTimestamp);
                    case DATE -> isText(value, Types::isDate);
                    case BYTES -> isText(value, Types::isBase64);
                    case UUID -> isText(value, text -> UUID.matcher(text).matches());
                };
            case FieldType.Decimal(int scale) -> value instanceof Json.Num number && hasScale(number, scale);
            case FieldType.Array _ -> value instanceof Json.Arr;
            case FieldType.Nested _ -> value instanceof Json.Obj;
            case FieldType.Reference _ -> isText(value, text -> !text.isEmpty());
        };
    }

    private static boolean isText(Json value, Predicate<String> check) {
        return value instanceof Json.Str(String text) && check.test(text);
    }

    /// Whether all digits behind so many after the point are 0.
    private static boolean hasScale(Json.Num number, int scale) {
        BigDecimal value = number.value();
        if (value.scale() <= scale || value.signum() == 0) {
            return true;
        }
        return value.scale() <= EXPONENT_MAX && value.stripTrailingZeros().scale() <= scale;
    }

    private static boolean isTimestamp(String text) {
        try {
            return TIMESTAMP.matcher(text).matches() && OffsetDateTime.parse(text) != null;
        } catch (DateTimeException _) {
            return false;
        }
    }

    private static boolean isDate(String text) {
        try {
            return DATE.matcher(text).matches() && LocalDate.parse(text) != null;
        } catch (DateTimeException _) {
            return false;
        }
    }

    private static boolean isBase64(String text) {
        try {
            return text.length() % 4 == 0 && Base64.getDecoder().decode(text) != null;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }
}
