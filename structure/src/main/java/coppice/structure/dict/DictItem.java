package coppice.structure.dict;

import coppice.json.Json;
import coppice.json.JsonReader;
import coppice.structure.dump.DumpedItem;
import java.time.Instant;
import java.util.Optional;

/// An entry of a dict in stored form, as a dump has it.
record DictItem(String key, byte[] value, Optional<Instant> expires) {
    static DictItem of(DumpedItem item) {
        return new DictItem(item.requiredText("key"), item.value(), item.time("expires"));
    }

    Json json() {
        return Json.object(
                "key",
                key,
                "value",
                JsonReader.parse(value),
                "expires",
                expires.map(Instant::toString).orElse(null));
    }
}
