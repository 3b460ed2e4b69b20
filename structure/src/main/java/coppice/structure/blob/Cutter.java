package coppice.structure.blob;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/// Cuts a stream into parts where its content says so, so that what is inserted or removed changes the parts
/// around it and no other. A part ends where the gear hash of the bytes before has its highest bits clear: Xia et
/// al., "FastCDC", USENIX ATC 2016.
final class Cutter {
    static final int PART_MAX = 1 << 20;
    private static final int PART_MIN = 1 << 18;

    /// One place in 2^18 behind the least length: parts have 512 KiB on average.
    private static final long MASK = -1L << (Long.SIZE - 18);

    private static final long[] GEAR = gear();

    /// Where the bytes come from.
    interface Source {
        /// As [java.io.InputStream#read(byte[], int, int)].
        int read(byte[] bytes, int offset, int length) throws IOException;
    }

    private final Source in;
    private final byte[] ahead = new byte[PART_MAX];
    private int length;
    private boolean isAtEnd;

    Cutter(Source in) {
        this.in = in;
    }

    /// Numbers without order, by SplitMix64.
    private static long[] gear() {
        long[] gear = new long[256];
        long state = 0x636f7070696365L;
        for (int i = 0; i < gear.length; i++) {
            state += 0x9e3779b97f4a7c15L;
            long mixed = (state ^ (state >>> 30)) * 0xbf58476d1ce4e5b9L;
            mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
            gear[i] = mixed ^ (mixed >>> 31);
        }
        return gear;
    }

    /// The next part; nothing at the end.
    Optional<byte[]> next() throws IOException {
        while (!isAtEnd && length < PART_MAX) {
            int read = in.read(ahead, length, PART_MAX - length);
            isAtEnd = read < 0;
            length += Math.max(0, read);
        }
        if (length == 0) {
            return Optional.empty();
        }
        int end = end();
        byte[] part = Arrays.copyOf(ahead, end);
        System.arraycopy(ahead, end, ahead, 0, length - end);
        length -= end;
        return Optional.of(part);
    }

    private int end() {
        long hash = 0;
        for (int i = Math.max(0, PART_MIN - Long.SIZE); i < length; i++) {
            hash = (hash << 1) + GEAR[ahead[i] & 0xff];
            if (i >= PART_MIN && (hash & MASK) == 0) {
                return i + 1;
            }
        }
        return length;
    }
}
