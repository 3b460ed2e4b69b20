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
    /// What plans call it.
    static final String STEP = "scan";

    private final SpaceState rows;
    private final String name;
    private final KeyPattern keys;
    private final @Nullable KeyPattern pattern;
    private final Iterator<Range> ranges;
    private @Nullable StateCursor cursor;

    /// @param ranges in the order in which they are read, each in its own direction
    /// @param keys what keys must fit besides
    /// @param name of what has the rows, for people
    ScanStep(SpaceState rows, List<Range> ranges, KeyPattern keys, String name, double estimate) {
        super(STEP, estimate);
        this.rows = rows;
        this.name = name;
        this.keys = keys;
        this.pattern = keys.isRange() ? null : keys;
        this.ranges = ranges.iterator();
    }

    @Override
    String of() {
        return name + (keys.equals(KeyPattern.all()) ? "" : " keys '" + keys + "'");
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
