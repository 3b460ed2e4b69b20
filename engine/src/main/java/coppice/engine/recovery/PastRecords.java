package coppice.engine.recovery;

import coppice.engine.live.RefNames;
import coppice.engine.log.LogRecord;
import coppice.engine.log.Note;
import coppice.kernel.history.RefValue;

/// Tells which records of a journal say only what a table of refs has already, where the journal begins before the
/// table: then nobody knows any more from where on it is to be replayed.
public final class PastRecords {
    private PastRecords() {}

    /// Refs as of some record.
    public interface Known {
        /// Whether a ref is there as of this position or a later one.
        boolean isPast(String ref, long lsn);

        /// Whether there is a ref of this name.
        boolean has(String ref);

        /// Takes a branch away that was made by records from before the table.
        void forget(String branch);
    }

    /// Whether a record is past, or of a ref that was gone by the time of the table.
    ///
    /// @param known the refs of the table, and what the records before this one made of them that were not past
    public static boolean isPast(LogRecord entry, Known known, long lsn) {
        return switch (entry) {
            case LogRecord.Placed(String ref, RefValue _, Note _) -> known.isPast(ref, lsn);
            case LogRecord.Dropped(String ref, Note _) -> known.isPast(ref, lsn) || !known.has(ref);
            case LogRecord.Renamed(String from, String to, Note _) -> {
                boolean past = known.isPast(RefNames.head(to), lsn);
                if (past && !known.isPast(RefNames.head(from), lsn)) {
                    known.forget(from); // made again on the way here
                }
                yield past || !known.has(RefNames.head(from));
            }
            case LogRecord.OnBranch _ -> !known.has(ref(entry));
        };
    }

    /// The whole name of the ref that a record is about.
    public static String ref(LogRecord entry) {
        return switch (entry) {
            case LogRecord.OnBranch on -> RefNames.head(on.branch());
            case LogRecord.Renamed(String from, String _, Note _) -> RefNames.head(from);
            case LogRecord.Placed(String ref, RefValue _, Note _) -> ref;
            case LogRecord.Dropped(String ref, Note _) -> ref;
        };
    }
}
