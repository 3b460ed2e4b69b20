package coppice.engine.state;

import coppice.api.Entry;
import coppice.api.Range;
import coppice.engine.delta.Delta;
import coppice.engine.delta.DeltaCursor;
import coppice.engine.delta.DeltaEditor;
import coppice.engine.log.SpaceWrites;
import coppice.kernel.bytes.Bytes;
import coppice.kernel.tree.Tree;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// One state of one space: a folded tree, changes put aside to be folded next, and newer changes on top. An
/// immutable value.
///
/// Counting needs to know which changed keys are in the tree below. That is found out when first asked for, in one
/// walk over the changes; from then on, until the next fold, each later state knows its count from its writes
/// alone. Numbering rows needs the same of each changed key, see [Ranking].
@SuppressWarnings("ReferenceEquality") // a removal, and "the same delta", are identities
public final class SpaceState {
    private static final long UNKNOWN = -1;

    /// How many changes in a range are looked at for an estimate...
    private static final int LOOKED_AT = 1_000;

    /// ...and how many for one of all keys.
    private static final int LOOKED_AT_OF_ALL = 100;

    private final Roots roots;
    private final Tree base;
    private final Delta aside;
    private final Delta recent;
    private final Ranking ranking;
    private volatile long count;
    private volatile long estimate = UNKNOWN;
    private volatile boolean counting;
    private volatile @Nullable Tree whole;
    private volatile @Nullable Shifts shifts;

    private SpaceState(Roots roots, Tree base, Delta aside, Delta recent, long count, Ranking ranking) {
        this.roots = roots;
        this.base = base;
        this.aside = aside;
        this.recent = recent;
        this.ranking = ranking;
        this.count = count;
        this.counting = count != UNKNOWN && isUnfolded();
    }

    /// A space that is all folded.
    public static SpaceState of(Roots roots, Tree tree) {
        return new SpaceState(roots, tree, Delta.EMPTY, Delta.EMPTY, tree.count(), new Ranking());
    }

    /// The folded tree.
    public Tree base() {
        return base;
    }

    /// The changes put aside to be folded.
    public Delta aside() {
        return aside;
    }

    Delta recent() {
        return recent;
    }

    /// The value of a key, or null. The array is the caller's own.
    public byte @Nullable [] get(byte[] key) {
        byte[] value = recent.find(key);
        if (value == null) {
            value = aside.find(key);
            if (value == null) {
                return base.get(key);
            }
        }
        return value == Delta.REMOVED ? null : value.clone();
    }

    /// The values of keys, or null. The arrays are the caller's own. Costs less than to ask for one after the
    /// other.
    @SuppressWarnings("ReferenceEquality") // a removal is an identity, not a content
    public byte[] @Nullable [] getAll(byte[][] keys) {
        if (!isUnfolded()) {
            return base.getAll(keys);
        }
        byte[] @Nullable [] values = new byte[keys.length][];
        int[] left = new int[keys.length];
        int count = 0;
        for (int i = 0; i < keys.length; i++) {
            byte[] change = change(keys[i]);
            if (change == null) {
                left[count++] = i;
            } else {
                values[i] = change == Delta.REMOVED ? null : change.clone();
            }
        }
        byte[] @Nullable [] below = base.getAll(
                IntStream.of(left).limit(count).mapToObj(i -> keys[i]).toArray(byte[][]::new));
        for (int i = 0; i < count; i++) {
            values[left[i]] = below[i];
        }
        return values;
    }

    /// Whether a key is there.
    public boolean contains(byte[] key) {
        byte[] value = change(key);
        return value == null ? base.contains(key) : value != Delta.REMOVED;
    }

    private byte @Nullable [] change(byte[] key) {
        byte[] value = recent.find(key);
        return value != null ? value : aside.find(key);
    }

    /// Whether there is at least one key.
    public boolean hasEntries() {
        return isUnfolded() ? new StateCursor(this, Range.all()).next() : !base.isEmpty();
    }

    /// The number of keys.
    public long count() {
        long known = countOnce();
        counting = true;
        return known;
    }

    /// The number of keys, for who asks now and then: later states do not keep count because of it. Costs
    /// O(changes), once for this state.
    long countOnce() {
        long known = count;
        if (known == UNKNOWN) {
            known = base.count() + gain();
            count = known;
        }
        return known;
    }

    private long gain() {
        long gain = 0;
        Delta changes = aside.over(recent);
        for (DeltaCursor cursor = changes.cursor(); cursor.next(); ) {
            gain += gain(cursor);
        }
        return gain;
    }

