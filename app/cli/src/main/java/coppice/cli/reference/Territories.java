package coppice.cli.reference;

import coppice.cli.source.Rows;
import coppice.json.Json;
import java.util.Currency;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Countries by ISO 3166-1 and regions by UN M.49.
final class Territories {
    private Territories() {}

    static Rows countries() {
        SortedMap<String, TreeSet<String>> spoken = new TreeMap<>();
        for (Locale locale : Locale.getAvailableLocales()) {
            if (locale.getCountry().length() == 2) {
                spoken.computeIfAbsent(locale.getCountry(), fresh -> new TreeSet<>())
                        .add(locale.getLanguage());
            }
        }
        SortedMap<String, Json.Obj> rows = new TreeMap<>();
        for (String code : Locale.getISOCountries()) {
            Locale country = Locale.of("", code);
            rows.put(
                    code,
                    Json.object(
                            "code", code,
                            "alpha3", country.getISO3Country(),
                            "currency", currency(country),
                            "languages", Json.strings(spoken.getOrDefault(code, new TreeSet<>())),
                            "names", Names.of(code, country::getDisplayCountry)));
        }
        return ReferenceTable.of("countries", rows);
    }

    static Rows regions() {
        SortedMap<String, Json.Obj> rows = new TreeMap<>();
        for (int number = 1; number < 1000; number++) {
            String code = String.format(Locale.ROOT, "%03d", number);
            Locale region = Locale.of("", code);
            if (!region.getDisplayCountry(Locale.ENGLISH).equals(code)) {
                rows.put(code, Json.object("code", code, "names", Names.of(code, region::getDisplayCountry)));
            }
        }
        return ReferenceTable.of("regions", rows);
    }

    /// The currency of a country; null where it has none, as Antarctica.
    static @Nullable String currency(Locale country) {
        Currency currency = Currency.getInstance(country);
        return currency == null ? null : currency.getCurrencyCode();
    }
}
