package coppice.engine.views;

import coppice.api.projection.Lookup;
import coppice.api.query.Row;
import coppice.engine.query.PlainRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads one projection in one state.
interface Reader {
    /// How many entries a lookup finds.
    long count(Lookup lookup);

    /// The entries that a lookup finds, in order.
    ///
    /// @param after behind which place; all when empty
    /// @param isCovered whether to give what the projection itself has, and not the rows that it is about
    /// @param wanted how many will be asked for at least, if there are so many; from 1 on
    Walk walk(Lookup lookup, Optional<byte[]> after, boolean isCovered, int wanted);

    /// The rows that a lookup finds, all of them, in order.
    default List<Row> rows(Lookup lookup) {
        Walk walk = walk(lookup, Optional.empty(), false, 1);
        List<Row> rows = new ArrayList<>();
        for (Found found = walk.next(); found != null; found = walk.next()) {
            rows.add(found.row());
        }
        return List.copyOf(rows);
    }

    /// A walk over what was found. One thread.
    interface Walk {
        /// The next one; null when there is none.
        @Nullable
        Found next();
    }

    /// What was found.
    interface Found {
        Row row();

        /// Where it was found.
        byte[] place();
    }

    /// What was found under a key, which is where it was found.
    record FoundRow(byte[] place, byte[] document) implements Found {
        @Override
        public Row row() {
            return new PlainRow(place, document);
        }
    }
}
