package coppice.vector;

import coppice.api.search.Scan;
import coppice.api.search.Similarity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Vectors by key, of which the nearest to one can be asked for. An immutable value, cheap to bring forward.
///
/// Vectors lie in slabs, row behind row. The first rows, the *base*, are in the order of their keys, so that a key
/// is found by halving. Whatever changes later is appended, and a small index in the order of keys finds it: the
/// *newer* rows. What was removed or replaced is marked as *dead*. So a set that differs in k vectors costs k
/// rows, and shares all others with the one that it was made from, also where two were made from one. When newer
/// and dead rows are many, [#compacted()] makes a base of all that live.
///
/// A search looks at all rows, in the order in which they lie in memory, and costs what reading them costs. They
/// may have [Codes], which are shorter.
public final class VectorSet {
    private static final int SLAB_ROWS_MIN = 16;
    private static final int SLAB_BYTES_MAX = 4 << 20;
    private static final int MENDED_ROWS_MIN = 1_000;
    private static final int MENDED_PART = 8;

    /// Of fewer numbers, codes would save less than a search takes otherwise.
    private static final long CODED_NUMBERS_MIN = 1_000_000;

    private static final int CODED_DIMENSION_MIN = 32;

    /// What the key of a row takes, and what is kept beside it.
    private static final int ROW_BYTES = 64;

    private final Similarity similarity;
    private final int dimension;
    private final List<Slab> slabs;
    private final int base;
    private final int rows;
    private final Newer newer;
    private final long[] dead;
    private final int live;

    private VectorSet(
            Similarity similarity,
            int dimension,
            List<Slab> slabs,
            int base,
            int rows,
            Newer newer,
            long[] dead,
            int live) {
        this.similarity = similarity;
        this.dimension = dimension;
        this.slabs = slabs;
        this.base = base;
        this.rows = rows;
        this.newer = newer;
        this.dead = dead;
        this.live = live;
    }

    /// A set without vectors.
    ///
    /// @param dimension how many numbers each vector has, at least 1
    public static VectorSet empty(Similarity similarity, int dimension) {
        if (dimension < 1) {
            throw new IllegalArgumentException("A vector has at least 1 dimension, not " + dimension);
        }
        return new VectorSet(similarity, dimension, List.of(), 0, 0, Newer.NONE, new long[0], 0);
    }

    /// A set of vectors.
    ///
    /// @param all in ascending order of their keys, bytewise without signs, each once
    public static VectorSet of(Similarity similarity, int dimension, Iterator<VectorChange> all) {
        VectorSet empty = empty(similarity, dimension);
        Appending appending = new Appending(empty);
        while (all.hasNext()) {
            VectorChange next = all.next();
            float[] vector = next.vector();
            if (vector != null) {
                appending.append(next.key(), empty.checked(vector));
            }
        }
        return new VectorSet(
                similarity,
                dimension,
                List.copyOf(appending.slabs),
                appending.rows,
                appending.rows,
                Newer.NONE,
                new long[words(appending.rows)],
                appending.rows);
    }

    /// How many numbers each vector has.
    public int dimension() {
        return dimension;
    }

    /// How near vectors are to each other.
    public Similarity similarity() {
        return similarity;
    }

    /// How many vectors there are.
    public int size() {
        return live;
    }

    private static int words(int bits) {
        return (bits + Long.SIZE - 1) / Long.SIZE;
    }

    /// Says why a vector cannot be compared with those that have a dimension by a similarity; nothing when it can.
    public static Optional<String> misfit(Similarity similarity, int dimension, float[] vector) {
        if (vector.length != dimension) {
            return Optional.of("has " + vector.length + " dimensions, and must have " + dimension);
        }
        boolean isZero = true;
        for (float number : vector) {
            if (!Float.isFinite(number)) {
                return Optional.of("has the number " + number + ", and must have finite ones");
            }
            isZero &= number == 0;
        }
        return isZero && similarity == Similarity.COSINE
                ? Optional.of(
                        "has nothing but zeros, and so no direction for a cosine: leave it out, or compare otherwise")
                : Optional.empty();
    }

    private float[] checked(float[] vector) {
        misfit(similarity, dimension, vector).ifPresent(why -> {
            throw new IllegalArgumentException("The vector " + why);
        });
        return vector;
    }

