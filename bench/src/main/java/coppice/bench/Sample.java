package coppice.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// One measured value.
///
/// @param foreignCores how many cores others kept busy while it was measured
/// @param note for [Metric#FAILED], what happened
record Sample(int round, String peer, long records, Metric metric, double value, double foreignCores, String note) {
    private static final String METRIC = "metric";

    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("round", round);
        fields.put("peer", peer);
        fields.put("records", records);
        fields.put(METRIC, metric.name());
        fields.put("value", value);
        fields.put("foreign", foreignCores);
        if (!note.isEmpty()) {
            fields.put("note", note);
        }
        return fields;
    }

    /// The sample of a line's fields, or nothing when the line is none: the first tells of the machine.
    static Optional<Sample> of(Map<String, String> fields) {
        if (!fields.containsKey(METRIC)) {
            return Optional.empty();
        }
        return Optional.of(new Sample(
                Integer.parseInt(fields.getOrDefault("round", "0")),
                fields.getOrDefault("peer", ""),
                Long.parseLong(fields.getOrDefault("records", "0")),
                Metric.valueOf(fields.getOrDefault(METRIC, "")),
                Double.parseDouble(fields.getOrDefault("value", "NaN")),
                Double.parseDouble(fields.getOrDefault("foreign", "0")),
                fields.getOrDefault("note", "")));
    }
}
