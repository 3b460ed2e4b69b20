package coppice.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.Cursor;
import coppice.api.Range;
import coppice.api.Snapshot;
import coppice.cli.render.Amounts;
import coppice.json.Json;
import coppice.json.JsonReader;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// What happens to the JDK's tables: West Africa plans its common currency and Europe ends the change of its clocks,
/// while main gets countries renamed and names to search by; then two people disagree on the name of a country.
final class WorldStory implements Story {
    private static final String COUNTRIES = "countries";
    private static final String CURRENCIES = "currencies";
    private static final String TRANSITIONS = "transitions";
    private static final String OLD_CURRENCY = "XOF";
    private static final String NEW_CURRENCY = "ECO";
    private static final String LAST_CHANGE = "2021-04";

    @Override
    public String branch() {
        return "reform";
    }

    @Override
    public List<Work> onBranch(Snapshot start) {
        return List.of(
                new Work("Plan the eco, the common currency of West Africa", eco(start)),
                new Work("End the clock changes of Europe, as its Parliament voted in 2019", clocks(start)));
    }

    private static List<Edit> eco(Snapshot start) {
        List<Edit> edits = new ArrayList<>();
        TreeSet<String> users = new TreeSet<>();
        try (Cursor cursor = start.space(COUNTRIES).scan(Range.all())) {
            while (cursor.next()) {
                Json.Obj country = object(cursor.value());
                if (Json.of(OLD_CURRENCY).equals(country.members().get("currency"))) {
                    users.add(new String(cursor.key(), UTF_8));
                    edits.add(Edit.put(COUNTRIES, cursor.key(), country.with("currency", Json.of(NEW_CURRENCY))));
                }
            }
        }
        document(start, CURRENCIES, OLD_CURRENCY)
                .ifPresent(franc ->
                        edits.add(Edit.put(CURRENCIES, OLD_CURRENCY, franc.with("replacedBy", Json.of(NEW_CURRENCY)))));
        edits.add(Edit.put(
                CURRENCIES,
                NEW_CURRENCY,
                Json.object(
                        "code",
                        NEW_CURRENCY,
                        "digits",
                        2,
                        "countries",
                        Json.strings(users),
                        "names",
                        Json.object("en", "West African Eco", "fr", "eco ouest-africain"))));
        return edits;
    }

    private static List<Edit> clocks(Snapshot start) {
        List<Edit> edits = new ArrayList<>();
        try (Cursor cursor = start.space(TRANSITIONS).scan(Range.prefix("Europe/"))) {
            while (cursor.next()) {
                String key = new String(cursor.key(), UTF_8);
                if (key.substring(key.indexOf('@') + 1).compareTo(LAST_CHANGE) > 0) {
                    edits.add(Edit.delete(TRANSITIONS, cursor.key()));
                }
            }
        }
        return edits;
    }

    @Override
    public List<Work> onMain(Snapshot start) {
        List<Edit> renamed = new ArrayList<>();
        Map<String, String> names = Map.of("CV", "Cabo Verde", "MM", "Myanmar", "TL", "East Timor");
        for (String code : new TreeSet<>(names.keySet())) {
            document(start, COUNTRIES, code)
                    .ifPresent(country -> renamed.add(
                            Edit.put(COUNTRIES, code, named(country, "en", names.getOrDefault(code, code)))));
        }
        List<Edit> folded = new ArrayList<>();
        for (String space : List.of("languages", "regions", "scripts")) {
            try (Cursor cursor = start.space(space).scan(Range.all())) {
                while (cursor.next()) {
                    Json.Obj row = object(cursor.value());
                    folded.add(Edit.put(space, cursor.key(), row.with("search", search(row))));
                }
            }
        }
        return List.of(
                new Work("Rename three countries", renamed),
                new Work("Add names without accents, to search by", folded));
    }

    @Override
    public Dispute dispute(Snapshot merged) {
        List<Edit> ours = new ArrayList<>();
        List<Edit> theirs = new ArrayList<>();
        document(merged, COUNTRIES, "CH").ifPresent(country -> {
            ours.add(Edit.put(COUNTRIES, "CH", named(country, "en", "Swiss Confederation")));
            theirs.add(Edit.put(COUNTRIES, "CH", named(country, "rm", "Svizra")));
        });
        document(merged, COUNTRIES, "NL").ifPresent(country -> {
            ours.add(Edit.put(COUNTRIES, "NL", named(country, "en", "The Netherlands")));
            theirs.add(Edit.put(COUNTRIES, "NL", named(country, "en", "Kingdom of the Netherlands")));
        });
        return new Dispute(
                "atlas",
                new Work("Name two countries as the style guide wants it", ours),
                new Work("Name two countries as the atlas has it", theirs),
                List.of(
                        "countries CH: the two sides changed different fields, so both changes are kept.",
                        "countries NL: the same field, so somebody decides; here main keeps its name."));
    }

    @Override
    public List<Probe> probes(Snapshot start) {
        return List.of(
                new Probe("countries NL names.en", state -> field(state, "NL", "names", "en")),
                new Probe("countries SN currency", state -> field(state, "SN", "currency")),
                new Probe(
                        "keys in transitions",
                        state -> Amounts.count(state.space(TRANSITIONS).count())));
    }

    private static String field(Snapshot state, String country, String... path) {
        Optional<Json> value = document(state, COUNTRIES, country).map(found -> found);
        for (String name : path) {
            value = value.flatMap(json -> json instanceof Json.Obj object
                    ? Optional.ofNullable(object.members().get(name))
                    : Optional.empty());
        }
        return value.map(Json::text).orElse("(none)");
    }

    private static Json.Obj named(Json.Obj country, String language, String name) {
        Json.Obj names = country.members().get("names") instanceof Json.Obj known ? known : Json.object();
        return country.with("names", names.with(language, Json.of(name)));
    }

    /// The names in small letters without accents, each once.
    private static Json search(Json.Obj row) {
        TreeSet<String> words = new TreeSet<>();
        if (row.members().get("names") instanceof Json.Obj(Map<String, Json> names)) {
            for (Json name : names.values()) {
                if (name instanceof Json.Str(String text)) {
                    String plain =
                            Normalizer.normalize(text, Normalizer.Form.NFD).replaceAll("\\p{M}", "");
                    words.add(plain.toLowerCase(Locale.ROOT));
                }
            }
        }
        return Json.strings(words);
    }

    private static Optional<Json.Obj> document(Snapshot state, String space, String key) {
        return state.space(space).get(key.getBytes(UTF_8)).map(WorldStory::object);
    }

    private static Json.Obj object(byte[] value) {
        return (Json.Obj) JsonReader.parse(value);
    }
}
