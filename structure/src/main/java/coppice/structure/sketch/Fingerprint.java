package coppice.structure.sketch;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hashing;
import coppice.structure.codec.StoredForms;

/// What sketches know of a value: the XXH3 of its canonical form, 128 bits. Two values that differ have the same
/// one once in 2^128.
record Fingerprint(long high, long low) {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    static Fingerprint of(byte[] stored) {
        HashValue128 hash = Hashing.xxh3_128().hashBytesTo128Bits(StoredForms.canonical(stored));
        return new Fingerprint(hash.getMostSignificantBits(), hash.getLeastSignificantBits());
    }

    /// One of many hashes, which are independent of each other for all that it matters here.
    long hash(int which) {
        return mix(low + (which + 1) * GOLDEN);
    }

    /// One of many hashes, as a number less than a bound.
    int hash(int which, int bound) {
        return (int) Math.unsignedMultiplyHigh(hash(which), bound);
    }

    /// Spreads bits; David Stafford's thirteenth variant of the finalizer of MurmurHash3.
    static long mix(long bits) {
        long first = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
        long second = (first ^ (first >>> 27)) * 0x94D049BB133111EBL;
        return second ^ (second >>> 31);
    }

    /// A number that stands for two, in any order.
    static long both(long one, long other) {
        return mix(Math.min(one, other) * GOLDEN + mix(Math.max(one, other)));
    }
}
