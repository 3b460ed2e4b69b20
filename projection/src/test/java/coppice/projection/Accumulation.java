package coppice.projection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// The entries of groups, kept in memory.
final class Accumulation implements GroupValues {
    final NavigableMap<byte[], byte[]> entries = new TreeMap<>(Arrays::compareUnsigned);
    private final GroupShape groups;

    Accumulation(GroupShape groups) {
        this.groups = groups;
    }

    void add(String key, String document) {
        add(key.getBytes(UTF_8), document.getBytes(UTF_8));
    }

    void add(byte[] key, byte[] document) {
        groups.entries(key, document, this::add);
    }

    void remove(String key, String document) {
        groups.entries(key.getBytes(UTF_8), document.getBytes(UTF_8), (entry, tally) -> add(entry, tally.negated()));
    }

    private void add(byte[] key, Tally tally) {
        assertThat(key.length).isBetween(1, 4_096);
        byte[] there = entries.get(key);
        Tally sum = there == null ? tally : Tally.decode(there).plus(tally);
        if (sum.isNothing()) {
            entries.remove(key);
        } else {
            entries.put(key, sum.encoded());
            assertThat(Tally.decode(sum.encoded())).isEqualTo(sum);
        }
    }

    /// The documents of all groups, in the order of their keys.
    List<String> documents() {
        return rows().values().stream()
                .map(document -> new String(document, UTF_8))
                .toList();
    }

    /// The rows of all groups.
    NavigableMap<byte[], byte[]> rows() {
        NavigableMap<byte[], byte[]> rows = new TreeMap<>(Arrays::compareUnsigned);
        entries.forEach((key, value) -> {
            byte[] token = groups.token(key);
            if (Arrays.equals(groups.key(token), key)) {
                rows.put(token, groups.document(token, Tally.decode(value), this));
            }
        });
        return rows;
    }

    @Override
    public Optional<Map.Entry<byte[], byte[]>> first(byte[] from, byte[] to) {
        return Optional.ofNullable(entries.subMap(from, to).firstEntry());
    }

    @Override
    public Optional<Map.Entry<byte[], byte[]>> last(byte[] from, byte[] to) {
        return Optional.ofNullable(entries.subMap(from, to).lastEntry());
    }

    @Override
    public long count(byte[] from, byte[] to) {
        return entries.subMap(from, to).size();
    }
}
