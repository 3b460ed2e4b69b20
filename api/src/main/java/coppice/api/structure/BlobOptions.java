package coppice.api.structure;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What is said of a blob when it is put.
///
/// @param mediaType what its content is, such as `image/png`
/// @param fields anything else, by name
public record BlobOptions(Optional<String> mediaType, Map<String, String> fields) {
    private static final BlobOptions NONE = new BlobOptions(Optional.empty(), Map.of());

    /// Copies the fields.
    public BlobOptions {
        fields = Map.copyOf(fields);
    }

    /// Nothing.
    public static BlobOptions none() {
        return NONE;
    }

    /// Only what its content is.
    public static BlobOptions ofType(String mediaType) {
        return NONE.withType(mediaType);
    }

    /// The same with another media type.
    public BlobOptions withType(String other) {
        return new BlobOptions(Optional.of(other), fields);
    }

    /// The same with a field.
    public BlobOptions with(String name, String value) {
        Map<String, String> more = new TreeMap<>(fields);
        more.put(name, value);
        return new BlobOptions(mediaType, more);
    }
}
