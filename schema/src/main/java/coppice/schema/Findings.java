package coppice.schema;

import coppice.api.schema.TypeDefinition;
import coppice.api.schema.Violation;
import coppice.json.Json;
import java.util.Optional;
import java.util.function.Consumer;

/// Tells what is wrong with one document.
record Findings(TypeDefinition type, byte[] key, Consumer<Violation> wrong) {
    /// Longer values are cut: they are shown to people.
    private static final int SHOWN_CHARS = 120;

    void add(String path, Violation.Rule rule, Optional<Json> value, String expected) {
        wrong.accept(new Violation(
                type.name(),
                type.space(),
                key,
                path,
                rule,
                value.map(Findings::shown).orElse(""),
                expected));
    }

    private static String shown(Json value) {
        String text = value.text();
        int end = Character.isHighSurrogate(text.charAt(Math.min(text.length(), SHOWN_CHARS) - 1))
                ? SHOWN_CHARS - 1
                : SHOWN_CHARS;
        return text.length() <= SHOWN_CHARS ? text : text.substring(0, end) + "...";
    }
}
