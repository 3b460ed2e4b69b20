package coppice.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A flat JSON object of texts and numbers on one line, which is all that results need.
final class JsonLine {
    private static final Pattern FIELD =
            Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\":(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^,}\"]+))");

    private JsonLine() {}

    static String write(Map<String, ?> fields) {
        var line = new StringJoiner(",", "{", "}");
        fields.forEach((name, value) ->
                line.add(quote(name) + ":" + (value instanceof Number ? value.toString() : quote(value.toString()))));
        return line.toString();
    }

    static Map<String, String> read(String line) {
        Map<String, String> fields = new LinkedHashMap<>();
        Matcher field = FIELD.matcher(line);
        while (field.find()) {
            String text = field.group(2);
            fields.put(unquote(field.group(1)), text == null ? field.group(3) : unquote(text));
        }
        return fields;
    }

    private static String quote(String text) {
        var quoted = new StringBuilder("\"");
        text.chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append((char) c);
            } else if (c < ' ') {
                quoted.append(String.format("\\u%04x", c));
            } else {
                quoted.append((char) c);
            }
        });
        return quoted.append('"').toString();
    }

    private static String unquote(String text) {
        return Pattern.compile("\\\\(?:u([0-9a-f]{4})|(.))")
                .matcher(text)
                .replaceAll(escape -> Matcher.quoteReplacement(
                        escape.group(1) == null
                                ? escape.group(2)
                                : Character.toString(Integer.parseInt(escape.group(1), 16))));
    }
}
