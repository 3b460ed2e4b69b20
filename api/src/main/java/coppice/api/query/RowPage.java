package coppice.api.query;

import java.util.List;
import java.util.Optional;

/// Some rows of an answer, and where it goes on.
///
/// @param rows in their order
/// @param next what to ask for the page that follows with; nothing when these were the last. It names a place in
///     the order of rows, not a number of them: rows that come and go elsewhere move nothing
public record RowPage(List<Row> rows, Optional<String> next) {
    public RowPage {
        rows = List.copyOf(rows);
    }
}
