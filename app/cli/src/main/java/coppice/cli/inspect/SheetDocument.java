package coppice.cli.inspect;

import coppice.cli.render.Table;
import coppice.cli.render.Text;
import coppice.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// What inspected files are shown on for programs: each table an array of objects, by the heads of its columns; what
/// is a number becomes one. One thread at a time.
public final class SheetDocument implements Sheet {
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,3}(,[0-9]{3})+|-?(0|[1-9][0-9]{0,17})");

    private final List<Json> tables = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    @Override
    public void table(Table table) {
        List<Json> rows = new ArrayList<>();
        table.eachRow((heads, cells) -> {
            Map<String, Json> row = new LinkedHashMap<>();
            for (int i = 0; i < heads.size(); i++) {
                row.put(heads.get(i), value(cells.get(i).plain().strip()));
            }
            rows.add(new Json.Obj(row));
        });
        tables.add(new Json.Arr(rows));
    }

    private static Json value(String text) {
        return NUMBER.matcher(text).matches() ? new Json.Num(text.replace(",", "")) : Json.of(text);
    }

    @Override
    public void line(Text text) {
        notes.add(text.plain().strip());
    }

    @Override
    public void blank() {}

    @Override
    public int width() {
        return Short.MAX_VALUE;
    }

    /// All that was shown.
    ///
    /// @param what what was inspected
    public Json.Obj document(String what) {
        return Json.object("inspected", what, "tables", new Json.Arr(tables), "notes", Json.strings(notes));
    }
}
