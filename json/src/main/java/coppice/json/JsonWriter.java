package coppice.json;

import java.util.HexFormat;
import java.util.Map;

/// Writes values as compact text.
final class JsonWriter {
    private static final HexFormat HEX = HexFormat.of();
    private final StringBuilder out = new StringBuilder();

    private JsonWriter() {}

    static String write(Json value) {
        JsonWriter writer = new JsonWriter();
        writer.add(value);
        return writer.out.toString();
    }

    private void add(Json value) {
        switch (value) {
            case Json.Null() -> out.append("null");
            case Json.Bool(boolean truth) -> out.append(truth);
            case Json.Num(String digits) -> out.append(digits);
            case Json.Str(String string) -> quote(string);
            case Json.Arr array -> {
                out.append('[');
                String comma = "";
                for (Json item : array.items()) {
                    out.append(comma);
                    add(item);
                    comma = ",";
                }
                out.append(']');
            }
            case Json.Obj object -> {
                out.append('{');
                String comma = "";
                for (Map.Entry<String, Json> member : object.members().entrySet()) {
                    out.append(comma);
                    quote(member.getKey());
                    out.append(':');
                    add(member.getValue());
                    comma = ",";
                }
                out.append('}');
            }
        }
    }

    private void quote(String string) {
        out.append('"');
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                default -> {
                    if (c < 0x20 || isLoneSurrogate(string, i)) {
                        out.append("\\u").append(HEX.toHexDigits(c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    /// Half a character cannot be written in UTF-8; escaped, it survives.
    private static boolean isLoneSurrogate(String string, int at) {
        char c = string.charAt(at);
        if (Character.isHighSurrogate(c)) {
            return at + 1 >= string.length() || !Character.isLowSurrogate(string.charAt(at + 1));
        }
        return Character.isLowSurrogate(c) && (at == 0 || !Character.isHighSurrogate(string.charAt(at - 1)));
    }
}
