package coppice.engine.state;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How changes move the rows of a folded tree: a sorted set of changed keys, each with its place among the rows of
/// the tree and with what it adds to them. An immutable value that shares what it has in common with those it came
/// from.
///
/// A weight-balanced search tree (Nievergelt and Reingold 1973, with the parameters of Hirai and Yamamoto 2011)
/// that knows what each subtree adds, so that ranks and rows are found in O(log n). A place in the tree below
/// never changes, which is why it is looked up once.
final class Shifts {
    /// No changes.
    static final Shifts NONE = new Shifts();

    private static final int BALANCE = 3;
    private static final int SINGLE = 2;

    private final Shift own;
    private final Shifts left;
    private final Shifts right;
    private final int size;
    private final int gain;

    /// One changed key.
    ///
    /// @param key the key. Not a copy
    /// @param place how many rows of the tree come before it
    /// @param isBelow whether the tree has it
    /// @param isThere whether it is there after the change
    record Shift(byte[] key, long place, boolean isBelow, boolean isThere) {
        /// There when it was not, and the other way round.
        Shift turned() {
            return new Shift(key, place, isBelow, !isThere);
        }

        int gain() {
            return (isThere ? 1 : 0) - (isBelow ? 1 : 0);
        }
    }

    /// Where a row is.
    ///
    /// @param key its key, where the tree does not have it
    /// @param place its place in the tree, where it has
    record Found(byte @Nullable [] key, long place) {}

    private Shifts() {
        this.own = new Shift(new byte[0], 0, false, false);
        this.left = this;
        this.right = this;
        this.size = 0;
        this.gain = 0;
    }

    private Shifts(Shifts left, Shift own, Shifts right) {
        this.own = own;
        this.left = left;
        this.right = right;
        this.size = left.size + 1 + right.size;
        this.gain = left.gain + own.gain() + right.gain;
    }

    /// Of changes in the order of their keys.
    static Shifts of(List<Shift> sorted) {
        if (sorted.isEmpty()) {
            return NONE;
        }
        int middle = sorted.size() / 2;
        return new Shifts(
                of(sorted.subList(0, middle)), sorted.get(middle), of(sorted.subList(middle + 1, sorted.size())));
    }

    /// How many changed keys there are.
    int size() {
        return size;
    }

    /// How many more rows there are than in the tree.
    long gain() {
        return gain;
    }

    /// How many steps there are at most to a key.
    int depth() {
        return isNone() ? 0 : 1 + Math.max(left.depth(), right.depth());
    }

    private boolean isNone() {
        return size == 0;
    }

    /// What is known of a key, if it is among those changed.
    @Nullable
    Shift find(byte[] key) {
        Shifts at = this;
        while (!at.isNone()) {
            int order = Arrays.compareUnsigned(key, at.own.key());
            if (order == 0) {
                return at.own;
            }
            at = order < 0 ? at.left : at.right;
        }
        return null;
    }

    /// With one more, or another in its place.
    Shifts with(Shift shift) {
        if (isNone()) {
            return new Shifts(NONE, shift, NONE);
        }
        int order = Arrays.compareUnsigned(shift.key(), own.key());
        if (order == 0) {
            return new Shifts(left, shift, right);
        }
        return order < 0 ? balanced(left.with(shift), own, right) : balanced(left, own, right.with(shift));
    }

    /// With many more, or others in their places. Costs less than one after the other: O(m log(n/m + 1)), by
    /// joining (Blelloch, Ferizovic and Sun 2016).
    ///
    /// @param sorted in the order of their keys, each once
    Shifts with(List<Shift> sorted) {
        if (sorted.isEmpty()) {
            return this;
        }
        if (isNone()) {
            return of(sorted);
        }
        int at = place(sorted, own.key());
        boolean isSame = at < sorted.size() && Arrays.equals(sorted.get(at).key(), own.key());
        return joined(
                left.with(sorted.subList(0, at)),
                isSame ? sorted.get(at) : own,
                right.with(sorted.subList(isSame ? at + 1 : at, sorted.size())));
    }

    /// How many come before a key.
    private static int place(List<Shift> sorted, byte[] key) {
        int low = 0;
        int high = sorted.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Arrays.compareUnsigned(sorted.get(middle).key(), key) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static Shifts joined(Shifts left, Shift own, Shifts right) {
        if (left.weight() > BALANCE * right.weight()) {
            return balanced(left.left, left.own, joined(left.right, own, right));
        }
        if (right.weight() > BALANCE * left.weight()) {
            return balanced(joined(left, own, right.left), right.own, right.right);
        }
        return new Shifts(left, own, right);
    }

    private static Shifts balanced(Shifts left, Shift own, Shifts right) {
        if (left.weight() > BALANCE * right.weight()) {
            return left.right.weight() < SINGLE * left.left.weight()
                    ? new Shifts(left.left, left.own, new Shifts(left.right, own, right))
                    : new Shifts(
                            new Shifts(left.left, left.own, left.right.left),
                            left.right.own,
                            new Shifts(left.right.right, own, right));
        }
        if (right.weight() > BALANCE * left.weight()) {
            return right.left.weight() < SINGLE * right.right.weight()
                    ? new Shifts(new Shifts(left, own, right.left), right.own, right.right)
                    : new Shifts(
                            new Shifts(left, own, right.left.left),
                            right.left.own,
                            new Shifts(right.left.right, right.own, right.right));
        }
        return new Shifts(left, own, right);
    }

    private int weight() {
        return size + 1;
    }

    /// How many more rows than in the tree come before a key.
    long gainBefore(byte[] key) {
        long sum = 0;
        Shifts at = this;
        while (!at.isNone()) {
            if (Arrays.compareUnsigned(at.own.key(), key) < 0) {
                sum += at.left.gain + at.own.gain();
                at = at.right;
            } else {
                at = at.left;
            }
        }
        return sum;
    }

    /// Where the row is that has so many before it.
    ///
    /// @param index less than the number of rows
    Found select(long index) {
        long sum = 0;
        Shifts at = this;
        while (!at.isNone()) {
            long before = sum + at.left.gain;
            long rank = at.own.place() + before;
            if (rank > index) {
                at = at.left;
            } else if (rank == index && at.own.gain() > 0) {
                return new Found(at.own.key(), at.own.place());
            } else {
                sum = before + at.own.gain();
                at = at.right;
            }
        }
        return new Found(null, index - sum);
    }
}
