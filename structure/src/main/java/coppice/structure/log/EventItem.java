package coppice.structure.log;

import coppice.json.Json;
import coppice.json.JsonReader;
import coppice.structure.dump.DumpedItem;
import java.time.Instant;
import java.util.Optional;

/// An event in stored form, as a dump has it.
///
/// @param id nothing for a new event
/// @param at when a new event happened; nothing for now
record EventItem(Optional<String> id, Optional<Instant> at, byte[] value) {
    static EventItem of(DumpedItem item) {
        Optional<String> id = item.text("id");
        if (id.filter(text -> !EventIds.isId(text)).isPresent()) {
            throw item.wrong("has an 'id' that is none: leave it out to have the event appended as a new one");
        }
        return new EventItem(id, item.time("at"), item.value());
    }

    static Json json(String id, byte[] value) {
        return Json.object("id", id, "value", JsonReader.parse(value));
    }
}
