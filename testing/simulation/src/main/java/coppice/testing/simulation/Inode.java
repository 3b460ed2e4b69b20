package coppice.testing.simulation;

import coppice.testing.simulation.Change.Resize;
import coppice.testing.simulation.Change.Write;
import coppice.testing.simulation.Change.Zeros;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A file's content: as programs see it, as it is on stable storage, and what lies between.
final class Inode {
    /// A change, and whether a sync that should have kept it failed: no later sync will write it then.
    private record Pending(Change change, boolean doomed) {}

    private static final byte[] ZEROS = new byte[1 << 20];

    private final Pages seen;
    private final Pages durable;
    private final List<Pending> pending = new ArrayList<>();

    Inode() {
        this(new Pages(), new Pages());
    }

    private Inode(Pages seen, Pages durable) {
        this.seen = seen;
        this.durable = durable;
    }

    long size() {
        return seen.size();
    }

    int read(long position, byte[] into, int offset, int length) {
        return seen.read(position, into, offset, length);
    }

    /// Writes; nothing is durable yet.
    Change write(long position, byte[] from, int offset, int length) {
        Change change = length >= 4096 && isZero(from, offset, length)
                ? new Zeros(position, length)
                : new Write(position, Arrays.copyOfRange(from, offset, offset + length));
        change.applyTo(seen);
        pending.add(new Pending(change, false));
        return change;
    }

    void truncate(long size) {
        Change change = new Resize(size);
        change.applyTo(seen);
        pending.add(new Pending(change, false));
    }

    private static boolean isZero(byte[] bytes, int offset, int length) {
        for (int done = 0; done < length; done += ZEROS.length) {
            int count = Math.min(ZEROS.length, length - done);
            if (!Arrays.equals(bytes, offset + done, offset + done + count, ZEROS, 0, count)) {
                return false;
            }
        }
        return true;
    }

    /// Makes one change durable; it is the last one. Those before stay as they are, except that a change of length
    /// has to come first.
    void settle(Change last) {
        int resize = pending.size() - 1;
        while (resize >= 0 && !(pending.get(resize).change instanceof Resize)) {
            resize--;
        }
        List<Pending> later = List.copyOf(pending.subList(resize + 1, pending.size()));
        pending.subList(resize + 1, pending.size()).clear();
        sync();
        last.applyTo(durable);
        for (Pending before : later.subList(0, later.size() - 1)) {
            pending.add(new Pending(under(before.change, last), before.doomed));
        }
    }

    /// Makes everything durable except what an earlier sync gave up.
    void sync() {
        List<Pending> doomed = new ArrayList<>();
        for (Pending next : pending) {
            if (next.doomed) {
                doomed.add(next);
            } else {
                next.change.applyTo(durable);
                doomed.replaceAll(before -> new Pending(under(before.change, next.change), true));
            }
        }
        pending.clear();
        pending.addAll(doomed);
    }

    private static Change under(Change before, Change after) {
        if (before instanceof Write first) {
            return switch (after) {
                case Write write -> first.under(write);
                case Zeros zeros -> first.under(new Write(zeros.position(), new byte[(int) zeros.length()]));
                case Resize resize -> first.cutAt(resize.size());
            };
        }
        return before;
    }

    /// A sync fails: the system counts the pages as clean from now on, whatever reached the disk.
    void failSync() {
        pending.replaceAll(change -> new Pending(change.change, true));
    }

    boolean isDurable() {
        return pending.isEmpty();
    }

    /// The same file on another disk.
    Inode copy() {
        Inode copy = new Inode(seen.copy(), durable.copy());
        copy.pending.addAll(pending);
        return copy;
    }

    /// What a power cut leaves of the file.
    Inode afterPowerCut(Tearing tearing) {
        Pages left = durable.copy();
        for (Pending change : pending) {
            tearing.apply(change.change, left);
        }
        return new Inode(left.copy(), left);
    }
}
