package coppice.projection;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.KeyPattern;
import coppice.api.projection.ProjectionDefinition.OfProjection;
import coppice.api.projection.ProjectionDefinition.OfSpace;
import coppice.api.projection.ProjectionDefinition.Source;
import coppice.expression.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// Spaces and projections of them, in the simplest way: each result is made anew, and kept for those that follow
/// from it.
final class RowsInMemory {
    private final Map<String, NavigableMap<byte[], byte[]>> spaces = new HashMap<>();
    private final Map<String, NavigableMap<byte[], byte[]>> made = new HashMap<>();
    private final Map<String, CompiledProjection> projections = new HashMap<>();

    private static NavigableMap<byte[], byte[]> sorted() {
        return new TreeMap<>(Arrays::compareUnsigned);
    }

    void put(String space, String key, String document) {
        spaces.computeIfAbsent(space, _ -> sorted()).put(key.getBytes(UTF_8), document.getBytes(UTF_8));
    }

    /// What a projection gives, in its order, for people to read.
    List<String> results(CompiledProjection projection) {
        NavigableMap<byte[], byte[]> entries = sorted();
        NavigableMap<byte[], byte[]> all = rows(projection.source());
        for (JoinShape join : projection.joins()) {
            all = joined(all, join);
        }
        switch (projection.shape()) {
            case RowShape shape ->
                all.forEach((key, row) -> shape.document(key, row).ifPresent(document -> entries.put(key, document)));
            case IndexShape shape -> all.forEach((key, row) -> shape.entries(key, row, entries::put));
            case GroupShape shape -> {
                Accumulation accumulation = new Accumulation(shape);
                all.forEach(accumulation::add);
                entries.putAll(accumulation.rows());
            }
        }
        projections.put(projection.name(), projection);
        made.put(projection.name(), entries);
        List<String> shown = new ArrayList<>();
        entries.forEach((key, value) -> shown.add(shown(projection, key, value)));
        return shown;
    }

    private NavigableMap<byte[], byte[]> rows(Source source) {
        return switch (source) {
            case OfProjection(String name) -> made.get(name);
            case OfSpace(String space, String keys) -> {
                NavigableMap<byte[], byte[]> rows = sorted();
                rows.putAll(spaces.get(space));
                rows.keySet().removeIf(key -> !KeyPattern.glob(keys).fits(key));
                yield rows;
            }
        };
    }

    private NavigableMap<byte[], byte[]> joined(NavigableMap<byte[], byte[]> rows, JoinShape join) {
        NavigableMap<byte[], byte[]> joined = sorted();
        rows.forEach((key, row) -> {
            int before = joined.size();
            rows(join.source()).forEach((other, document) -> {
                Optional<byte[]> local = join.local(key, row);
                if (local.isPresent()
                        && Arrays.equals(
                                local.get(), join.foreign(other, document).orElse(null))) {
                    join.document(row, other, document)
                            .ifPresent(both -> joined.put(new JoinedKey(key, Optional.of(other)).bytes(), both));
                }
            });
            if (joined.size() == before) {
                join.alone(row).ifPresent(alone -> joined.put(new JoinedKey(key, Optional.empty()).bytes(), alone));
            }
        });
        return joined;
    }

    private String shown(CompiledProjection projection, byte[] key, byte[] value) {
        String document = new String(value, UTF_8);
        return switch (projection.shape()) {
            case GroupShape _ -> document;
            case RowShape _ -> key(projection, key) + ' ' + document;
            case IndexShape index -> {
                IndexEntry entry = index.read(key, value);
                String columns = new Value.Arr(index.values(entry.sortKey())).toString();
                String stored = new String(entry.stored(), UTF_8);
                yield (columns + ' ' + key(projection, entry.rowKey()) + ' ' + stored).strip();
            }
        };
    }

    private static String joinedKey(byte[] key, int joins) {
        if (joins == 0) {
            return new String(key, UTF_8);
        }
        JoinedKey both = JoinedKey.read(key).orElseThrow();
        return joinedKey(both.left(), joins - 1)
                + both.right().map(right -> " + " + new String(right, UTF_8)).orElse("");
    }

    /// The key of a row of the source, or of a joined one.
    private String key(CompiledProjection projection, byte[] key) {
        if (!projection.joins().isEmpty()) {
            return joinedKey(key, projection.joins().size());
        }
        if (projection.source() instanceof OfProjection(String name)
                && projections.get(name).shape() instanceof GroupShape groups) {
            return new Value.Arr(GroupToken.values(key, groups.by().size())).toString();
        }
        return new String(key, UTF_8);
    }
}
