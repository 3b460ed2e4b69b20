package coppice.cli.view;

import coppice.api.Change;
import coppice.api.ChangeCount;
import coppice.cli.render.Amounts;
import coppice.cli.render.Screen;
import coppice.cli.render.Style;
import coppice.cli.render.Table;
import coppice.cli.render.Text;
import coppice.cli.render.TextWidth;
import coppice.json.FieldChange;
import coppice.json.Json;
import coppice.json.JsonReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Shows what changed: by space, key by key, inside JSON field by field. Only the first changes of each kind in a
/// space are shown, the others counted. One thread at a time.
public final class DiffView {
    private static final int KEY_COLUMNS = 48;
    private static final int PATH_COLUMNS = 16;
    private static final int HELD = 1000;
    private final Screen screen;
    private final int limit;
    private final boolean cut;
    private final Map<String, Tally> tallies = new TreeMap<>();
    private final List<Change> held = new ArrayList<>();
    private int keyColumns;
    private long hidden;

    /// A view.
    ///
    /// @param limit how many added, removed and modified keys of each space are shown
    /// @param cut whether lines are cut to the width of the screen
    public DiffView(Screen screen, int limit, boolean cut) {
        this.screen = screen;
        this.limit = limit;
        this.cut = cut;
    }

    /// Shows changes, which come by space, and returns how many there were in each.
    public List<ChangeCount> show(Iterable<Change> changes) {
        String space = "";
        for (Change change : changes) {
            if (!change.space().equals(space)) {
                endSpace();
                space = change.space();
                screen.line(Text.of("  ").plus(space, Style.BOLD));
            }
            Tally tally = tallies.computeIfAbsent(space, fresh -> new Tally());
            tally.add(change);
            long alike = switch (change) {
                case Change.Added added -> tally.added();
                case Change.Removed removed -> tally.removed();
                case Change.Modified modified -> tally.modified();
            };
            if (alike > limit) {
                hidden++;
            } else {
                held.add(change);
            }
            if (held.size() == HELD) {
                showHeld();
            }
        }
        endSpace();
        return tallies.entrySet().stream()
                .map(each -> each.getValue().in(each.getKey()))
                .toList();
    }

    private void endSpace() {
        showHeld();
        if (hidden > 0) {
            screen.line(Text.of("    … " + Amounts.count(hidden) + " more", Style.DIM));
            hidden = 0;
        }
    }

    private void showHeld() {
        keyColumns = 0;
        for (Change change : held) {
            keyColumns = Math.max(keyColumns, Math.min(KEY_COLUMNS, TextWidth.of(Shown.key(change.key()))));
        }
        held.forEach(this::show);
        held.clear();
    }

    /// Shows how many changes there were in each space.
    public static void summary(Screen screen, List<ChangeCount> counts) {
        Table table =
                new Table().words("space").numbers("added").numbers("removed").numbers("changed");
        for (ChangeCount count : counts) {
            table.row(
                    Text.of(count.space()),
                    number(count.added(), Style.GREEN),
                    number(count.removed(), Style.RED),
                    number(count.modified(), Style.YELLOW));
        }
        if (!table.isEmpty()) {
            screen.table(table);
        }
    }

    private static Text number(long number, Style style) {
        return number == 0 ? Text.of("0", Style.DIM) : Text.of(Amounts.count(number), style);
    }

    private void show(Change change) {
        String key = Shown.key(change.key());
        switch (change) {
            case Change.Added added -> line("+", Style.GREEN, key, Text.of(Shown.value(added.after()), Style.GREEN));
            case Change.Removed removed -> line("-", Style.RED, key, Text.of(Shown.value(removed.before()), Style.RED));
            case Change.Modified modified -> {
                Optional<Json> before = JsonReader.tryParse(modified.before());
                Optional<Json> after = JsonReader.tryParse(modified.after());
                List<FieldChange> fields = before.isPresent() && after.isPresent()
                        ? FieldChange.between(before.get(), after.get())
                        : List.of();
                if (fields.isEmpty()) {
                    line(
                            "~",
                            Style.YELLOW,
                            key,
                            arrow(Shown.value(modified.before()), Shown.value(modified.after()), 0));
                }
                boolean first = true;
                for (FieldChange field : fields) {
                    line(first ? "~" : "", Style.YELLOW, first ? key : "", field(field));
                    first = false;
                }
            }
        }
    }

    private void line(String sign, Style style, String key, Text rest) {
        Text head = Text.of("    ")
                .plus(Text.of(sign, style).padEnd(2))
                .plus(Text.of(key, Style.CYAN).padEnd(keyColumns));
        Text line = head.plus("  ").plus(rest);
        screen.line(cut ? line.cut(screen.width()) : line);
    }

    private Text field(FieldChange change) {
        Text path = Text.of(change.path()).padEnd(change.path().isEmpty() ? 0 : PATH_COLUMNS);
        Text value;
        if (change.before().isEmpty()) {
            value = Text.of("+ " + Shown.json(change.after()), Style.GREEN);
        } else if (change.after().isEmpty()) {
            value = Text.of("- " + Shown.json(change.before()), Style.RED);
        } else {
            value = arrow(Shown.json(change.before()), Shown.json(change.after()), path.width());
        }
        return path.width() == 0 ? value : path.plus(" ").plus(value);
    }

    /// Before and after side by side; where lines are cut, what was leaves room for what is.
    private Text arrow(String before, String after, int indent) {
        Text old = Text.of(before, Style.RED);
        int room = screen.width() - 4 - 2 - keyColumns - 2 - indent - 4;
        if (cut && TextWidth.of(before) + TextWidth.of(after) > room) {
            old = old.cut(Math.max(8, Math.max(room / 2, room - TextWidth.of(after))));
        }
        return old.plus(" → ", Style.DIM).plus(after, Style.GREEN);
    }
}
