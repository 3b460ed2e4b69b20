package coppice.cli.reference;

import coppice.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/// What things are called in the languages we show.
final class Names {
    private static final List<Locale> LANGUAGES =
            List.of("ar", "de", "en", "es", "fr", "hi", "it", "ja", "pl", "pt", "ru", "zh").stream()
                    .map(Locale::of)
                    .toList();

    private Names() {}

    /// The names by language. Languages that only repeat the code are left out.
    ///
    /// @param code what the JDK answers when it knows no name
    /// @param name asks the JDK for the name in a language
    static Json.Obj of(String code, Function<Locale, String> name) {
        Map<String, Json> names = new LinkedHashMap<>();
        for (Locale language : LANGUAGES) {
            String known = name.apply(language);
            if (!known.isEmpty() && !known.equals(code)) {
                names.put(language.getLanguage(), Json.of(known));
            }
        }
        return new Json.Obj(names);
    }
}
