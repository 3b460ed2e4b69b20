package coppice.structure.collection;

import coppice.api.search.Facet;
import coppice.json.Json;
import coppice.json.JsonReader;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Counts which values of a member documents have.
final class Facets {
    private final List<String> path;
    private final Map<String, Long> counts = new HashMap<>();

    Facets(String member) {
        this.path = List.of(member.split("\\.", -1));
    }

    void add(byte[] document) {
        Set<String> values = new HashSet<>();
        gather(JsonReader.parse(document), 0, values);
        values.forEach(value -> counts.merge(value, 1L, Long::sum));
    }

    private void gather(Json value, int depth, Set<String> values) {
        switch (value) {
            case Json.Arr(List<Json> items) -> items.forEach(item -> gather(item, depth, values));
            case Json.Obj(Map<String, Json> members)
            when depth < path.size() -> {
                Json member = members.get(path.get(depth));
                if (member != null) {
                    gather(member, depth + 1, values);
                }
            }
            case Json.Null _ -> {}
            case Json.Str(String text) when depth == path.size() -> values.add(text);
            default -> {
                if (depth == path.size()) {
                    values.add(value.text());
                }
            }
        }
    }

    List<Facet> most(int number) {
        return counts.entrySet().stream()
                .map(one -> new Facet(one.getKey(), one.getValue()))
                .sorted(Comparator.comparingLong(Facet::count).reversed().thenComparing(Facet::value))
                .limit(number)
                .toList();
    }
}
