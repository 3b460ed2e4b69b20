package coppice.cli.command;

import coppice.json.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// JSON as untyped structures take and give it, with numbers as they were typed.
final class UntypedJson {
    private UntypedJson() {}

    /// The value; null for JSON's `null`.
    static @Nullable Object value(Json json) {
        return switch (json) {
            case Json.Obj(Map<String, Json> members) -> {
                Map<String, @Nullable Object> values = new LinkedHashMap<>();
                members.forEach((member, value) -> values.put(member, value(value)));
                yield values;
            }
            case Json.Arr(List<Json> items) -> {
                List<@Nullable Object> values = new ArrayList<>();
                items.forEach(item -> values.add(value(item)));
                yield values;
            }
            case Json.Str(String text) -> text;
            case Json.Num number ->
                number.digits().matches("-?[0-9]+") ? new BigInteger(number.digits()) : number.value();
            case Json.Bool(boolean truth) -> truth;
            case Json.Null _ -> null;
        };
    }

    /// The JSON of a value; see [coppice.api.structure.TypeRef#untyped()] for what there is.
    static Json json(@Nullable Object value) {
        return switch (value) {
            case null -> Json.Null.VALUE;
            case Map<?, ?> members -> {
                Map<String, Json> all = new LinkedHashMap<>();
                members.forEach((member, of) -> all.put(String.valueOf(member), json(of)));
                yield new Json.Obj(all);
            }
            case List<?> items ->
                new Json.Arr(items.stream().map(UntypedJson::json).toList());
            case Boolean truth -> Json.of(truth.booleanValue());
            case Long number -> Json.of(number.longValue());
            case BigInteger number -> new Json.Num(number.toString());
            case BigDecimal number -> new Json.Num(number.toString());
            default -> Json.of(value.toString());
        };
    }

    /// The numbers of an array of numbers; nothing when it is something else.
    static Optional<float[]> vector(Json json) {
        if (json instanceof Json.Arr(List<Json> numbers) && numbers.stream().allMatch(Json.Num.class::isInstance)) {
            float[] vector = new float[numbers.size()];
            for (int i = 0; i < vector.length; i++) {
                vector[i] = ((Json.Num) numbers.get(i)).value().floatValue();
            }
            return Optional.of(vector);
        }
        return Optional.empty();
    }
}
