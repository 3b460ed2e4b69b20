package coppice.cli.source;

import coppice.json.Json;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What the first rows of a file look like: enough to say what its columns hold and which of them could be the key.
final class Survey {
    private static final int ROWS = 10_000;
    private final Map<String, Column> columns = new LinkedHashMap<>();
    private int rows;
    private boolean objects = true;
    private boolean exported = true;
    private boolean whole;

    private Survey() {}

    /// What was seen of one column.
    static final class Column {
        private final Set<String> distinct = new HashSet<>();
        private final EnumMap<Columns.Kind, Integer> kinds = new EnumMap<>(Columns.Kind.class);
        private int present;
        private boolean scalar = true;
        private boolean fractions;
        private int longest;

        private void add(Json value) {
            String text;
            switch (value) {
                case Json.Null() -> {
                    return;
                }
                case Json.Str(String string) -> text = string;
                case Json.Num(String digits) -> text = digits;
                case Json.Bool(boolean truth) -> text = String.valueOf(truth);
                case Json.Obj(var members) -> {
                    scalar = false;
                    return;
                }
                case Json.Arr(var items) -> {
                    scalar = false;
                    return;
                }
            }
            present++;
            distinct.add(text);
            longest = Math.max(longest, text.length());
            Columns.Kind kind = Json.isNumber(text)
                    ? Columns.Kind.NUMBER
                    : Columns.isTruth(text) ? Columns.Kind.TRUTH : Columns.Kind.TEXT;
            kinds.merge(kind, 1, Integer::sum);
            fractions |= kind == Columns.Kind.NUMBER && !text.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9'));
        }

        private Columns.Kind kind() {
            return kinds.size() == 1 ? kinds.keySet().iterator().next() : Columns.Kind.TEXT;
        }

        boolean isFraction() {
            return fractions;
        }

        int longest() {
            return longest;
        }
    }

    /// Reads the first rows of a file.
    static Survey of(TableFile file) {
        Survey survey = new Survey();
        try (Items items = file.items(Columns.TEXT)) {
            Optional<Item> next = items.next();
            while (next.isPresent() && survey.rows < ROWS) {
                survey.add(next.get().value());
                next = items.next();
            }
            survey.whole = next.isEmpty();
        }
        if (survey.rows == 0) {
            throw new InputException(file.path(), "there are no rows in it");
        }
        return survey;
    }

    private void add(Json value) {
        rows++;
        exported &= ExportedRow.isOne(value);
        if (value instanceof Json.Obj(Map<String, Json> members)) {
            members.forEach((name, field) ->
                    columns.computeIfAbsent(name, fresh -> new Column()).add(field));
        } else {
            objects = false;
        }
    }

    /// What the columns hold.
    Columns columns() {
        Map<String, Columns.Kind> kinds = new HashMap<>();
        columns.forEach((name, column) -> kinds.put(name, column.kind()));
        return new Columns(kinds);
    }

    /// The names of the columns, in order.
    List<String> names() {
        return List.copyOf(columns.keySet());
    }

    /// The columns that have a short text or number of their own in every row seen.
    Map<String, Column> unique() {
        Map<String, Column> unique = new LinkedHashMap<>();
        if (objects) {
            columns.forEach((name, column) -> {
                if (column.scalar && column.present == rows && column.distinct.size() == rows) {
                    unique.put(name, column);
                }
            });
        }
        return unique;
    }

    /// How many rows were looked at.
    int rows() {
        return rows;
    }

    /// Whether these were all.
    boolean isWhole() {
        return whole;
    }

    /// Whether every row is one of our own export.
    boolean isExport() {
        return exported;
    }
}
