package coppice.kernel.tree;

import coppice.kernel.bytes.Xxh3;

/// Decides after which entries a node ends. The decision is a function of the entry's key, the level, and the
/// exact weight of the node before and after the entry: nothing outside the node, nothing to the right, so that
/// equal content is always cut in the same places (the law of the tree), and a change moves cuts only near itself.
///
/// Node weights follow a Weibull distribution of shape 2 (few tiny, few huge nodes, little cascading): with `s`
/// and `e` the weights before and after, the node ends when a uniform number `u` made from the key is greater than
/// `exp(-(e^2 - s^2) / scale^2)`, the probability that a node of weight `s` survives until `e`. That is computed
/// in integers: `(e^2 - s^2) * 2^24 > C * q(h)` with `q(h) = -log2(u) * 2^24` and `C = scale^2 * ln 2`. The idea
/// of a size-weighted per-key hash is Dolt's (`go/store/prolly/tree/node_splitter.go`); the arithmetic is ours.
///
/// Thread-safe; allocates nothing.
final class Splitter {
    private static final int FRACTION = 24;
    private static final int SHORTCUT = 30;
    private static final double LN_2 = 0.6931471805599453;
    private static final long SALT = 0x9E3779B97F4A7C15L;

    private final long constant;
    private final long scaleSquared;
    private final int min;
    private final int cap;
    private final int childWeight;

    Splitter(TreeFormat format) {
        this.scaleSquared = (long) format.scale() * format.scale();
        // One multiplication and one rounding of exactly representable numbers: the same on every platform.
        this.constant = (long) (scaleSquared * LN_2 + 0.5);
        this.min = format.min();
        this.cap = format.cap();
        this.childWeight = format.childWeight();
    }

    /// What a node weighs.
    ///
    /// @param count entries in the node
    /// @param size encoded size of the node, header included
    int weight(int level, int count, int size) {
        return level == 0 ? size : size + count * childWeight;
    }

    /// Whether the node ends after an entry.
    ///
    /// @param count entries in the node, this one included
    /// @param before weight of the node without the entry, see [#weight]
    /// @param after weight of the node with it
    boolean endsAfter(int level, int count, int before, int after, byte[] keys, int at, int length) {
        if (after < min || (level > 0 && count < 2)) {
            return false;
        }
        return after >= cap || drawn(before, after, Xxh3.hash64(keys, at, length, salt(level)));
    }

    /// The seed of the hash at a level. Without it every last key of a leaf, having ended a leaf, would be likely
    /// to end the node above too.
    static long salt(int level) {
        return SALT * (level + 1);
    }

    /// The decision between min and cap.
    boolean drawn(int before, int after, long hash) {
        long gain = ((long) after - before) * ((long) after + before);
        // -ln u >= 1 - u, and 1 - u is hash / 2^64: this settles nearly every entry. The margin of 1/256 is far above
        // the error of the fixed-point logarithm, so it never disagrees with the rule.
        if ((gain + (gain >> 8) + 1) << SHORTCUT <= scaleSquared * (hash >>> (Long.SIZE - SHORTCUT))) {
            return false;
        }
        return costsAtMost(hash, ((gain << FRACTION) - 1) / constant);
    }

    /// Whether `-log2(u)` with 24 bits of fraction, where `u = (~hash | 1) / 2^64`, is at most `limit`. By
    /// repeated squaring: each squaring of a number in [1, 2) doubles its logarithm, whose integer part is the
    /// next bit. The first bit that differs from that of the limit decides, mostly one of the first.
    static boolean costsAtMost(long hash, long limit) {
        long u = ~hash | 1;
        int zeros = Long.numberOfLeadingZeros(u);
        long least = ((zeros + 1L) << FRACTION) - limit; // that the fraction of the logarithm has to reach
        if (least <= 0 || least >>> FRACTION > 0) {
            return least <= 0;
        }
        long x = u << zeros;
        for (int bit = FRACTION - 1; bit >= 0; bit--) {
            x = Math.unsignedMultiplyHigh(x, x);
            boolean one = x < 0;
            if (one != ((least >>> bit & 1) != 0)) {
                return one;
            }
            x = one ? x : x << 1;
        }
        return true;
    }
}
