package coppice.engine.recovery;

import coppice.engine.live.RefNames;
import coppice.engine.log.LogRecord;
import coppice.engine.log.Note;
import coppice.kernel.history.RefValue;
import coppice.kernel.history.Refs;
import java.util.HashMap;
import java.util.Map;

/// Which refs there are, and as of which positions of the journal, while its records are read: of a database that
/// nobody has open. Not thread-safe.
public final class RefPositions implements PastRecords.Known {
    private final Map<String, Long> positions = new HashMap<>();

    /// Refs as a table has them.
    public static RefPositions of(Refs table) {
        RefPositions positions = new RefPositions();
        table.list("")
                .forEach(ref -> positions.positions.put(ref.name(), ref.value().lsn()));
        return positions;
    }

    /// Takes a record that is not past, and says whether it was one.
    public boolean take(LogRecord entry, long lsn) {
        if (PastRecords.isPast(entry, this, lsn)) {
            return false;
        }
        switch (entry) {
            case LogRecord.Placed(String ref, RefValue _, Note _) -> positions.put(ref, lsn);
            case LogRecord.Dropped(String ref, Note _) -> positions.remove(ref);
            case LogRecord.Renamed(String from, String to, Note _) -> {
                positions.remove(RefNames.head(from));
                positions.put(RefNames.head(to), lsn);
            }
            case LogRecord.OnBranch _ -> {}
        }
        return true;
    }

    @Override
    public boolean isPast(String ref, long lsn) {
        return positions.getOrDefault(ref, -1L) >= lsn;
    }

    @Override
    public boolean has(String ref) {
        return positions.containsKey(ref);
    }

    @Override
    public void forget(String branch) {
        positions.remove(RefNames.head(branch));
    }
}
