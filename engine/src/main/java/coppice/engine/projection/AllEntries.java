package coppice.engine.projection;

import coppice.api.Range;
import coppice.kernel.tree.Cursor;
import coppice.kernel.tree.Tree;
import java.util.concurrent.atomic.AtomicLong;

/// Makes all entries of a derivation: where there are many rows, on several processors. Of use once.
final class AllEntries {
    /// So many rows are taken at a time...
    private static final int ROWS = 2_048;

    /// ...and from so many on it is worth it to start threads.
    private static final int MANY = 16_384;

    private final Derivation step;
    private final Tree rows;
    private final Ticker ticker;
    private final EntrySort sort;
    private final AtomicLong next;
    private final long end;

    private AllEntries(Derivation step, Tree rows, Ticker ticker, EntrySort sort, long begin, long end) {
        this.step = step;
        this.rows = rows;
        this.ticker = ticker;
        this.sort = sort;
        this.next = new AtomicLong(begin);
        this.end = end;
    }

    static Tree of(Derivation step, Deriving deriving, Tree rows, Ticker ticker) {
        Range keys = step.keys();
        long begin = rows.rank(keys.lower());
        long end = keys.upper().map(rows::rank).orElseGet(rows::count);
        int workers = end - begin < MANY ? 1 : deriving.workers();
        EntrySort sort = new EntrySort(deriving.nodes(), deriving.batchBytes() / workers);
        AllEntries work = new AllEntries(step, rows, ticker, sort, begin, end);
        deriving.tasks().together("coppice-projection", workers, work::run);
        return sort.finish();
    }

    private void run() {
        EntrySort.Part part = sort.part();
        Cursor cursor = rows.cursor();
        for (long from = take(); from < end; from = take()) {
            long to = Math.min(end, from + ROWS);
            cursor.seekIndex(from);
            for (long at = from; at < to; at++, cursor.next()) {
                step.derive(cursor.key(), cursor.value(), part::add);
            }
            tell(to - from);
        }
        part.end();
    }

    private long take() {
        return next.getAndAdd(ROWS);
    }

    private synchronized void tell(long looked) {
        try {
            ticker.rows(looked);
        } catch (RuntimeException stopped) {
            next.set(end);
            throw stopped;
        }
    }
}
