package coppice.cli.reference;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coppice.cli.source.Row;
import coppice.cli.source.Rows;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReferenceTablesTest {
    private static Map<String, String> table(String space) {
        Rows rows = ReferenceTables.recipes().stream()
                .filter(recipe -> recipe.space().equals(space))
                .findFirst()
                .orElseThrow()
                .make()
                .get();
        Map<String, String> documents = new LinkedHashMap<>();
        try (Rows.Reading reading = rows.read()) {
            while (reading.hasNext()) {
                Row row = reading.next();
                assertThat(row.space()).isEqualTo(space);
                documents.put(new String(row.key(), UTF_8), new String(row.value(), UTF_8));
            }
        }
        assertThat(documents).hasSize((int) rows.rows());
        return documents;
    }

    private static String text(Map<String, String> table, String key) {
        return table.getOrDefault(key, "");
    }

    @Test
    void countriesHaveTheirCodesCurrencyAndNames() {
        assertThat(text(table("countries"), "CH"))
                .startsWith(
                        "{\"code\":\"CH\",\"alpha3\":\"CHE\",\"currency\":\"CHF\",\"languages\":[\"de\",\"en\",\"fr\"")
                .contains("\"de\":\"Schweiz\"", "\"ja\":\"スイス\"");
    }

    @Test
    void currenciesHaveTheirNumbersAndUsers() {
        assertThat(text(table("currencies"), "JPY"))
                .startsWith("{\"code\":\"JPY\",\"numeric\":392,\"digits\":0,\"countries\":[\"JP\"],");
    }

    @Test
    void everyScriptWeListIsKnownToUnicode() {
        Map<String, String> scripts = table("scripts");
        assertThat(scripts).hasSizeGreaterThan(160);
        assertThat(scripts.values())
                .allSatisfy(script -> assertThat(script).contains("\"unicode\":", "\"characters\":"));
    }

    @Test
    void transitionsSayWhatTheClocksDid() {
        Map<String, String> transitions = table("transitions");
        assertThat(transitions).hasSizeGreaterThan(20_000);
        assertThat(text(transitions, "Europe/Zurich@1981-03-29T01:00:00Z"))
                .isEqualTo("{\"zone\":\"Europe/Zurich\",\"at\":\"1981-03-29T01:00:00Z\",\"local\":\"1981-03-29T02:00\","
                        + "\"before\":\"+01:00\",\"after\":\"+02:00\",\"kind\":\"gap\",\"daylightSaving\":true}");
    }

    @Test
    void everyTableComesInTheOrderOfItsKeysAndTheSameTwice() {
        for (ReferenceTables.Recipe recipe : ReferenceTables.recipes()) {
            Map<String, String> first = table(recipe.space());
            assertThat(List.copyOf(first.keySet())).as(recipe.space()).isSorted();
            assertThat(table(recipe.space())).isEqualTo(first);
        }
    }
}
