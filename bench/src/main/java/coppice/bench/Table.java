package coppice.bench;

import java.util.ArrayList;
import java.util.List;

/// Rows of text under headings, as Markdown that also reads well in a terminal: columns are padded to their width.
final class Table {
    private final List<List<String>> rows = new ArrayList<>();

    Table(List<String> headings) {
        rows.add(headings);
    }

    void add(List<String> row) {
        rows.add(row);
    }

    @Override
    public String toString() {
        int[] widths = new int[rows.getFirst().size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        var text = new StringBuilder();
        for (int i = 0; i < rows.size(); i++) {
            line(text, rows.get(i), widths, ' ');
            if (i == 0) {
                line(text, rows.getFirst().stream().map(heading -> "").toList(), widths, '-');
            }
        }
        return text.toString();
    }

    private static void line(StringBuilder text, List<String> cells, int[] widths, char filler) {
        for (int i = 0; i < widths.length; i++) {
            String cell = cells.get(i);
            text.append("| ").append(cell);
            text.repeat(filler, widths[i] - cell.length()).append(' ');
        }
        text.append("|\n");
    }
}
