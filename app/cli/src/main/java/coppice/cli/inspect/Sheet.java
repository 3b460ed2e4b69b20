package coppice.cli.inspect;

import coppice.cli.render.Screen;
import coppice.cli.render.Table;
import coppice.cli.render.Text;

/// What inspected files are shown on.
public interface Sheet {
    /// What goes to a screen, for people.
    static Sheet of(Screen screen) {
        return new Sheet() {
            @Override
            public void table(Table table) {
                screen.table(table);
            }

            @Override
            public void line(Text text) {
                screen.line(text);
            }

            @Override
            public void blank() {
                screen.blank();
            }

            @Override
            public int width() {
                return screen.width();
            }
        };
    }

    /// A table.
    void table(Table table);

    /// A line that says something of the tables.
    void line(Text text);

    /// A line of plain text.
    default void line(String text) {
        line(Text.of(text));
    }

    /// An empty line between parts.
    void blank();

    /// How many columns a line may have.
    int width();
}
