package coppice.testing.contract.model;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/// All rows of one state, as an immutable value.
///
/// Keys and values are Latin-1 strings, so that the order of strings is the order of unsigned bytes.
final class State {
    static final State EMPTY = new State(new TreeMap<>());

    private final NavigableMap<Row, String> rows;

    private State(NavigableMap<Row, String> rows) {
        this.rows = Collections.unmodifiableNavigableMap(rows);
    }

    static byte[] latin(String text) {
        return text.getBytes(ISO_8859_1);
    }

    static String latin(byte[] bytes) {
        return new String(bytes, ISO_8859_1);
    }

    NavigableMap<Row, String> rows() {
        return rows;
    }

    /// One space's rows.
    NavigableMap<String, String> space(String name) {
        TreeMap<String, String> found = new TreeMap<>();
        rows.subMap(new Row(name, ""), new Row(name + "\0", "")).forEach((row, value) -> found.put(row.key(), value));
        return found;
    }

    List<String> spaces() {
        Set<String> names = new TreeSet<>();
        rows.keySet().forEach(row -> names.add(row.space()));
        return List.copyOf(names);
    }

    Optional<String> at(Row row) {
        return Optional.ofNullable(rows.get(row));
    }

    State with(Row row, Optional<String> value) {
        return edited(changed -> write(changed, row, value));
    }

    /// This state after some changes.
    State edited(Consumer<Map<Row, String>> changes) {
        TreeMap<Row, String> changed = new TreeMap<>(rows);
        changes.accept(changed);
        return new State(changed);
    }

    static void write(Map<Row, String> rows, Row row, Optional<String> value) {
        value.ifPresentOrElse(present -> rows.put(row, present), () -> rows.remove(row));
    }

    /// The rows that any of some states has.
    static Set<Row> rowsOf(State... states) {
        Set<Row> all = new TreeSet<>();
        for (State state : states) {
            all.addAll(state.rows.keySet());
        }
        return all;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof State that && rows.equals(that.rows);
    }

    @Override
    public int hashCode() {
        return rows.hashCode();
    }

    @Override
    public String toString() {
        return rows.toString();
    }
}
