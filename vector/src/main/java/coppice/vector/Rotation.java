package coppice.vector;

import java.util.Arrays;
import java.util.SplittableRandom;

/// Turns vectors by chance, all of a length in the same way, so that what was in a few of their numbers is spread
/// over all. Lengths and angles stay as they are.
///
/// Changes signs at random and does the fast Walsh-Hadamard transform, in turns, of which a few are enough (Ailon
/// and Chazelle, *The fast Johnson-Lindenstrauss transform*, 2009). Where the length is no power of two, the
/// transform is that of the greatest part that is one, at the start and at the end in turns. Costs O(d log d).
final class Rotation {
    private static final int TURNS = 4;
    private static final long SEED = 0xB175;

    private final int length;
    private final float[] signs;

    /// @param length at least 1
    Rotation(int length) {
        this.length = length;
        this.signs = new float[TURNS * length];
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < signs.length; i++) {
            signs[i] = random.nextBoolean() ? 1 : -1;
        }
    }

    /// @param vector at most as long; what it lacks is zeros
    float[] turned(float[] vector) {
        float[] turned = Arrays.copyOf(vector, length);
        int part = Integer.highestOneBit(length);
        for (int turn = 0; turn < TURNS; turn++) {
            for (int i = 0; i < length; i++) {
                turned[i] *= signs[turn * length + i];
            }
            transform(turned, turn % 2 == 0 ? 0 : length - part, part);
        }
        return turned;
    }

    private static void transform(float[] vector, int from, int count) {
        for (int half = 1; half < count; half *= 2) {
            for (int pair = from; pair < from + count; pair += 2 * half) {
                for (int i = pair; i < pair + half; i++) {
                    float one = vector[i];
                    float other = vector[i + half];
                    vector[i] = one + other;
                    vector[i + half] = one - other;
                }
            }
        }
        float scale = (float) (1 / Math.sqrt(count));
        for (int i = from; i < from + count; i++) {
            vector[i] *= scale;
        }
    }
}
