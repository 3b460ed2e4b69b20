package coppice.kernel.history;

import coppice.kernel.bytes.Bytes;
import coppice.kernel.bytes.Hash;
import coppice.kernel.tree.Cursor;
import coppice.kernel.tree.TreeDiff;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Commits of some heads, newest first, one [#next] after the other; see [History#log]. Not thread-safe.
public final class CommitLog {
    private final History history;
    private final List<Lane> lanes = new ArrayList<>();
    private final List<Closure> excluded = new ArrayList<>();
    private final List<byte[]> excludedHeads = new ArrayList<>();
    private byte @Nullable [] current;

    CommitLog(History history, List<Closure.Named> heads, List<Closure.Named> without) {
        this.history = history;
        for (Closure.Named head : without) {
            excluded.add(history.closure(head.commit()));
            excludedHeads.add(head.key());
        }
        for (Closure.Named head : heads) {
            if (!isExcluded(head.key())) {
                Closure closure = history.closure(head.commit());
                lanes.add(new Lane(head.key(), closure.tree().cursor(), floor(head.key(), closure)));
            }
        }
    }

    /// One head and then its ancestors, from the greatest key down to `floor`.
    private static final class Lane {
        private final Cursor cursor;
        private final byte[] floor;
        private byte @Nullable [] key;
        private boolean started;

        Lane(byte[] head, Cursor cursor, byte[] floor) {
            this.cursor = cursor;
            this.floor = floor;
            this.key = head;
        }

        void advance() {
            boolean more = started ? cursor.previous() : cursor.last();
            started = true;
            key = more && cursor.compareKey(floor) >= 0 ? cursor.key() : null;
        }
    }

    /// The least key that is in the history of a head and in none of the excluded ones, or something less
    /// than it.
    private byte[] floor(byte[] head, Closure closure) {
        byte[] floor = {0};
        for (int index = 0; index < excluded.size(); index++) {
            byte[] own = firstOwn(closure, excluded.get(index), excludedHeads.get(index), head);
            if (Bytes.compare(own, floor) > 0) {
                floor = own;
            }
        }
        return floor;
    }

    private static byte[] firstOwn(Closure closure, Closure other, byte[] otherHead, byte[] head) {
        TreeDiff diff = other.tree().diff(closure.tree());
        while (diff.next()) {
            if (diff.kind() == TreeDiff.Kind.ADDED && !Arrays.equals(diff.key(), otherHead)) {
                return diff.key();
            }
        }
        return head;
    }

    private boolean isExcluded(byte[] key) {
        for (int index = 0; index < excluded.size(); index++) {
            if (Arrays.equals(key, excludedHeads.get(index))
                    || excluded.get(index).contains(key)) {
                return true;
            }
        }
        return false;
    }

    /// Goes on to the next commit and says whether there is one. Does not read it.
    public boolean next() {
        byte[] next = greatest();
        while (next != null && isExcluded(next)) {
            pass(next);
            next = greatest();
        }
        if (next != null && Bytes.i64BigEndian(next, 0) < history.floor()) {
            next = null; // generations only get lower from here on
        }
        if (next != null) {
            pass(next);
        }
        current = next;
        return next != null;
    }

    private byte @Nullable [] greatest() {
        byte[] greatest = null;
        for (Lane lane : lanes) {
            byte[] key = lane.key;
            if (key != null && (greatest == null || Bytes.compare(key, greatest) > 0)) {
                greatest = key;
            }
        }
        return greatest;
    }

    private void pass(byte[] key) {
        for (Lane lane : lanes) {
            if (Arrays.equals(lane.key, key)) {
                lane.advance();
            }
        }
    }

    /// The name of the current commit.
    ///
    /// @throws IllegalStateException unless the last [#next] was true
    public Hash hash() {
        return Closure.hash(key());
    }

    /// The generation of the current commit; it is not read for that.
    public long generation() {
        return Bytes.i64BigEndian(key(), 0);
    }

    /// Reads the current commit.
    public Commit commit() {
        return history.read(hash());
    }

    private byte[] key() {
        byte[] key = current;
        if (key == null) {
            throw new IllegalStateException("No commit here: ask only after next() has returned true");
        }
        return key;
    }
}