    /// The whole content as a tree, for comparison: the folded tree itself when nothing changed since,
    /// else made once for this state, in O(changes).
    public Tree whole() {
        if (!isUnfolded()) {
            return base;
        }
        Tree tree = whole;
        if (tree == null) {
            tree = roots.writing(() -> {
                Tree made = base.apply(new DeltaEdits(aside.over(recent)));
                roots.hold(this, List.of(new Roots.OfTree(made.root())));
                return made;
            });
            whole = tree;
        }
        return tree;
    }

    /// The number of keys in a range. Costs as [#rank].
    public long count(Range range) {
        byte[] lower = range.lower();
        long low = lower.length == 0 ? 0 : rank(lower);
        return Math.max(0, range.upper().map(this::rank).orElseGet(this::rows) - low);
    }

    /// The number of keys in a range, for who asks now and then. Costs O(log n) and the changes in the range that
    /// are not folded; makes no tree.
    public long countOnce(Range range) {
        return below(range) + gain(range, Long.MAX_VALUE);
    }

    /// About how many keys there are. Costs a look at two hundred changes at most, once for this state.
    private long estimate() {
        long known = count == UNKNOWN ? estimate : count;
        if (known == UNKNOWN) {
            known = Math.max(0, base.count() + gain(Range.all(), LOOKED_AT_OF_ALL));
            estimate = known;
        }
        return known;
    }

    /// About how many keys are in a range. Costs O(log n) and a look at two thousand changes at most; exact where
    /// no more than a thousand of them are in it, or a hundred where it is that of all keys.
    public long estimate(Range range) {
        if (range.lower().length == 0 && range.upper().isEmpty()) {
            return estimate();
        }
        return Math.max(0, below(range) + gain(range, LOOKED_AT));
    }

    private long gain(Range range, long most) {
        return gain(range, recent, Delta.EMPTY, most) + gain(range, aside, recent, most);
    }

    /// How many keys changes add to those of the tree.
    ///
    /// @param hiding later changes, which count instead
    /// @param most how many are looked at before the rest is guessed
    private long gain(Range range, Delta changes, Delta hiding, long most) {
        if (changes.isEmpty()) {
            return 0;
        }
        long gain = 0;
        DeltaCursor cursor = changes.cursor();
        cursor.seek(range.lower());
        for (long seen = 0; cursor.next() && range.contains(cursor.key()); seen++) {
            if (seen == most) {
                return gain * changes.size() / most;
            }
            gain += hiding.find(cursor.key()) == null ? gain(cursor) : 0;
        }
        return gain;
    }

    private long below(Range range) {
        byte[] lower = range.lower();
        return base.count(lower.length == 0 ? null : lower, range.upper().orElse(null));
    }

    private int gain(DeltaCursor change) {
        return (change.value() == Delta.REMOVED ? 0 : 1) - (base.contains(change.key()) ? 1 : 0);
    }

    /// The number of keys before one. Costs O(log n) after what changed since the space was asked for ranks last.
    public long rank(byte[] key) {
        return base.rank(key) + (isUnfolded() ? shifts().gainBefore(key) : 0);
    }

    /// The entry with this many before it. Costs as [#rank].
    public Optional<Entry> select(long index) {
        if (index >= rows()) {
            return Optional.empty();
        }
        Shifts.Found found = isUnfolded() ? shifts().select(index) : new Shifts.Found(null, index);
        byte[] key = found.key();
        if (key == null) {
            var row = base.select(found.place());
            key = row.key();
            byte[] changed = change(key);
            return Optional.of(new Entry(key, changed == null ? row.value() : changed.clone()));
        }
        return Optional.of(
                new Entry(key.clone(), Objects.requireNonNull(change(key)).clone()));
    }

    private long rows() {
        return base.count() + (isUnfolded() ? shifts().gain() : 0);
    }

    private Shifts shifts() {
        Shifts known = shifts;
        if (known == null) {
            known = ranking.of(this);
            shifts = known;
        }
        return known;
    }

    /// The same, for who writes over it what the others do not see: what it finds out about ranks stays its own.
    public SpaceState apart() {
        SpaceState other = new SpaceState(roots, base, aside, recent, count, ranking.apart());
        other.shifts = shifts;
        return other;
    }

    /// A walk over a range.
    public StateCursor scan(Range range) {
        return new StateCursor(this, range);
    }

    /// A walk over the keys from one on, or from the first where it is empty, and before another. Keeps the
    /// arrays, which nobody changes from then on.
    public StateCursor scan(byte[] from, byte[] to, boolean isReversed) {
        return new StateCursor(this, from, to, isReversed);
    }

    /// Whether there are changes that are not folded into the tree.
    boolean isUnfolded() {
        return !recent.isEmpty() || !aside.isEmpty();
    }

    /// How many changes are not folded into the tree.
    public long unfolded() {
        return (long) recent.size() + aside.size();
    }

