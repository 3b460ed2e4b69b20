package coppice.cli.reference;

import coppice.cli.source.Row;
import coppice.cli.source.Rows;
import coppice.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.SortedMap;

/// One table, all in memory.
///
/// @param space its name
/// @param list its rows, in the order of their keys
record ReferenceTable(String space, List<Row> list) implements Rows {
    static ReferenceTable of(String space, SortedMap<String, Json.Obj> documents) {
        List<Row> rows = new ArrayList<>(documents.size());
        documents.forEach((key, document) -> rows.add(new Row(
                space,
                key.getBytes(StandardCharsets.UTF_8),
                document.text().getBytes(StandardCharsets.UTF_8),
                rows.size() + 1L)));
        return new ReferenceTable(space, List.copyOf(rows));
    }

    @Override
    public long rows() {
        return list.size();
    }

    @Override
    public boolean isSorted() {
        return true;
    }

    @Override
    public Reading read() {
        Iterator<Row> rows = list.iterator();
        return new Reading() {
            @Override
            public boolean hasNext() {
                return rows.hasNext();
            }

            @Override
            public Row next() {
                return rows.next();
            }

            @Override
            public void close() {
                // Nothing is open.
            }
        };
    }
}
