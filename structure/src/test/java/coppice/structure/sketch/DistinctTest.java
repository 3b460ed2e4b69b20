package coppice.structure.sketch;

import static org.assertj.core.api.Assertions.assertThat;

import com.dynatrace.hash4j.distinctcount.UltraLogLog;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Pieces of an UltraLogLog are, one behind the other, the whole.
class DistinctTest {
    private static byte[][] pieces(int precision) {
        return new byte[1 << (precision - Distinct.PIECE_PRECISION)][Distinct.PIECE_BYTES];
    }

    private static byte[] whole(byte[][] pieces) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] piece : pieces) {
            all.writeBytes(piece);
        }
        return all.toByteArray();
    }

    /// Adds hashes to a whole and to its pieces. Some begin with many zeros behind the register's bits.
    private static UltraLogLog fill(byte[][] pieces, int precision, int count, SplittableRandom random) {
        UltraLogLog whole = UltraLogLog.create(precision);
        for (int i = 0; i < count; i++) {
            long first = random.nextLong() & ~(-1L >>> precision);
            long hash = first | (random.nextLong() >>> random.nextInt(precision, Long.SIZE));
            boolean hadChanged = Distinct.add(pieces[Distinct.piece(precision, hash)], precision, hash);
            byte[] before = whole.getState().clone();
            assertThat(!Arrays.equals(before, whole.add(hash).getState())).isEqualTo(hadChanged);
        }
        return whole;
    }

    @Test
    void piecesAreFilledAsTheWholeIs() {
        for (int precision : new int[] {8, 9, 13, 15}) {
            byte[][] pieces = pieces(precision);
            UltraLogLog whole = fill(pieces, precision, 5_000, new SplittableRandom(precision));
            assertThat(whole(pieces)).as("precision %d", precision).isEqualTo(whole.getState());
        }
    }

    @Test
    void piecesMergeAsWholesDo() {
        int precision = 10;
        SplittableRandom random = new SplittableRandom(1);
        byte[][] ours = pieces(precision);
        byte[][] theirs = pieces(precision);
        UltraLogLog one = fill(ours, precision, 700, random);
        UltraLogLog other = fill(theirs, precision, 700, random);
        byte[][] both = IntStream.range(0, ours.length)
                .mapToObj(i -> Distinct.merge(ours[i], theirs[i]))
                .toArray(byte[][]::new);
        assertThat(whole(both)).isEqualTo(UltraLogLog.merge(one, other).getState());
    }
}
