package coppice.cli.view;

import coppice.api.Change;
import coppice.cli.json.FieldChange;
import coppice.cli.json.Json;
import coppice.cli.json.JsonReader;
import coppice.cli.render.Amounts;
import coppice.cli.render.Screen;
import coppice.cli.render.Style;
import coppice.cli.render.Table;
import coppice.cli.render.Text;
import coppice.cli.render.TextWidth;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Shows what changed: by space, key by key, inside JSON field by field. Only the first changes of each kind in a
/// space are shown, the others counted. One thread at a time.
public final class DiffView {
    private static final int KEY_COLUMNS = 28;
    private static final int PATH_COLUMNS = 16;
    private final Screen screen;
    private final int limit;
    private final Map<String, Tally> tallies = new TreeMap<>();
    private String space = "";
    private Tally tally = new Tally();
    private long hidden;

    /// A view that shows up to `limit` changes of each kind in each space.
    public DiffView(Screen screen, int limit) {
        this.screen = screen;
        this.limit = limit;
    }

    /// Shows changes, which come by space, and returns how many there were in each.
    public Map<String, Tally> show(Iterable<Change> changes) {
        for (Change change : changes) {
            if (!change.space().equals(space)) {
                endSpace();
                space = change.space();
                tally = tallies.computeIfAbsent(space, fresh -> new Tally());
                screen.line(Text.of("  ").plus(space, Style.BOLD));
            }
            tally.add(change);
            long same = switch (change) {
                case Change.Added added -> tally.added();
                case Change.Removed removed -> tally.removed();
                case Change.Modified modified -> tally.modified();
            };
            if (same <= limit) {
                show(change);
            } else {
                hidden++;
            }
        }
        endSpace();
        return tallies;
    }

    /// Shows how many changes there were in each space.
    public static void summary(Screen screen, Map<String, Tally> tallies) {
        Table table =
                new Table().words("space").numbers("added").numbers("removed").numbers("changed");
        tallies.forEach((space, tally) -> table.row(
                Text.of(space),
                number(tally.added(), Style.GREEN),
                number(tally.removed(), Style.RED),
                number(tally.modified(), Style.YELLOW)));
        if (!table.isEmpty()) {
            screen.table(table);
        }
    }

    private static Text number(long number, Style style) {
        return number == 0 ? Text.of("0", Style.DIM) : Text.of(Amounts.count(number), style);
    }

    private void endSpace() {
        if (hidden > 0) {
            screen.line(Text.of("    … " + Amounts.count(hidden) + " more", Style.DIM));
            hidden = 0;
        }
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
                .plus(Text.of(key, Style.CYAN).padEnd(KEY_COLUMNS));
        Text line = head.plus(" ").plus(rest);
        screen.line(screen.look().live() ? line.cut(screen.width()) : line);
    }

    /// One changed field: its path and what became of it.
    Text field(FieldChange change) {
        Text path = Text.of(change.path());
        int indent = 7 + KEY_COLUMNS + Math.max(PATH_COLUMNS, path.width()) + 1;
        Text value;
        if (change.before().isEmpty()) {
            value = Text.of("+ " + Shown.json(change.after()), Style.GREEN);
        } else if (change.after().isEmpty()) {
            value = Text.of("- " + Shown.json(change.before()), Style.RED);
        } else {
            value = arrow(Shown.json(change.before()), Shown.json(change.after()), indent);
        }
        return path.width() == 0 ? value : path.padEnd(PATH_COLUMNS).plus(" ").plus(value);
    }

    /// Before and after side by side; on a terminal each is cut to its half of what is left of the line.
    private Text arrow(String before, String after, int indent) {
        Text old = Text.of(before, Style.RED);
        Text young = Text.of(after, Style.GREEN);
        int room = screen.width() - (indent == 0 ? 7 + KEY_COLUMNS : indent) - 3;
        if (screen.look().live() && TextWidth.of(before) + TextWidth.of(after) > room) {
            old = old.cut(Math.max(8, room / 2));
        }
        return old.plus(" → ", Style.DIM).plus(young);
    }
}
