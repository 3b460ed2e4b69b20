package coppice.cli.source;

import coppice.api.Limits;
import coppice.cli.render.Amounts;
import java.util.Arrays;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// A file that was read once to the end and found good: every row has a key of its own within the limits.
public final class Check implements Rows {
    private final TableFile file;
    private final Columns columns;
    private final KeyChoice key;
    private long rows;
    private boolean sorted = true;

    private Check(TableFile file, Columns columns, KeyChoice key) {
        this.file = file;
        this.columns = columns;
        this.key = key;
    }

    /// Reads all of a file.
    ///
    /// @param asked the key's column, `#` for row numbers, nothing for a guess
    /// @param progress told the number of rows from time to time
    /// @throws InputException at the first mistake
    public static Check of(TableFile file, Optional<String> asked, LongConsumer progress) {
        Survey survey = Survey.of(file);
        Check table = new Check(file, survey.columns(), KeyChoice.of(file, survey, asked));
        KeySet seen = new KeySet();
        byte[] before = {};
        try (Reading rows = table.read()) {
            while (rows.hasNext()) {
                Row row = rows.next();
                table.checkSize(row);
                if (!seen.add(row.space(), row.key())) {
                    table.checkUnique(row);
                }
                table.sorted &= Arrays.compareUnsigned(before, row.key()) < 0
                        && row.space().equals(table.space());
                before = row.key();
                table.rows++;
                if ((table.rows & 1023) == 0) {
                    progress.accept(1024);
                }
            }
        }
        return table;
    }

    private void checkSize(Row row) {
        if (row.key().length == 0 || row.key().length > Limits.KEY_BYTES_MAX) {
            throw new InputException(
                    file.path(),
                    row.line(),
                    "the key has " + Amounts.count(row.key().length, "byte") + ", it may have 1 to "
                            + Amounts.count(Limits.KEY_BYTES_MAX) + "; choose another column with --key");
        } else if (row.value().length > Limits.VALUE_BYTES_MAX) {
            throw new InputException(
                    file.path(),
                    row.line(),
                    "the row has " + Amounts.bytes(row.value().length) + ", it may have "
                            + Amounts.bytes(Limits.VALUE_BYTES_MAX));
        }
    }

    /// Looks among the rows before this one for the key that its fingerprint promises.
    private void checkUnique(Row row) {
        try (Reading before = read()) {
            for (long i = 0; i < rows; i++) {
                Row other = before.next();
                if (Arrays.equals(other.key(), row.key()) && other.space().equals(row.space())) {
                    throw new InputException(
                            file.path(),
                            row.line(),
                            "the key '" + ExportedRow.text(row.key()).orElse("(bytes)") + "' is already in line "
                                    + other.line()
                                    + "; choose another column with --key, or --key '#' for row numbers");
                }
            }
        }
    }

    /// The file.
    public TableFile file() {
        return file;
    }

    /// Which column is the key, and why.
    public KeyChoice key() {
        return key;
    }

    @Override
    public String space() {
        return file.space();
    }

    @Override
    public long rows() {
        return rows;
    }

    @Override
    public boolean isSorted() {
        return sorted;
    }

    @Override
    public Reading read() {
        Items items = file.items(columns);
        return new Reading() {
            private @Nullable Row ahead;
            private long number;

            @Override
            public boolean hasNext() {
                if (ahead == null) {
                    ahead = items.next()
                            .map(item -> key.row(file, item, ++number))
                            .orElse(null);
                }
                return ahead != null;
            }

            @Override
            public Row next() {
                Row row = hasNext() ? ahead : null;
                if (row == null) {
                    throw new NoSuchElementException();
                }
                ahead = null;
                return row;
            }

            @Override
            public void close() {
                items.close();
            }
        };
    }
}
