package coppice.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.json.Json;
import java.util.Optional;

/// One change to one key.
///
/// @param space the space
/// @param key the key
/// @param after its new value; nothing removes the key
record Edit(String space, byte[] key, Optional<byte[]> after) {
    static Edit put(String space, byte[] key, Json document) {
        return new Edit(space, key, Optional.of(document.text().getBytes(UTF_8)));
    }

    static Edit put(String space, String key, Json document) {
        return put(space, key.getBytes(UTF_8), document);
    }

    static Edit delete(String space, byte[] key) {
        return new Edit(space, key, Optional.empty());
    }
}
