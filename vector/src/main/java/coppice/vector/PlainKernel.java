package coppice.vector;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Plain loops, with eight sums at a time, which no addition has to wait for.
final class PlainKernel implements Kernel {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

    private static float at(MemorySegment rows, long at) {
        return rows.get(FLOAT, at);
    }

    @Override
    public void dot(MemorySegment rows, long offset, int count, float[] query, float[] results) {
        long at = offset;
        for (int row = 0; row < count; row++) {
            float a = 0;
            float b = 0;
            float c = 0;
            float d = 0;
            float e = 0;
            float f = 0;
            float g = 0;
            float h = 0;
            for (int i = 0; i < query.length; i += 8, at += 32) {
                a = Math.fma(at(rows, at), query[i], a);
                b = Math.fma(at(rows, at + 4), query[i + 1], b);
                c = Math.fma(at(rows, at + 8), query[i + 2], c);
                d = Math.fma(at(rows, at + 12), query[i + 3], d);
                e = Math.fma(at(rows, at + 16), query[i + 4], e);
                f = Math.fma(at(rows, at + 20), query[i + 5], f);
                g = Math.fma(at(rows, at + 24), query[i + 6], g);
                h = Math.fma(at(rows, at + 28), query[i + 7], h);
            }
            results[row] = ((a + b) + (c + d)) + ((e + f) + (g + h));
        }
    }

    @Override
    public void squares(MemorySegment rows, long offset, int count, float[] query, float[] results) {
        long at = offset;
        for (int row = 0; row < count; row++) {
            float a = 0;
            float b = 0;
            float c = 0;
            float d = 0;
            for (int i = 0; i < query.length; i += 4, at += 16) {
                float p = at(rows, at) - query[i];
                float q = at(rows, at + 4) - query[i + 1];
                float r = at(rows, at + 8) - query[i + 2];
                float s = at(rows, at + 12) - query[i + 3];
                a = Math.fma(p, p, a);
                b = Math.fma(q, q, b);
                c = Math.fma(r, r, c);
                d = Math.fma(s, s, d);
            }
            results[row] = (a + b) + (c + d);
        }
    }

    @Override
    public void differences(MemorySegment rows, long offset, int count, float[] query, float[] results) {
        long at = offset;
        for (int row = 0; row < count; row++) {
            float a = 0;
            float b = 0;
            float c = 0;
            float d = 0;
            for (int i = 0; i < query.length; i += 4, at += 16) {
                a += Math.abs(at(rows, at) - query[i]);
                b += Math.abs(at(rows, at + 4) - query[i + 1]);
                c += Math.abs(at(rows, at + 8) - query[i + 2]);
                d += Math.abs(at(rows, at + 12) - query[i + 3]);
            }
            results[row] = (a + b) + (c + d);
        }
    }
}
