package coppice.vector;

import coppice.api.search.Similarity;
import java.util.ArrayList;
import java.util.List;

/// Short codes of the vectors of a slab, by which a search tells which of them may be among the nearest.
///
/// What is coded is `y = z - c`, where z is the vector (of length 1 for a cosine) and c the mean of those that
/// were there when codes were first wanted, or 0. A code stands for `scale` times small numbers, and leaves out a
/// rest of the length `error`. With `p = q - c` for a query q, scores follow from `p y`:
///
/// ```text
/// q z        = p y + c z + q c - c c
/// -(q - z)^2 = 2 p y - y y - p p
/// ```
///
/// The codes of p and y tell `p y` up to what they leave out, by the inequality of Cauchy and Schwarz. So each row
/// has a greatest possible score; where that is less than what was found already, it need not be compared.
///
/// @param <Q> what a query is coded as
abstract sealed class Codes<Q> permits ByteCodes, BitCodes {
    /// Of fewer rows the mean says little; their centre is 0.
    private static final int CENTRED_ROWS_MIN = 64;

    /// From how many the mean is told.
    private static final int SAMPLE = 256;

    /// Of more numbers the sums might leave an int.
    static final int DIMENSION_MAX = 65_536;

    /// Numbers beyond this, and cosines of those that are all nearer to 0 than its inverse, are not coded: in
    /// single precision their squares have no room.
    private static final float NUMBER_MAX = 1e15f;

    /// What single precision cannot tell from 0 where others are as large as that.
    private static final double LEAST = 1e-30;

    private final Slab slab;
    private final Similarity similarity;
    private final int dimension;
    private final float[] centre;
    private final double centreNorm;
    private final float[] scales;
    private final float[] errors;
    private final float[] norms;
    private final float[] offsets;
    private volatile int coded;

    /// @param rows how many there are by now
    Codes(Slab slab, Similarity similarity, int dimension, int rows) {
        this.slab = slab;
        this.similarity = similarity;
        this.dimension = dimension;
        this.scales = new float[slab.capacity()];
        this.errors = new float[slab.capacity()];
        this.norms = new float[slab.capacity()];
        this.offsets = new float[slab.capacity()];
        List<float[]> sample = sample(rows);
        this.centre = sample.size() < CENTRED_ROWS_MIN ? new float[dimension] : centre(sample, dimension);
        this.centreNorm = norm(centre);
    }

