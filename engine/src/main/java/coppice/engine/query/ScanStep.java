package coppice.engine.query;

import coppice.api.KeyPattern;
import coppice.api.Range;
import coppice.engine.state.SpaceState;
import coppice.engine.state.StateCursor;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads rows in the order of their keys, or the opposite.
final class ScanStep extends Step {
    private final SpaceState rows;
    private final @Nullable KeyPattern pattern;
    private final Iterator<Range> ranges;
    private @Nullable StateCursor cursor;

    /// @param ranges in the order in which they are read, each in its own direction
    /// @param pattern what keys must fit besides, if anything
    ScanStep(SpaceState rows, List<Range> ranges, @Nullable KeyPattern pattern, String of, double estimate) {
        super("scan", of, estimate);
        this.rows = rows;
        this.pattern = pattern;
        this.ranges = ranges.iterator();
    }

    @Override
    @Nullable
    Found advance() {
        while (true) {
            StateCursor open = cursor;
            if (open == null) {
                if (!ranges.hasNext()) {
                    return null;
                }
                open = rows.scan(ranges.next());
                cursor = open;
            }
            while (open.next()) {
                byte[] key = open.key();
                if (pattern == null || pattern.fits(key)) {
                    return new Found(rows, key, open.value());
                }
            }
            cursor = null;
        }
    }
}
