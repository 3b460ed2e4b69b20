package coppice.structure.blob;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Where parts end follows from the content alone, and is what it was when others were stored.
class CutterTest {
    private static List<Integer> ends(byte[] content, int step) {
        Cutter cutter = new Cutter();
        List<Integer> ends = new ArrayList<>();
        for (int from = 0; from < content.length; from += step) {
            int to = Math.min(content.length, from + step);
            for (int end = cutter.end(content, from, to); end >= 0; end = cutter.end(content, end, to)) {
                ends.add(end);
            }
        }
        return ends;
    }

    @Test
    void partsEndWhereTheyAlwaysDid() {
        byte[] content = new byte[5_000_000];
        new SplittableRandom(7).nextBytes(content);
        for (int step : new int[] {1, 1_000, 131_072, content.length}) {
            assertThat(ends(content, step))
                    .as("%s at a time", step)
                    .containsExactly(369_081, 927_044, 1_769_511, 2_422_996, 3_183_822, 3_562_839, 4_322_859);
        }
    }

    @Test
    void noPartIsLongerThanAMebibyte() {
        assertThat(ends(new byte[3_000_000], 100_000)).containsExactly(1 << 20, 2 << 20);
    }
}
