package coppice.api.structure;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// What is known of a blob besides its content.
///
/// @param name what it is called
/// @param size in bytes
/// @param sha256 of its content, 64 hexadecimal digits
/// @param putAt when it was put
/// @param mediaType what its content is, such as `image/png`, if that was said
/// @param fields what else was said of it
public record BlobInfo(
        String name, long size, String sha256, Instant putAt, Optional<String> mediaType, Map<String, String> fields) {
    /// Copies the fields.
    public BlobInfo {
        fields = Map.copyOf(fields);
    }
}
