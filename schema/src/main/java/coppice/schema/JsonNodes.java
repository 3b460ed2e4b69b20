package coppice.schema;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.json.Json;
import coppice.json.JsonException;
import coppice.json.JsonReader;
import coppice.json.Pointer;
import dev.harrel.jsonschema.JsonNode;
import dev.harrel.jsonschema.JsonNodeFactory;
import dev.harrel.jsonschema.SimpleType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Shows our values to the validator of JSON Schema.
final class JsonNodes implements JsonNodeFactory {
    /// Larger numbers are no integers to a schema: writing their digits out would take too long.
    private static final int DIGITS_MAX = 1_000;

    @Override
    public JsonNode wrap(Object node) {
        return switch (node) {
            case JsonNode ready -> ready;
            case Json value -> new Node("", value);
            default -> throw new IllegalArgumentException("Not a value: " + node.getClass());
        };
    }

    @Override
    public JsonNode create(String text) {
        try {
            return new Node("", JsonReader.parse(text.getBytes(UTF_8)));
        } catch (JsonException notJson) {
            throw new IllegalArgumentException("it is no JSON: " + notJson.getMessage(), notJson);
        }
    }

    /// A value.
    ///
    /// @param pointer where in the whole document
    record Node(String pointer, Json value) implements JsonNode {
        @Override
        public String getJsonPointer() {
            return pointer;
        }

        @Override
        public SimpleType getNodeType() {
            return switch (value) {
                case Json.Null _ -> SimpleType.NULL;
                case Json.Bool _ -> SimpleType.BOOLEAN;
                case Json.Str _ -> SimpleType.STRING;
                case Json.Arr _ -> SimpleType.ARRAY;
                case Json.Obj _ -> SimpleType.OBJECT;
                case Json.Num number -> isWhole(number.value()) ? SimpleType.INTEGER : SimpleType.NUMBER;
            };
        }

        private static boolean isWhole(BigDecimal number) {
            return (long) number.precision() - number.scale() <= DIGITS_MAX
                    && number.scale() <= DIGITS_MAX
                    && (number.signum() == 0 || number.stripTrailingZeros().scale() <= 0);
        }

        @Override
        public boolean asBoolean() {
            return ((Json.Bool) value).value();
        }

        @Override
        public String asString() {
            return ((Json.Str) value).value();
        }

        @Override
        public BigInteger asInteger() {
            return asNumber().toBigInteger();
        }

        @Override
        public BigDecimal asNumber() {
            return ((Json.Num) value).value();
        }

        @Override
        public List<JsonNode> asArray() {
            List<Json> items = ((Json.Arr) value).items();
            List<JsonNode> nodes = new ArrayList<>();
            for (int i = 0; i < items.size(); i++) {
                nodes.add(new Node(Pointer.item(pointer, i), items.get(i)));
            }
            return nodes;
        }

        @Override
        public Map<String, JsonNode> asObject() {
            Map<String, JsonNode> nodes = new LinkedHashMap<>();
            ((Json.Obj) value)
                    .members()
                    .forEach((name, member) -> nodes.put(name, new Node(Pointer.member(pointer, name), member)));
            return nodes;
        }
    }
}
