package coppice.cli.view;

import coppice.api.Conflict;
import coppice.cli.render.Screen;
import coppice.cli.render.Style;
import coppice.cli.render.Table;
import coppice.cli.render.Text;
import coppice.json.FieldChange;
import coppice.json.Json;
import coppice.json.JsonReader;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Shows conflicts as what they are, data: for each key what it was, what we made of it and what they made of it;
/// inside JSON only the fields that differ.
public final class ConflictView {
    private final Screen screen;
    private final String ours;
    private final String theirs;

    /// A view.
    ///
    /// @param ours what the branch merged into is called
    /// @param theirs what the merged side is called
    public ConflictView(Screen screen, String ours, String theirs) {
        this.screen = screen;
        this.ours = ours;
        this.theirs = theirs;
    }

    /// Shows conflicts, at most `limit` of them.
    public void show(List<Conflict> conflicts, int limit) {
        conflicts.stream().limit(limit).forEach(this::show);
        if (conflicts.size() > limit) {
            screen.line(Text.of("  … " + (conflicts.size() - limit) + " more", Style.DIM));
        }
    }

    private void show(Conflict conflict) {
        screen.line(Text.of("  ✗ ", Style.RED)
                .plus(conflict.space() + " ", Style.BOLD)
                .plus(Shown.key(conflict.key()), Style.CYAN));
        Table table = new Table()
                .indent("      ")
                .words("")
                .words("base")
                .words("ours (" + ours + ")")
                .words("theirs (" + theirs + ")");
        Optional<Json> base = conflict.base().flatMap(JsonReader::tryParse);
        Optional<Json> our = conflict.ours().flatMap(JsonReader::tryParse);
        Optional<Json> their = conflict.theirs().flatMap(JsonReader::tryParse);
        if (base.isPresent() && our.isPresent() && their.isPresent()) {
            fields(table, base.get(), our.get(), their.get());
        } else {
            table.row(
                    Text.EMPTY,
                    Text.of(Shown.value(conflict.base()), Style.DIM),
                    Text.of(Shown.value(conflict.ours()), Style.GREEN),
                    Text.of(Shown.value(conflict.theirs()), Style.MAGENTA));
        }
        screen.table(table);
    }

    private static void fields(Table table, Json base, Json our, Json their) {
        Map<String, FieldChange> ours = byPath(FieldChange.between(base, our));
        Map<String, FieldChange> theirs = byPath(FieldChange.between(base, their));
        Set<String> paths = new LinkedHashSet<>(ours.keySet());
        paths.addAll(theirs.keySet());
        for (String path : paths) {
            FieldChange mine = ours.get(path);
            FieldChange other = theirs.get(path);
            FieldChange any = mine == null ? other : mine;
            Optional<Json> before = any == null ? Optional.empty() : any.before();
            table.row(
                    Text.of(path),
                    Text.of(Shown.json(before), Style.DIM),
                    mine == null ? unchanged() : Text.of(Shown.json(mine.after()), Style.GREEN),
                    other == null ? unchanged() : Text.of(Shown.json(other.after()), Style.MAGENTA));
        }
    }

    private static Text unchanged() {
        return Text.of("(unchanged)", Style.DIM);
    }

    private static Map<String, FieldChange> byPath(List<FieldChange> changes) {
        Map<String, FieldChange> paths = new LinkedHashMap<>();
        changes.forEach(change -> paths.put(change.path(), change));
        return paths;
    }
}
