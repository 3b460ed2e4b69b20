package coppice.cli.view;

import coppice.api.Change;
import coppice.api.ChangeCount;
import coppice.cli.render.Amounts;
import coppice.cli.render.Style;
import coppice.cli.render.Text;
import coppice.json.Json;

/// How many keys were added, removed and modified. Not safe for use by several threads.
public final class Tally {
    private long added;
    private long removed;
    private long modified;

    /// Nothing counted yet.
    public Tally() {}

    /// What all of some changes add up to.
    public static Tally of(Iterable<Change> changes) {
        Tally tally = new Tally();
        changes.forEach(tally::add);
        return tally;
    }

    /// Counts one change.
    public void add(Change change) {
        switch (change) {
            case Change.Added more -> added++;
            case Change.Removed less -> removed++;
            case Change.Modified other -> modified++;
        }
    }

    /// Counts what was counted in a space.
    public void add(ChangeCount count) {
        added += count.added();
        removed += count.removed();
        modified += count.modified();
    }

    /// The same, said of a space.
    ChangeCount in(String space) {
        return new ChangeCount(space, added, removed, modified);
    }

    /// Keys only in the later state.
    public long added() {
        return added;
    }

    /// Keys only in the earlier state.
    public long removed() {
        return removed;
    }

    /// Keys in both, with different values.
    public long modified() {
        return modified;
    }

    /// All of them.
    public long total() {
        return added + removed + modified;
    }

    /// The three numbers as JSON.
    public Json.Obj document() {
        return Json.object("added", added, "removed", removed, "modified", modified);
    }

    /// `+3 −1 ~12`, without what is zero.
    public Text text() {
        Text text = part(Text.EMPTY, added, "+", Style.GREEN);
        text = part(text, removed, "-", Style.RED);
        text = part(text, modified, "~", Style.YELLOW);
        return total() == 0 ? Text.of("no changes", Style.DIM) : text;
    }

    private static Text part(Text before, long number, String sign, Style style) {
        if (number == 0) {
            return before;
        }
        return before.plus(before.pieces().isEmpty() ? "" : " ").plus(sign + Amounts.count(number), style);
    }
}
