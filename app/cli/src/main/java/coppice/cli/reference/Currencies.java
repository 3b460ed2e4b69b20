package coppice.cli.reference;

import coppice.cli.source.Rows;
import coppice.json.Json;
import java.util.Currency;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// Currencies by ISO 4217, those of the past included.
final class Currencies {
    private Currencies() {}

    static Rows currencies() {
        SortedMap<String, TreeSet<String>> users = new TreeMap<>();
        for (String country : Locale.getISOCountries()) {
            String currency = Territories.currency(Locale.of("", country));
            if (currency != null) {
                users.computeIfAbsent(currency, fresh -> new TreeSet<>()).add(country);
            }
        }
        SortedMap<String, Json.Obj> rows = new TreeMap<>();
        for (Currency currency : Currency.getAvailableCurrencies()) {
            String code = currency.getCurrencyCode();
            rows.put(
                    code,
                    Json.object(
                            "code", code,
                            "numeric", currency.getNumericCode(),
                            "digits",
                                    currency.getDefaultFractionDigits() < 0
                                            ? null
                                            : currency.getDefaultFractionDigits(),
                            "countries", Json.strings(users.getOrDefault(code, new TreeSet<>())),
                            "symbols", Names.of(code, currency::getSymbol),
                            "names", Names.of(code, currency::getDisplayName)));
        }
        return ReferenceTable.of("currencies", rows);
    }
}
