package coppice.cli.reference;

import coppice.cli.source.Rows;
import coppice.json.Json;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Languages by ISO 639 and the locales the JDK formats for.
final class Languages {
    private Languages() {}

    static Rows languages() {
        SortedMap<String, Json.Obj> rows = new TreeMap<>();
        for (String code : Locale.getISOLanguages()) {
            Locale language = Locale.of(code);
            rows.put(
                    code,
                    Json.object(
                            "code", code,
                            "alpha3", alpha3(language),
                            "names", Names.of(code, language::getDisplayLanguage)));
        }
        return ReferenceTable.of("languages", rows);
    }

    static Rows locales() {
        SortedMap<String, Json.Obj> rows = new TreeMap<>();
        for (Locale locale : Locale.getAvailableLocales()) {
            String tag = locale.toLanguageTag();
            if (!locale.getLanguage().isEmpty()) {
                rows.put(
                        tag,
                        Json.object(
                                "tag", tag,
                                "language", locale.getLanguage(),
                                "country", present(locale.getCountry()),
                                "script", present(locale.getScript()),
                                "variant", present(locale.getVariant()),
                                "names", Names.of(tag, locale::getDisplayName)));
            }
        }
        return ReferenceTable.of("locales", rows);
    }

    private static @Nullable String present(String part) {
        return part.isEmpty() ? null : part;
    }

    private static @Nullable String alpha3(Locale language) {
        try {
            return language.getISO3Language();
        } catch (MissingResourceException none) {
            return null;
        }
    }
}
