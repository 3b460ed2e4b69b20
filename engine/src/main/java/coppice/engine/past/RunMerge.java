package coppice.engine.past;

import coppice.kernel.bytes.Bytes;
import coppice.kernel.tree.Cursor;
import coppice.kernel.tree.Tree;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/// All entries of some runs in order, each once. Not thread-safe.
final class RunMerge {
    private final PriorityQueue<Reading> open =
            new PriorityQueue<>(Comparator.comparing(reading -> reading.key, Bytes::compare));
    private byte[] key = Bytes.EMPTY;

    /// A run that is read, and the entry at which that is.
    private static final class Reading {
        private final Cursor cursor;
        private byte[] key = Bytes.EMPTY;

        Reading(Tree run) {
            this.cursor = run.cursor();
        }

        boolean next() {
            boolean more = cursor.next();
            key = more ? cursor.key() : Bytes.EMPTY;
            return more;
        }
    }

    RunMerge(List<Tree> runs) {
        for (Tree run : runs) {
            Reading reading = new Reading(run);
            if (reading.next()) {
                open.add(reading);
            }
        }
    }

    /// Goes on to the next entry and says whether there is one.
    boolean next() {
        byte[] before = key;
        while (!open.isEmpty()) {
            Reading least = open.remove();
            key = least.key;
            if (least.next()) {
                open.add(least);
            }
            if (!Arrays.equals(key, before)) {
                return true;
            }
        }
        return false;
    }

    /// The entry.
    byte[] key() {
        return key;
    }
}
