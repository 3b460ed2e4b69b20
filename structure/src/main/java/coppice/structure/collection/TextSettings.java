package coppice.structure.collection;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.search.TextOptions;
import coppice.json.Json;
import coppice.json.JsonReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The options of the text of a collection, in stored form: an object with those of `language`, `members` (weights
/// by path), `synonyms` (arrays of texts), `partsMin` and `partsMax` that are said.
final class TextSettings {
    private TextSettings() {}

    static byte[] encode(TextOptions options) {
        return json(options).text().getBytes(UTF_8);
    }

    static Json.Obj json(TextOptions options) {
        Map<String, Json> members = new LinkedHashMap<>();
        options.language().ifPresent(code -> members.put("language", new Json.Str(code)));
        if (!options.members().isEmpty()) {
            Map<String, Json> weights = new LinkedHashMap<>();
            options.members().forEach((path, weight) -> weights.put(path, new Json.Num(Double.toString(weight))));
            members.put("members", new Json.Obj(weights));
        }
        if (!options.synonyms().isEmpty()) {
            members.put(
                    "synonyms",
                    new Json.Arr(options.synonyms().stream()
                            .<Json>map(TextSettings::texts)
                            .toList()));
        }
        options.parts().ifPresent(parts -> {
            members.put("partsMin", new Json.Num(Integer.toString(parts.min())));
            members.put("partsMax", new Json.Num(Integer.toString(parts.max())));
        });
        return new Json.Obj(members);
    }

    private static Json texts(List<String> texts) {
        return new Json.Arr(texts.stream().<Json>map(Json.Str::new).toList());
    }

    /// Reads a row. What it has that cannot be is as if it had not been said.
    static TextOptions decode(byte[] row) {
        return JsonReader.tryParse(row).orElse(Json.Null.VALUE) instanceof Json.Obj object
                ? of(object)
                : TextOptions.standard();
    }

    /// Reads what [#json] has written, as [#decode] does.
    static TextOptions of(Json.Obj object) {
        Map<String, Json> members = object.members();
        TextOptions options = TextOptions.standard();
        if (members.get("language") instanceof Json.Str(String code)) {
            options = options.language(code);
        }
        if (members.get("members") instanceof Json.Obj(Map<String, Json> weights)) {
            for (Map.Entry<String, Json> member : weights.entrySet()) {
                options = options.member(
                        member.getKey(),
                        number(member.getValue())
                                .filter(one -> one > 0 && one < Double.POSITIVE_INFINITY)
                                .orElse(1.0));
            }
        }
        if (members.get("synonyms") instanceof Json.Arr(List<Json> lists)) {
            for (Json list : lists) {
                options = options.synonyms(words(list).toArray(String[]::new));
            }
        }
        int least = number(members.get("partsMin")).orElse(0.0).intValue();
        int most = number(members.get("partsMax")).orElse(0.0).intValue();
        return TextOptions.Parts.canBe(least, most) ? options.parts(least, most) : options;
    }

    private static Optional<Double> number(@Nullable Json json) {
        return json instanceof Json.Num number ? Optional.of(number.value().doubleValue()) : Optional.empty();
    }

    private static List<String> words(Json list) {
        List<String> words = new ArrayList<>();
        if (list instanceof Json.Arr(List<Json> items)) {
            for (Json item : items) {
                if (item instanceof Json.Str(String word)) {
                    words.add(word);
                }
            }
        }
        return words;
    }
}