    /// Rows that are appended to those of a set.
    private static final class Appending {
        private final VectorSet set;
        private final List<Slab> slabs;
        private int rows;

        Appending(VectorSet set) {
            this.set = set;
            this.slabs = new ArrayList<>(set.slabs);
            this.rows = set.rows;
        }

        int append(byte[] key, float[] vector) {
            int row = rows++;
            if (slabs.isEmpty() || !slabs.getLast().append(row, key, vector)) {
                Slab slab = new Slab(row, capacity(), length(set.dimension));
                slab.append(row, key, vector);
                slabs.add(slab);
            }
            return row;
        }

        /// A quarter of what was appended so far, so that slabs are few, what they leave empty is little, and a
        /// set that finds the next row taken, as that of a transaction may, makes a small one.
        private int capacity() {
            int most = Math.max(SLAB_ROWS_MIN, SLAB_BYTES_MAX / (length(set.dimension) * Float.BYTES));
            return Math.clamp((rows - set.base) / 4, SLAB_ROWS_MIN, most);
        }
    }

    private static int length(int dimension) {
        return (dimension + Kernel.LANES - 1) / Kernel.LANES * Kernel.LANES;
    }

    /// This set with changes. Costs as many rows as there are changes, and a copy of the index of newer rows and
    /// of the marks, an eighth of a byte a row.
    ///
    /// @param changes in any order; of several of one key the last counts
    public VectorSet with(List<VectorChange> changes) {
        if (changes.isEmpty()) {
            return this;
        }
        Appending appending = new Appending(this);
        Newer.Editor index = newer.edit();
        long[] marks = Arrays.copyOf(dead, words(rows + changes.size()));
        int count = live;
        for (VectorChange change : changes) {
            int before = index.find(change.key()).orElse(baseRow(change.key()));
            if (before >= 0 && !isSet(marks, before)) {
                marks[before / Long.SIZE] |= 1L << before;
                count--;
            }
            float[] vector = change.vector();
            if (vector == null) {
                index.remove(change.key());
            } else {
                byte[] key = change.key().clone();
                index.put(key, appending.append(key, checked(vector)));
                count++;
            }
        }
        return new VectorSet(
                similarity, dimension, List.copyOf(appending.slabs), base, appending.rows, index.done(), marks, count);
    }

    private static boolean isSet(long[] marks, int row) {
        return (marks[row / Long.SIZE] & 1L << row) != 0;
    }

    /// The row of a key in the base, dead or not; -1 when it has none.
    private int baseRow(byte[] key) {
        int index = baseSlab(key);
        if (index < 0) {
            return -1;
        }
        Slab slab = slabs.get(index);
        int low = slab.first();
        int high = Math.min(base, end(index)) - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = Arrays.compareUnsigned(slab.key(middle), key);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }

