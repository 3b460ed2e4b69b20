package coppice.cli.source;

import coppice.api.Batch;
import coppice.api.Branch;
import coppice.api.Entry;
import coppice.api.ImportReport;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.Iterator;
import java.util.function.LongConsumer;

/// Writes the rows of a table into a branch.
public final class Import {
    /// From so many rows on, building the tree beats batches: it costs a sync of the packs.
    private static final long LOADED_ROWS = 50_000;

    private static final int BATCH_ROWS = 10_000;
    private static final long BATCH_BYTES = 8L << 20;

    /// What was written.
    ///
    /// @param rows how many rows
    /// @param bytes the size of their keys and values
    public record Result(long rows, long bytes) {}

    private Import() {}

    /// Writes all rows: those of an export as the library reads them, of other files many sorted ones into an empty
    /// space by building its tree, others in batches. Keys that are
    /// there already get the new value.
    ///
    /// @param branch whose working state they go to
    /// @param progress told how many more rows are in, from time to time
    public static Result into(Branch branch, Rows table, LongConsumer progress) {
        if (table instanceof Check file && file.key() instanceof KeyChoice.Exported) {
            return lines(branch, file, progress);
        }
        boolean many = table.isSorted() && table.rows() >= LOADED_ROWS;
        return many && branch.snapshot().space(table.space()).count() == 0
                ? load(branch, table, progress)
                : put(branch, table, progress);
    }

    /// The library reads what it wrote.
    private static Result lines(Branch branch, Check file, LongConsumer progress) {
        long[] told = {0};
        coppice.api.Import how = coppice.api.Import.into(file.space()).telling((_, _, done, _) -> {
            progress.accept(done - told[0]);
            told[0] = done;
        });
        try (InputStream in = Files.newInputStream(file.file().path())) {
            ImportReport report = branch.importLines(in, how);
            return new Result(report.rows(), report.bytes());
        } catch (IOException denied) {
            throw new InputException(file.file().path(), "it cannot be read: " + InputException.reason(denied));
        }
    }

    private static Result load(Branch branch, Rows table, LongConsumer progress) {
        long[] bytes = {0};
        try (Rows.Reading reading = table.read()) {
            long rows = branch.load(table.space(), new Iterator<>() {
                private long given;

                @Override
                public boolean hasNext() {
                    return reading.hasNext();
                }

                @Override
                public Entry next() {
                    Row row = reading.next();
                    bytes[0] += row.key().length + row.value().length;
                    given++;
                    if ((given & 1023) == 0) {
                        progress.accept(1024);
                    }
                    return new Entry(row.key(), row.value());
                }
            });
            return new Result(rows, bytes[0]);
        }
    }

    private static Result put(Branch branch, Rows table, LongConsumer progress) {
        long rows = 0;
        long bytes = 0;
        Batch batch = new Batch();
        String space = table.space();
        long filled = 0;
        try (Rows.Reading reading = table.read()) {
            while (reading.hasNext()) {
                Row row = reading.next();
                if (batch.size() >= BATCH_ROWS
                        || filled >= BATCH_BYTES
                        || !row.space().equals(space)) {
                    branch.space(space).apply(batch);
                    progress.accept(batch.size());
                    batch = new Batch();
                    filled = 0;
                    space = row.space();
                }
                batch.put(row.key(), row.value());
                rows++;
                bytes += row.key().length + row.value().length;
                filled += row.key().length + row.value().length;
            }
        }
        if (batch.size() > 0) {
            branch.space(space).apply(batch);
            progress.accept(batch.size());
        }
        return new Result(rows, bytes);
    }
}
