package coppice.engine.past;

import coppice.kernel.bytes.Bytes;
import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Hash;
import coppice.kernel.bytes.Xxh3;
import coppice.kernel.history.Commit;
import coppice.kernel.history.ShallowException;
import coppice.kernel.platform.Tasks;
import coppice.kernel.store.MissingChunkException;
import coppice.kernel.tree.Cursor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/// Compares an index of changed keys with the commits that it covers: that it says of each what it changed, no less
/// and no more, that it covers their parents, and that all entries are of covered commits. Commits that cannot be
/// read, such as those that are gone, are left out. Good for one look.
///
/// Reads the index once from end to end, and of each commit what is not the same in its parents. Entries are not
/// kept: of those that may be of the same commit the hashes are added up, and what the commits have changed is taken
/// off again, so that nothing must be left. Heap: 20 bytes for each covered commit.
final class IndexAudit {
    /// Entries in excess are looked for that often: each time costs the whole index.
    private static final int SOUGHT_MAX = 8;

    private final ChangeIndex index;
    private final IndexEntries entries;
    private final IndexDifferences differences;
    private final LongConsumer progress;
    private final Cursor covered;
    private final long[] generations;
    private final int[] starts;
    private final long[] sums;
    private final AtomicLong done = new AtomicLong();
    private int briefs;
    private int taken; // guarded by this
    private boolean more; // guarded by this
    private int sought; // guarded by this

    /// @param progress is told how many commits have been compared so far, by any thread
    IndexAudit(ChangeIndex index, IndexEntries entries, IndexDifferences differences, LongConsumer progress) {
        this.index = index;
        this.entries = entries;
        this.differences = differences;
        this.progress = progress;
        int commits = Math.toIntExact(index.covered().count());
        this.generations = new long[commits];
        this.starts = new int[commits];
        this.sums = new long[commits];
        this.covered = index.covered().cursor();
    }

    /// Compares all.
    ///
    /// @param workers how many threads work, the caller included
    void run(Tasks tasks, int workers) {
        number();
        add();
        more = covered.next();
        tasks.together("coppice-check-index", workers, () -> {
            for (Group group = next(); !group.marks.isEmpty(); group = next()) {
                compare(group);
                progress.accept(done.addAndGet(group.marks.size()));
            }
        });
    }

    /// Commits of which entries do not tell which they mean; mostly one.
    private record Group(int number, List<Mark> marks) {}

    private static Mark mark(byte[] key) {
        return new Mark(Bytes.i64BigEndian(key, 0), Hash.read(key, Long.BYTES));
    }

    /// Gives a number to all that an entry may mean.
    private void number() {
        Cursor cursor = index.covered().cursor();
        while (cursor.next()) {
            Mark mark = mark(cursor.key());
            if (briefs == 0 || generations[briefs - 1] != mark.generation() || starts[briefs - 1] != mark.start()) {
                generations[briefs] = mark.generation();
                starts[briefs] = mark.start();
                briefs++;
            }
        }
    }

    private int numberOf(Mark.Brief brief) {
        int low = 0;
        int high = briefs - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = Long.compare(generations[middle], brief.generation());
            order = order != 0 ? order : Integer.compareUnsigned(starts[middle], brief.start());
            if (order == 0) {
                return middle;
            }
            low = order < 0 ? middle + 1 : low;
            high = order < 0 ? high : middle - 1;
        }
        return -1;
    }

    /// Adds up the hashes of the entries.
    private void add() {
        long foreign = 0;
        RunMerge merge = new RunMerge(index.runs());
        while (merge.next()) {
            int number = number(merge.key());
            if (number < 0) {
                foreign++;
            } else {
                sums[number] += hash(merge.key());
            }
        }
        if (foreign > 0) {
            differences.differs(
                    ChangeIndexing.NAME, "entries of commits that it covers", foreign + " that are of no such commit");
        }
    }

    private int number(byte[] entry) {
        try {
            return numberOf(IndexKeys.brief(entry));
        } catch (IllegalArgumentException unreadable) {
            return -1;
        }
    }

    private static long hash(byte[] entry) {
        return Xxh3.hash64(entry);
    }

    private synchronized Group next() {
        List<Mark> marks = new ArrayList<>();
        while (more
                && (marks.isEmpty()
                        || mark(covered.key()).brief().equals(marks.getFirst().brief()))) {
            marks.add(mark(covered.key()));
            more = covered.next();
        }
        return new Group(taken++, marks);
    }

    private void compare(Group group) {
        Collection<byte[]> expected = group.marks.size() == 1 ? new ArrayList<>() : new TreeSet<>(Bytes::compare);
        for (Mark mark : group.marks) {
            try {
                Commit commit = entries.history().read(mark.commit());
                if (commit.generation() != mark.generation()) {
                    tell(mark, "generation " + commit.generation(), "generation " + mark.generation());
                    return;
                }
                parents(mark, commit);
                expected.addAll(entries.of(mark.commit(), commit));
            } catch (CorruptException | MissingChunkException | ShallowException unreadable) {
                return; // gone, or told by whoever proves the history
            }
        }
        long sum = sums[group.number];
        for (byte[] entry : expected) {
            sum -= hash(entry);
        }
        if (sum != 0) {
            explain(group, expected);
        }
    }

    private void parents(Mark mark, Commit commit) {
        for (Hash parent : commit.parents()) {
            if (entries.history().isHere(parent)
                    && !index.covers(parent, entries.history().read(parent).generation())) {
                tell(mark, "its parent " + parent + " to be covered as well", "that it is not");
            }
        }
    }

    private void explain(Group group, Collection<byte[]> expected) {
        Optional<byte[]> lacking = expected.stream()
                .filter(entry -> index.runs().stream().noneMatch(run -> run.contains(entry)))
                .findFirst();
        if (lacking.isPresent()) {
            tell(group.marks.getFirst(), IndexKeys.text(lacking.get()), "no entry of it");
        } else {
            tell(group.marks.getFirst(), "what the commit changed", excess(group, expected));
        }
    }

    private String excess(Group group, Collection<byte[]> expected) {
        synchronized (this) {
            if (++sought > SOUGHT_MAX) {
                return "more than that";
            }
        }
        for (RunMerge merge = new RunMerge(index.runs()); merge.next(); ) {
            byte[] entry = merge.key();
            if (number(entry) == group.number && expected.stream().noneMatch(one -> Arrays.equals(one, entry))) {
                return "also " + IndexKeys.text(entry);
            }
        }
        return "more than that";
    }

    private void tell(Mark mark, String expected, String found) {
        differences.differs("commit " + mark.commit(), expected, found);
    }
}