    /// The mean of some, where most are nearer to it than to 0.
    private static float[] centre(List<float[]> some, int dimension) {
        double[] sums = new double[dimension];
        for (float[] vector : some) {
            for (int i = 0; i < dimension; i++) {
                sums[i] += vector[i];
            }
        }
        float[] mean = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            mean[i] = (float) (sums[i] / some.size());
        }
        double fromZero = some.stream().mapToDouble(Codes::norm).sum();
        double fromMean = some.stream()
                .mapToDouble(vector -> norm(difference(vector, mean)))
                .sum();
        return fromMean < fromZero ? mean : new float[dimension];
    }

    private List<float[]> sample(int rows) {
        List<float[]> sample = new ArrayList<>();
        int step = Math.max(1, rows / SAMPLE);
        for (int at = 0; at < rows; at += step) {
            float[] vector = vector(at);
            if (isCodable(similarity, vector)) {
                sample.add(compared(similarity, vector, slab.inverseNorm(slab.first() + at)));
            }
        }
        return sample;
    }

    private float[] vector(int at) {
        return slab.vector(slab.first() + at, dimension);
    }

    /// Whether what is said of scores holds for a vector.
    static boolean isCodable(Similarity similarity, float[] vector) {
        float most = most(vector);
        return most <= NUMBER_MAX
                && (similarity != Similarity.COSINE || most >= 1 / NUMBER_MAX)
                && similarity != Similarity.MANHATTAN
                && vector.length <= DIMENSION_MAX;
    }

    /// What is coded of a vector.
    static float[] compared(Similarity similarity, float[] vector, float inverseNorm) {
        if (similarity != Similarity.COSINE) {
            return vector;
        }
        float[] compared = new float[vector.length];
        for (int i = 0; i < vector.length; i++) {
            compared[i] = vector[i] * inverseNorm;
        }
        return compared;
    }

    /// The largest number, without signs.
    static float most(float[] vector) {
        float most = 0;
        for (float number : vector) {
            most = Math.max(most, Math.abs(number));
        }
        return most;
    }

    static double norm(float[] vector) {
        return Math.sqrt(dot(vector, vector));
    }

    /// With four sums at a time, which no addition has to wait for.
    static double dot(float[] one, float[] other) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = 0;
        for (; i <= one.length - 4; i += 4) {
            a += (double) one[i] * other[i];
            b += (double) one[i + 1] * other[i + 1];
            c += (double) one[i + 2] * other[i + 2];
            d += (double) one[i + 3] * other[i + 3];
        }
        for (; i < one.length; i++) {
            a += (double) one[i] * other[i];
        }
        return (a + b) + (c + d);
    }

    static float[] difference(float[] one, float[] other) {
        float[] difference = new float[one.length];
        for (int i = 0; i < one.length; i++) {
            difference[i] = one[i] - other[i];
        }
        return difference;
    }

    final float[] centre() {
        return centre;
    }

    /// How many rows have codes.
    final int coded() {
        return coded;
    }

    /// Codes rows that have no codes yet. One thread at a time.
    final void extend(int rows) {
        for (int at = coded; at < rows; at++) {
            float[] vector = vector(at);
            if (isCodable(similarity, vector)) {
                code(at, compared(similarity, vector, slab.inverseNorm(slab.first() + at)));
            } else {
                offsets[at] = Float.POSITIVE_INFINITY; // so that it is compared each time
            }
        }
        coded = Math.max(coded, rows);
    }

    private void code(int at, float[] vector) {
        float[] rest = difference(vector, centre);
        double norm = norm(rest);
        Coded row = encode(at, rest, norm);
        scales[at] = row.scale();
        errors[at] = Math.nextUp((float) row.error());
        norms[at] = Math.nextUp((float) norm);
        boolean isEuclidean = similarity == Similarity.EUCLIDEAN;
        offsets[at] = (float) (isEuclidean ? (2 * digits() - 1) * norm * norm : dot(vector, centre));
    }

    /// How a row was coded.
    ///
    /// @param scale what one step of the code stands for
    /// @param error the length of what the code leaves out
    record Coded(float scale, double error) {}

    /// Codes a row.
    ///
    /// @param rest y, which has the length `norm`
    abstract Coded encode(int at, float[] rest, double norm);

    /// How a query was coded.
    ///
    /// @param times what one step of the raw result stands for, for a row whose scale is 1
    /// @param plus what is added to that
    /// @param byError how much the result is off at most, for an error of 1
    /// @param byNorm the same, for a row of the length 1, which is added to that
    record Coder<Q>(Q code, double times, double plus, double byError, double byNorm) {}

    /// Codes a query.
    ///
    /// @param rest p, which has the length `norm`
    abstract Coder<Q> encode(Target target, float[] rest, double norm);

    /// Makes ready to compare a query.
    final Probe<Q> probe(Target target) {
        float[] rest = difference(target.compared(), centre);
        double norm = norm(rest);
        Coder<Q> coder = encode(target, rest, norm);
        return similarity == Similarity.EUCLIDEAN ? squares(coder, target, norm) : products(coder, target);
    }

    /// Rounding concerns (|q| + |c|) (|z| + |c|), where z is at most as long as y and c.
    private Probe<Q> products(Coder<Q> coder, Target target) {
        double rounding = digits() * (target.norm() + centreNorm);
        double constant = dot(target.compared(), centre) - centreNorm * centreNorm;
        return new Probe<>(
                coder.code(),
                (float) coder.times(),
                (float) coder.plus(),
                (float) coder.byError(),
                (float) (coder.byNorm() + rounding),
                (float) (constant + 2 * rounding * centreNorm + LEAST));
    }

    /// Rounding concerns (|q| + |z| + 2 |c|)^2, which is at most 2 (|q| + 3 |c|)^2 + 2 y y.
    private Probe<Q> squares(Coder<Q> coder, Target target, double norm) {
        double reach = target.norm() + 3 * centreNorm;
        return new Probe<>(
                coder.code(),
                (float) (2 * coder.times()),
                (float) (2 * coder.plus()),
                (float) (2 * coder.byError()),
                (float) (2 * coder.byNorm()),
                (float) (2 * digits() * reach * reach - norm * norm + LEAST));
    }

    /// How far sums in single precision may be off, as a part of the numbers: half of a last digit for each
    /// addition, of which at most a quarter of the dimension wait for each other, those of the full comparison
    /// included; and as much again.
    private double digits() {
        return 0x1p-23 * (dimension / 4.0 + 32);
    }

    /// Compares codes.
    ///
    /// @param at the first row, a multiple of [Kernel#BLOCK]
    /// @param raws at least as long as the next multiple of that
    abstract void compare(Q code, int at, int count, int[] raws);

    /// The greatest scores that rows may have.
    ///
    /// @param raws of [#compare]
    /// @param start where the results go
    final void most(Probe<Q> probe, int[] raws, int at, int count, float[] results, int start) {
        float times = probe.times();
        float plus = probe.plus();
        float byError = probe.byError();
        float byNorm = probe.byNorm();
        float constant = probe.constant();
        for (int i = 0; i < count; i++) {
            results[start + i] = scales[at + i] * (times * raws[i] + plus)
                    + (errors[at + i] * byError + norms[at + i] * byNorm)
                    + (offsets[at + i] + constant);
        }
    }

    static int blocks(int rows) {
        return (rows + Kernel.BLOCK - 1) / Kernel.BLOCK;
    }

    /// How many bytes they take.
    long bytes() {
        return 4L * Float.BYTES * slab.capacity() + (long) dimension * Float.BYTES;
    }
}
