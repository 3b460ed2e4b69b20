package coppice.structure.collection;

import coppice.api.search.TextOptions;
import coppice.json.Json;
import coppice.structure.collection.VectorRows.Settings;
import coppice.structure.dump.DumpedItem;
import java.util.Optional;

/// What a dump says of a collection as a whole, in its first item: `{"settings":{"vectors":{..},"text":{..}}}`.
/// Both are as their rows have them. There is no such item where there is nothing to say.
///
/// @param vectors how they are compared; nothing before the first one
/// @param text how it is searched; nothing where that was not said
record DumpedSettings(Optional<Settings> vectors, Optional<TextOptions> text) {
    private static final String SETTINGS = "settings";
    private static final String VECTORS = "vectors";
    private static final String TEXT = "text";

    static final DumpedSettings NONE = new DumpedSettings(Optional.empty(), Optional.empty());

    /// Whether an item is none of a document.
    static boolean isOne(DumpedItem item) {
        return item.members().containsKey(SETTINGS);
    }

    static DumpedSettings of(DumpedItem item) {
        DumpedItem settings = item.object(SETTINGS)
                .map(object -> new DumpedItem(object.members()))
                .orElseThrow(() -> item.wrong("has 'settings' that say nothing"));
        return new DumpedSettings(
                settings.object(VECTORS)
                        .map(object -> Settings.of(object)
                                .orElseThrow(() ->
                                        item.wrong("has 'vectors' that do not say 'dimension' and 'similarity'"))),
                settings.object(TEXT).map(object -> text(item, object)));
    }

    private static TextOptions text(DumpedItem item, Json.Obj object) {
        TextOptions options = TextSettings.of(object);
        if (!TextSettings.json(options)
                .members()
                .keySet()
                .equals(object.members().keySet())) {
            throw item.wrong("has a 'text' with a member that is no option of text");
        }
        return options;
    }

    Optional<Json> json() {
        if (equals(NONE)) {
            return Optional.empty();
        }
        return Optional.of(Json.object(
                SETTINGS,
                Json.object(
                        VECTORS,
                        vectors.map(Settings::json).orElse(null),
                        TEXT,
                        text.map(TextSettings::json).orElse(null))));
    }
}