    /// Which slab would have a key of the base; -1 when it comes before all others.
    private int baseSlab(byte[] key) {
        int low = 0;
        int high = slabs.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            Slab slab = slabs.get(middle);
            if (slab.first() < base && Arrays.compareUnsigned(slab.key(slab.first()), key) <= 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return high;
    }

    /// The row behind the last one of a slab that is of this set: others may have appended to it, too.
    int end(int index) {
        return index + 1 < slabs.size() ? slabs.get(index + 1).first() : rows;
    }

    private byte[] key(int row) {
        return slab(row).key(row);
    }

    private Slab slab(int row) {
        int low = 0;
        int high = slabs.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (slabs.get(middle).first() <= row) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return slabs.get(low);
    }

    /// The row of a key that is there; -1 when it is not.
    private int row(byte[] key) {
        int row = newer.find(key);
        if (row < 0) {
            row = baseRow(key);
        }
        return row >= 0 && !isSet(dead, row) ? row : -1;
    }

    /// The vector of a key; its own array.
    public Optional<float[]> find(byte[] key) {
        int row = row(key);
        return row < 0 ? Optional.empty() : Optional.of(slab(row).vector(row, dimension));
    }

    /// About how many bytes it takes, which it may share with others.
    public long bytes() {
        return (long) rows * (length(dimension) * Float.BYTES + ROW_BYTES)
                + slabs.stream().mapToLong(Slab::codeBytes).sum();
    }

    /// Whether so much has changed since the base was made that [#compacted()] is worth it.
    public boolean isDue() {
        int dragged = rows - base + (rows - live);
        return dragged > Math.max(MENDED_ROWS_MIN, base / MENDED_PART);
    }

    /// The same vectors, all in the base. Costs a copy of all.
    public VectorSet compacted() {
        List<byte[]> keys = new ArrayList<>(live);
        for (int index = 0; index < slabs.size(); index++) {
            Slab slab = slabs.get(index);
            for (int row = slab.first(); row < end(index); row++) {
                if (!isSet(dead, row)) {
                    keys.add(slab.key(row));
                }
            }
        }
        keys.sort(Arrays::compareUnsigned);
        return of(
                similarity,
                dimension,
                keys.stream()
                        .map(key -> new VectorChange(key, find(key).orElseThrow()))
                        .iterator());
    }

    /// The nearest vectors to one, the nearest first; of equally near ones that of the smaller key. Costs reading
    /// all.
    ///
    /// @param most at least 1
    /// @param which says of a key whether it counts; asked of those only that would be among the nearest so far
    /// @throws IllegalArgumentException when the query has another dimension, or cannot be compared
    public List<Neighbor> nearest(float[] query, int most, Predicate<byte[]> which) {
        return nearest(query, most, Scan.FLOAT, which).nearest();
    }

    /// As [#nearest(float[], int, Predicate)], by a form of the vectors. Codes are made for what has none yet.
    ///
    /// @param scan where there are no codes, as for [Similarity#MANHATTAN] and numbers that are beyond them,
    ///     vectors are looked at in full
    public Scanned nearest(float[] query, int most, Scan scan, Predicate<byte[]> which) {
        check(query, most);
        Scan possible = Codes.isCodable(similarity, query) ? scan : Scan.FLOAT;
        Target target = Target.of(similarity, query, length(dimension), possible);
        return new Scanning(this, target, most, which).by(possible);
    }

    /// The form by which the right answer is found soonest.
    public Scan fastest() {
        boolean isWorthIt = (long) rows * dimension >= CODED_NUMBERS_MIN && dimension >= CODED_DIMENSION_MIN;
        return isWorthIt && similarity != Similarity.MANHATTAN ? Scan.INT8 : Scan.FLOAT;
    }

    /// Makes the codes that searches by a form need, for what has none yet.
    public void prepare(Scan scan) {
        for (int index = 0; index < slabs.size(); index++) {
            switch (scan) {
                case FLOAT -> {}
                case INT8 -> slabs.get(index).byteCodes(this, end(index));
                case BINARY -> slabs.get(index).bitCodes(this, end(index));
            }
        }
    }

    /// Some of the keys, at equal distances in the order in which they came.
    ///
    /// @param count how many, or as many as there are
    public List<byte[]> sample(int count) {
        List<byte[]> keys = new ArrayList<>();
        long distance = Math.max(1, live / Math.max(1, count));
        long passed = 0;
        for (int row = 0; row < rows && keys.size() < count; row++) {
            if (!isSet(dead, row) && passed++ % distance == 0) {
                keys.add(key(row).clone());
            }
        }
        return keys;
    }

    List<Slab> slabs() {
        return slabs;
    }

    boolean isDead(int row) {
        return isSet(dead, row);
    }

    private void check(float[] query, int most) {
        if (most < 1) {
            throw new IllegalArgumentException("At least 1 vector is to be found, not " + most);
        }
        checked(query);
    }

    /// As [#nearest], of the vectors of some keys alone. Costs looking these up.
    ///
    /// @param keys those without a vector do not count
    public List<Neighbor> nearestOf(Iterator<byte[]> keys, float[] query, int most) {
        check(query, most);
        Target target = Target.of(similarity, query, length(dimension), Scan.FLOAT);
        Scanning scanning = new Scanning(this, target, most, _ -> true);
        while (keys.hasNext()) {
            int row = row(keys.next());
            if (row >= 0) {
                scanning.compareOne(slab(row), row);
            }
        }
        return scanning.found();
    }
}
