package coppice.structure.blob;

/// Says where a content is cut into parts: where it says so itself, so that what is inserted or removed changes
/// the parts around it and no other. A part ends where the gear hash of the bytes before has its highest bits
/// clear: Xia et al., "FastCDC", USENIX ATC 2016. It is shown the bytes one after the other, and keeps none.
final class Cutter {
    static final int PART_MAX = 1 << 20;
    private static final int PART_MIN = 1 << 18;

    /// One place in 2^18 behind the least length: parts have 512 KiB on average.
    private static final long MASK = -1L << (Long.SIZE - 18);

    private static final long[] GEAR = gear();

    private long hash;
    private int length; // of the part so far

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

    /// Goes on with some bytes, until a part ends.
    ///
    /// @return where the next part begins, or -1 when this one goes on behind these bytes
    int end(byte[] bytes, int from, int to) {
        int hashed = Math.clamp(from + PART_MIN - Long.SIZE - (long) length, from, to);
        int tested = Math.clamp(from + PART_MIN - (long) length, from, to);
        int limit = Math.min(from + PART_MAX - length, to);
        long rolled = hash;
        for (int at = hashed; at < tested; at++) {
            rolled = (rolled << 1) + GEAR[bytes[at] & 0xff];
        }
        for (int at = tested; at < limit; at++) {
            rolled = (rolled << 1) + GEAR[bytes[at] & 0xff];
            if ((rolled & MASK) == 0) {
                return begun(at + 1);
            }
        }
        hash = rolled;
        length += limit - from;
        return length == PART_MAX ? begun(limit) : -1;
    }

    private int begun(int at) {
        hash = 0;
        length = 0;
        return at;
    }
}
