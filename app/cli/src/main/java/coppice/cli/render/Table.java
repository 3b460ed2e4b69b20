package coppice.cli.render;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A table of text: a head, rows, columns aligned by what they hold. Where it must fit a width, the widest columns
/// are cut. One thread at a time.
public final class Table {
    private static final String GAP = "  ";
    private static final int LEAST = 6;
    private final List<Column> columns = new ArrayList<>();
    private final List<List<Text>> rows = new ArrayList<>();
    private String indent = "  ";

    private record Column(String head, boolean number) {}

    /// Adds a column of words, aligned left.
    public Table words(String head) {
        columns.add(new Column(head, false));
        return this;
    }

    /// Adds a column of numbers, aligned right.
    public Table numbers(String head) {
        columns.add(new Column(head, true));
        return this;
    }

    /// Starts each line with this instead of two spaces.
    public Table indent(String start) {
        indent = start;
        return this;
    }

    /// Adds a row; it has as many cells as there are columns.
    public Table row(Text... cells) {
        return row(Arrays.asList(cells));
    }

    /// Adds a row; it has as many cells as there are columns.
    public Table row(List<Text> cells) {
        if (cells.size() != columns.size()) {
            throw new IllegalArgumentException("A row of " + cells.size() + " cells in " + columns.size() + " columns");
        }
        rows.add(List.copyOf(cells));
        return this;
    }

    /// A row of a table.
    public interface RowVisitor {
        /// Is given a row.
        ///
        /// @param heads of the columns
        /// @param cells one for each
        void row(List<String> heads, List<Text> cells);
    }

    /// Gives each row away.
    public void eachRow(RowVisitor visitor) {
        List<String> heads = columns.stream().map(Column::head).toList();
        rows.forEach(cells -> visitor.row(heads, cells));
    }

    /// Whether there are no rows.
    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /// The lines of the table, the head first, none wider than `width` columns unless every column is at its least.
    public List<Text> lines(int width) {
        int[] widths = fit(natural(), width);
        List<Text> lines = new ArrayList<>();
        if (columns.stream().anyMatch(column -> !column.head().isEmpty())) {
            lines.add(line(
                    columns.stream()
                            .map(column -> Text.of(column.head(), Style.DIM))
                            .toList(),
                    widths));
        }
        rows.forEach(row -> lines.add(line(row, widths)));
        return lines;
    }

    private int[] natural() {
        int[] widths = new int[columns.size()];
        for (int i = 0; i < widths.length; i++) {
            widths[i] = TextWidth.of(columns.get(i).head());
            for (List<Text> row : rows) {
                widths[i] = Math.max(widths[i], row.get(i).width());
            }
        }
        return widths;
    }

    private int[] fit(int[] widths, int width) {
        int room = width - indent.length() - GAP.length() * (widths.length - 1);
        long total = Arrays.stream(widths).asLongStream().sum();
        while (total > room) {
            int widest = 0;
            for (int i = 1; i < widths.length; i++) {
                widest = widths[i] > widths[widest] ? i : widest;
            }
            if (widths[widest] <= LEAST) {
                break;
            }
            widths[widest]--;
            total--;
        }
        return widths;
    }

    private Text line(List<Text> cells, int[] widths) {
        Text line = Text.of(indent);
        for (int i = 0; i < widths.length; i++) {
            Text cell = cells.get(i).cut(Math.max(1, widths[i]));
            boolean last = i == widths.length - 1;
            if (columns.get(i).number()) {
                cell = cell.padStart(widths[i]);
            } else if (!last) {
                cell = cell.padEnd(widths[i]);
            }
            line = line.plus(i == 0 ? "" : GAP).plus(cell);
        }
        return line;
    }
}
