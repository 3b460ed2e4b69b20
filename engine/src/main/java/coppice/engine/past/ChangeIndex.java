package coppice.engine.past;

import coppice.kernel.bytes.Bytes;
import coppice.kernel.bytes.Hash;
import coppice.kernel.tree.Cursor;
import coppice.kernel.tree.Tree;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which commits changed a key: for a set of commits that with each one holds its ancestors, the covered ones. An
/// immutable value; safe for all threads.
///
/// Nothing depends on it but speed. It says which commits to look into, never what is in them, and it says
/// nothing of commits that are not covered. What it says of a commit stays true for ever, so it only grows. It
/// may know commits that are gone.
///
/// @param covered the covered commits: a tree whose keys are those of a closure, generation and hash
/// @param runs trees of [IndexKeys], from the largest to the smallest, which together hold the entries
record ChangeIndex(Tree covered, List<Tree> runs) {
    ChangeIndex {
        runs = List.copyOf(runs);
    }

    /// An index that covers nothing.
    static ChangeIndex none(Tree empty) {
        return new ChangeIndex(empty, List.of());
    }

    /// All trees that it consists of.
    List<Tree> trees() {
        List<Tree> all = new ArrayList<>(runs);
        all.add(covered);
        return all;
    }

    /// Whether the index knows what a commit changed.
    boolean covers(Hash commit, long generation) {
        return !covered.isEmpty() && covered.contains(coveredKey(commit, generation));
    }

    static byte[] coveredKey(Hash commit, long generation) {
        byte[] key = new byte[Long.BYTES + Hash.BYTES];
        Bytes.putI64BigEndian(key, 0, generation);
        commit.write(key, Long.BYTES);
        return key;
    }

    /// The commits that an entry may mean, in order: the one that it was made for, and whoever is of the same
    /// generation and has a name that begins alike.
    private List<Mark> meant(Mark.Brief brief) {
        byte[] prefix = new byte[Mark.BYTES];
        Bytes.putI64BigEndian(prefix, 0, brief.generation());
        Bytes.putI32BigEndian(prefix, Long.BYTES, brief.start());
        List<Mark> all = new ArrayList<>();
        Cursor cursor = covered.cursor();
        for (boolean more = cursor.seek(prefix); more && Bytes.startsWith(cursor.key(), prefix); more = cursor.next()) {
            all.add(new Mark(brief.generation(), Hash.read(cursor.key(), Long.BYTES)));
        }
        return all.reversed();
    }

    /// The commits that may have changed a key, newest first: those that did, and those that changed its space
    /// widely.
    List<Iterator<Mark>> changing(String space, byte[] key) {
        List<Iterator<Mark>> all = marks(IndexKeys.row(space, key));
        all.addAll(marks(IndexKeys.wide(space)));
        return all;
    }

    /// The commits that changed a key, newest first.
    List<Iterator<Mark>> marksOfKey(String space, byte[] key) {
        return marks(IndexKeys.row(space, key));
    }

    /// The commits that changed a space so widely that their keys are not listed, newest first.
    List<Iterator<Mark>> marksOfWide(String space) {
        return marks(IndexKeys.wide(space));
    }

    private List<Iterator<Mark>> marks(byte[] prefix) {
        List<Iterator<Mark>> all = new ArrayList<>();
        runs.forEach(run -> all.add(new Marks(this, run, prefix)));
        return all;
    }

    /// Whether a covered commit may have changed a key of a space.
    boolean mayHaveChanged(String space, Mark mark) {
        byte[] key = IndexKeys.marked(IndexKeys.changed(space), mark);
        return runs.stream().anyMatch(run -> run.contains(key));
    }

    /// Whether no other covered commit can be taken for this one, so that what may be of it is.
    boolean isUnmistakable(Mark mark) {
        return meant(mark.brief()).size() == 1;
    }

    /// The commits that changed any key of a space, newest first.
    List<Iterator<Mark>> marksOfSpace(String space) {
        return marks(IndexKeys.changed(space));
    }

    /// The covered commits whose names begin with these digits.
    List<Mark> named(String digits) {
        byte[] prefix = IndexKeys.names(digits);
        List<Mark> all = new ArrayList<>();
        for (Tree run : runs) {
            Cursor cursor = run.cursor();
            boolean more = cursor.seek(prefix);
            while (more && Bytes.startsWith(cursor.key(), prefix)) {
                meant(IndexKeys.named(cursor.key())).stream()
                        .filter(mark -> mark.commit().toString().startsWith(digits))
                        .forEach(all::add);
                more = cursor.next();
            }
        }
        return all;
    }

    /// How many changes of keys of a range are noted; widely changing commits not counted.
    long count(String space, byte @Nullable [] from, byte @Nullable [] to) {
        byte[] low = IndexKeys.from(space, from);
        byte[] high = IndexKeys.to(space, to);
        return runs.stream().mapToLong(run -> run.count(low, high)).sum();
    }

    /// The commits for which changes of keys of a range may be noted, in no order.
    Set<Mark> marksOfRange(String space, byte @Nullable [] from, byte @Nullable [] to) {
        Set<Mark.Brief> all = new HashSet<>();
        byte[] low = IndexKeys.from(space, from);
        byte[] high = IndexKeys.to(space, to);
        for (Tree run : runs) {
            Cursor cursor = run.cursor();
            for (boolean more = cursor.seek(low); more && cursor.compareKey(high) < 0; more = cursor.next()) {
                byte[] key = cursor.key();
                all.add(Mark.Brief.read(key, key.length - Mark.BYTES));
            }
        }
        Set<Mark> marks = new HashSet<>();
        all.forEach(brief -> marks.addAll(meant(brief)));
        return marks;
    }

    /// The marks that follow a prefix in one run.
    private static final class Marks implements Iterator<Mark> {
        private final ChangeIndex index;
        private final Cursor cursor;
        private final byte[] prefix;
        private final Deque<Mark> next = new ArrayDeque<>();
        private boolean started;

        Marks(ChangeIndex index, Tree run, byte[] prefix) {
            this.index = index;
            this.cursor = run.cursor();
            this.prefix = prefix;
        }

        @Override
        public boolean hasNext() {
            boolean more = next.isEmpty();
            while (more && next.isEmpty()) {
                more = started ? cursor.onRow() && cursor.next() : cursor.seek(prefix);
                started = true;
                more &= cursor.onRow() && Bytes.startsWith(cursor.key(), prefix);
                if (more) {
                    next.addAll(index.meant(Mark.Brief.read(cursor.key(), prefix.length)));
                }
            }
            return !next.isEmpty();
        }

        @Override
        public Mark next() {
            if (!hasNext()) {
                throw new NoSuchElementException("There are no more marks");
            }
            return next.remove();
        }
    }
}
