package coppice.cli.view;

import coppice.json.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Values of untyped structures as JSON, where what is stored is not JSON itself.
public final class UntypedValue {
    private UntypedValue() {}

    /// A value as JSON.
    public static Json json(@Nullable Object value) {
        return switch (value) {
            case null -> Json.Null.VALUE;
            case String text -> Json.of(text);
            case Boolean truth -> Json.of(truth.booleanValue());
            case Long number -> Json.of(number.longValue());
            case BigInteger number -> new Json.Num(number.toString());
            case BigDecimal number -> new Json.Num(number.toString());
            case List<?> items ->
                new Json.Arr(items.stream().map(UntypedValue::json).toList());
            case Map<?, ?> members -> {
                Map<String, Json> object = new LinkedHashMap<>();
                members.forEach((name, member) -> object.put(String.valueOf(name), json(member)));
                yield new Json.Obj(object);
            }
            default -> throw new IllegalArgumentException("No JSON for a " + value.getClass());
        };
    }
}
