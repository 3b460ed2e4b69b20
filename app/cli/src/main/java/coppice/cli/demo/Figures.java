package coppice.cli.demo;

import coppice.api.DatabaseStats;
import coppice.cli.render.Amounts;
import coppice.cli.render.Screen;
import coppice.cli.render.Style;
import coppice.cli.render.Table;
import coppice.cli.render.Text;

/// What the demo measured, shown at its end.
final class Figures {
    private static final int RATED = 100;
    private final Table times = new Table()
            .words("what was done")
            .numbers("how much")
            .numbers("time")
            .numbers("rate");

    /// Notes that something took a time.
    ///
    /// @param number how many of `word`
    void time(String what, long number, String word, long nanos) {
        times.row(
                Text.of(what),
                Text.of(Amounts.count(number, word)),
                Text.of(Amounts.time(nanos), Style.BOLD),
                number >= RATED ? Text.of(Amounts.rate(number, nanos), Style.DIM) : Text.EMPTY);
    }

    /// Shows all times, then sizes.
    ///
    /// @param bytes the size of the imported keys and values
    /// @param commits how many versions there are
    void show(Screen screen, DatabaseStats sizes, long bytes, int commits) {
        screen.table(times);
        screen.blank();
        screen.table(new Table()
                .words("what is stored")
                .numbers("size")
                .words("")
                .row(Text.of("keys and values imported"), size(bytes), Text.EMPTY)
                .row(
                        Text.of("chunks of all " + commits + " commits"),
                        size(sizes.chunks().storedBytes()),
                        note(Amounts.count(sizes.chunks().count(), "chunk") + ", "
                                + Amounts.bytes(sizes.chunks().bytes()) + " uncompressed"))
                .row(
                        Text.of("journal, its segment preallocated"),
                        size(sizes.disk().journal() + sizes.disk().spares()),
                        Text.EMPTY)
                .row(Text.of("the directory"), size(sizes.disk().total()), Text.EMPTY));
    }

    private static Text size(long bytes) {
        return Text.of(Amounts.bytes(bytes), Style.BOLD);
    }

    private static Text note(String words) {
        return Text.of(words, Style.DIM);
    }
}
