package coppice.cli.source;

import coppice.api.Batch;
import coppice.api.Branch;
import java.util.function.LongConsumer;

/// Writes the rows of a table into a space, in batches that are each applied as a whole.
public final class Import {
    private static final int BATCH_ROWS = 10_000;
    private static final long BATCH_BYTES = 8L << 20;

    /// What was written.
    ///
    /// @param rows how many rows
    /// @param bytes the size of their keys and values
    public record Result(long rows, long bytes) {}

    private Import() {}

    /// Writes all rows. Keys that are there already get the new value.
    ///
    /// @param branch whose working state they go to
    /// @param progress told how many more rows are in, batch by batch
    public static Result into(Branch branch, Rows table, LongConsumer progress) {
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
