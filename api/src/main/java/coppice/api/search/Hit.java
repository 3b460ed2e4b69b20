package coppice.api.search;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// A document that a search found.
///
/// @param id what it is called in its collection
/// @param score greater is better; what it means says who searched
/// @param highlights for members with what was looked for, by path, the passage where it is, with marks around it;
///     empty unless [TextSearch#highlight] was asked for
public record Hit<V>(String id, V document, double score, Map<String, String> highlights) {
    /// Copies the highlights, keeping their order.
    public Hit {
        highlights = Collections.unmodifiableMap(new LinkedHashMap<>(highlights));
    }

    /// A hit without highlights.
    public Hit(String id, V document, double score) {
        this(id, document, score, Map.of());
    }
}