    /// About how many changes lie between two states over the same folded tree, where one follows the other: at
    /// least so many.
    public long distance(SpaceState other) {
        return aside == other.aside
                ? Math.abs(recent.size() - other.recent.size())
                : Math.abs(unfolded() - other.unfolded());
    }

    /// The heap that unfolded changes hold, in bytes.
    public long unfoldedBytes() {
        return recent.bytes() + aside.bytes();
    }

    /// This space with writes on top. Keeps their arrays.
    public SpaceState with(SpaceWrites writes) {
        if (counting && count != UNKNOWN) {
            return counted(writes);
        }
        return new SpaceState(
                roots, base, aside, recent.with(writes.keys(), writes.values(), this::isNew), UNKNOWN, ranking);
    }

    private SpaceState counted(SpaceWrites writes) {
        DeltaEditor editor = recent.edit();
        long known = count;
        for (int i = 0; i < writes.keys().length; i++) {
            byte[] key = writes.keys()[i];
            byte[] value = writes.values()[i];
            byte[] before = editor.find(key);
            boolean was = before == null ? containsBelow(key) : before != Delta.REMOVED;
            known += (value == Delta.REMOVED ? 0 : 1) - (was ? 1 : 0);
            editor.put(key, value, this::isNew);
        }
        return new SpaceState(roots, base, aside, editor.done(), known, ranking);
    }

    /// Whether only the recent changes can have a key. Reads nothing from the disk, as writers wait for it.
    private boolean isNew(byte[] key) {
        return aside.find(key) == null && base.isKnownToLack(key);
    }

    private boolean containsBelow(byte[] key) {
        byte[] value = aside.find(key);
        return value == null ? base.contains(key) : value != Delta.REMOVED;
    }

    /// The same content, with all changes put aside.
    public SpaceState frozen() {
        SpaceState frozen = new SpaceState(roots, base, aside.over(recent), Delta.EMPTY, count, ranking);
        frozen.shifts = shifts;
        return frozen;
    }

    /// The same content, with what was put aside now in this tree.
    public SpaceState folded(Tree tree) {
        long known = recent.isEmpty() ? tree.count() : UNKNOWN;
        return new SpaceState(roots, tree, Delta.EMPTY, recent, known, new Ranking());
    }

    /// The same content, as changes over the tree that this one's was folded from.
    ///
    /// @param changes those that were folded into it
    SpaceState unfolded(Tree earlier, Delta changes) {
        return new SpaceState(roots, earlier, changes.over(aside), recent, count, new Ranking());
    }

    /// Visits keys whose values may differ between two states over the same folded tree, some perhaps twice: all
    /// that do differ are among them. Costs the changes that only one of them has, where one state follows the
    /// other.
    ///
    /// @throws IllegalArgumentException when they are over different trees
    public void differing(SpaceState other, Consumer<byte[]> keys) {
        if (!base.equals(other.base)) {
            throw new IllegalArgumentException("The states are over different trees: compare their trees");
        }
        if (aside == other.aside) {
            differing(recent, other.recent, keys);
        } else {
            differing(aside.over(recent), other.aside.over(other.recent), keys);
        }
    }

    private static void differing(Delta one, Delta other, Consumer<byte[]> keys) {
        one.differing(other, keys);
        other.differing(one, keys);
    }

    /// Whether both are over the same folded tree.
    public boolean isOverSameTree(SpaceState other) {
        return base.equals(other.base);
    }

    /// Whether both are one state in one form: over the same folded tree with the same changes.
    public boolean isSame(SpaceState other) {
        return recent == other.recent && aside == other.aside && base.equals(other.base);
    }

    /// All changes over the folded tree.
    Delta changes() {
        return aside.over(recent);
    }

    /// Whether a key has the same value, or is absent, in both.
    public boolean agreesAt(SpaceState other, byte[] key) {
        byte[] mine = change(key);
        byte[] theirs = other.change(key);
        if (mine == theirs && (mine != null || base.equals(other.base))) {
            return true;
        }
        return Arrays.equals(get(key), other.get(key));
    }

    /// Whether a range holds the same entries in both.
    public boolean agreesWithin(SpaceState other, Range range) {
        if (isSame(other)) {
            return true;
        }
        Range forward = range.isReversed() ? range.reversed() : range;
        StateCursor mine = scan(forward);
        StateCursor theirs = other.scan(forward);
        while (true) {
            boolean more = mine.next();
            if (more != theirs.next()) {
                return false;
            }
            if (!more) {
                return true;
            }
            if (Bytes.compare(mine.key(), theirs.key()) != 0 || !Arrays.equals(mine.value(), theirs.value())) {
                return false;
            }
        }
    }
}
