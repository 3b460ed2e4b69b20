package coppice.structure.ground;

import coppice.api.Cursor;
import coppice.api.Range;
import coppice.api.Space;
import java.util.ArrayList;
import java.util.List;

/// All that is in a space, within a transaction.
public final class Contents {
    private Contents() {}

    /// Removes it. Costs O(n), and the memory of the keys.
    public static void clear(Space space) {
        List<byte[]> keys = new ArrayList<>();
        try (Cursor cursor = space.scan(Range.all())) {
            while (cursor.next()) {
                keys.add(cursor.key());
            }
        }
        keys.forEach(space::delete);
    }

    /// Puts it into another space and removes it here. Costs O(n).
    public static void move(Space from, Space to) {
        try (Cursor cursor = from.scan(Range.all())) {
            while (cursor.next()) {
                to.put(cursor.key(), cursor.value());
            }
        }
        clear(from);
    }
}
