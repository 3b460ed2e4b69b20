package coppice.kernel.bytes;

import java.util.HexFormat;

/// XXH3, 64 bits with a seed: a fast, well-distributed hash that is not cryptographic. Our own implementation
/// after the public specification (Yann Collet, xxHash `doc/xxhash_spec.md`, section "XXH3 algorithm"); gives
/// the same values as the reference on every platform. Up to 240 bytes it allocates nothing.
public final class Xxh3 {
    private static final byte[] SECRET = secret();

    private static final int PRIME32_1 = 0x9E3779B1;
    private static final int PRIME32_2 = 0x85EBCA77;
    private static final int PRIME32_3 = 0xC2B2AE3D;
    private static final long PRIME64_1 = 0x9E3779B185EBCA87L;
    private static final long PRIME64_2 = 0xC2B2AE3D27D4EB4FL;
    private static final long PRIME64_3 = 0x165667B19E3779F9L;
    private static final long PRIME64_4 = 0x85EBCA77C2B2AE63L;
    private static final long PRIME64_5 = 0x27D4EB2F165667C5L;
    private static final long PRIME_MX1 = 0x165667919E3779F9L;
    private static final long PRIME_MX2 = 0x9FB21C651E98DF25L;

    // Folded into constants by the compiler, unlike elements of an array.
    private static final long S0 = word(0);
    private static final long S8 = word(8);
    private static final long S16 = word(16);
    private static final long S24 = word(24);
    private static final long S32 = word(32);
    private static final long S40 = word(40);
    private static final long S48 = word(48);
    private static final long S56 = word(56);
    private static final long FLIP_0 = S56 ^ word(64);
    private static final long FLIP_1_TO_3 = (S0 ^ (S0 >>> 32)) & 0xffff_ffffL;
    private static final long FLIP_4_TO_8 = S8 ^ S16;
    private static final long FLIP_9_TO_16_LOW = S24 ^ S32;
    private static final long FLIP_9_TO_16_HIGH = S40 ^ S48;

    private static final int STRIPE = 64;
    private static final int STRIPES_PER_BLOCK = 16;
    private static final int BLOCK = STRIPE * STRIPES_PER_BLOCK;

    private Xxh3() {}

    /// The hash of all of `bytes` with seed 0.
    public static long hash64(byte[] bytes) {
        return hash64(bytes, 0, bytes.length, 0);
    }

    /// The hash of a range with a seed.
    public static long hash64(byte[] bytes, int offset, int length, long seed) {
        if (length <= 16) {
            if (length > 8) {
                return from9To16(bytes, offset, length, seed);
            }
            if (length >= 4) {
                return from4To8(bytes, offset, length, seed);
            }
            return length > 0 ? from1To3(bytes, offset, length, seed) : avalanche64(seed ^ FLIP_0);
        }
        if (length <= 128) {
            return from17To128(bytes, offset, length, seed);
        }
        return length <= 240 ? from129To240(bytes, offset, length, seed) : over240(bytes, offset, length, seed);
    }

    private static long from1To3(byte[] in, int at, int length, long seed) {
        int first = in[at] & 0xff;
        int middle = in[at + (length >> 1)] & 0xff;
        int last = in[at + length - 1] & 0xff;
        long combined = ((first << 16) | (middle << 24) | last | (length << 8)) & 0xffff_ffffL;
        return avalanche64(combined ^ (FLIP_1_TO_3 + seed));
    }

    private static long from4To8(byte[] in, int at, int length, long seed) {
        long mixedSeed = seed ^ ((long) Integer.reverseBytes((int) seed) << 32);
        long combined = Bytes.u32(in, at + length - 4) + (Bytes.u32(in, at) << 32);
        long h = combined ^ (FLIP_4_TO_8 - mixedSeed);
        h ^= Long.rotateLeft(h, 49) ^ Long.rotateLeft(h, 24);
        h *= PRIME_MX2;
        h ^= (h >>> 35) + length;
        h *= PRIME_MX2;
        return h ^ (h >>> 28);
    }

    private static long from9To16(byte[] in, int at, int length, long seed) {
        long low = Bytes.i64(in, at) ^ (FLIP_9_TO_16_LOW + seed);
        long high = Bytes.i64(in, at + length - 8) ^ (FLIP_9_TO_16_HIGH - seed);
        return avalanche(length + Long.reverseBytes(low) + high + multiplyFold(low, high));
    }

    private static long from17To128(byte[] in, int at, int length, long seed) {
        int end = at + length;
        long sum = length * PRIME64_1 + mix(in, at, S0, S8, seed) + mix(in, end - 16, S16, S24, seed);
        if (length > 32) {
            sum += mix(in, at + 16, S32, S40, seed) + mix(in, end - 32, S48, S56, seed);
            if (length > 64) {
                sum += mix(in, at + 32, 64, seed) + mix(in, end - 48, 80, seed);
                if (length > 96) {
                    sum += mix(in, at + 48, 96, seed) + mix(in, end - 64, 112, seed);
                }
            }
        }
        return avalanche(sum);
    }

    private static long from129To240(byte[] in, int at, int length, long seed) {
        long sum = length * PRIME64_1;
        for (int round = 0; round < 8; round++) {
            sum += mix(in, at + 16 * round, 16 * round, seed);
        }
        sum = avalanche(sum);
        int rounds = length / 16;
        for (int round = 8; round < rounds; round++) {
            sum += mix(in, at + 16 * round, 16 * (round - 8) + 3, seed);
        }
        return avalanche(sum + mix(in, at + length - 16, 119, seed));
    }

    private static long over240(byte[] in, int at, int length, long seed) {
        long[] lanes = {
            PRIME32_3 & 0xffff_ffffL,
            PRIME64_1,
            PRIME64_2,
            PRIME64_3,
            PRIME64_4,
            PRIME32_2 & 0xffff_ffffL,
            PRIME64_5,
            PRIME32_1 & 0xffff_ffffL
        };
        int blocks = (length - 1) / BLOCK;
        for (int block = 0; block < blocks; block++) {
            for (int stripe = 0; stripe < STRIPES_PER_BLOCK; stripe++) {
                accumulate(lanes, in, at + block * BLOCK + stripe * STRIPE, 8 * stripe, seed);
            }
            scramble(lanes, seed);
        }
        int stripes = (length - 1 - BLOCK * blocks) / STRIPE;
        for (int stripe = 0; stripe < stripes; stripe++) {
            accumulate(lanes, in, at + blocks * BLOCK + stripe * STRIPE, 8 * stripe, seed);
        }
        accumulate(lanes, in, at + length - STRIPE, 121, seed);
        long result = length * PRIME64_1;
        for (int pair = 0; pair < 4; pair++) {
            result += multiplyFold(
                    lanes[2 * pair] ^ seededWord(11 + 16 * pair, seed),
                    lanes[2 * pair + 1] ^ seededWord(19 + 16 * pair, seed));
        }
        return avalanche(result);
    }

    private static void accumulate(long[] lanes, byte[] in, int at, int secretAt, long seed) {
        for (int lane = 0; lane < 8; lane++) {
            long value = Bytes.i64(in, at + 8 * lane);
            long key = value ^ seededWord(secretAt + 8 * lane, seed);
            lanes[lane ^ 1] += value;
            lanes[lane] += (key & 0xffff_ffffL) * (key >>> 32);
        }
    }

    private static void scramble(long[] lanes, long seed) {
        for (int lane = 0; lane < 8; lane++) {
            long value = lanes[lane];
            value ^= value >>> 47;
            value ^= seededWord(128 + 8 * lane, seed);
            lanes[lane] = value * (PRIME32_1 & 0xffff_ffffL);
        }
    }

    // The specification derives a secret of 192 bytes from the seed: its words at multiples of 16 plus the seed,
    // the others minus the seed. Computing a word when it is asked for saves the array.
    private static long seededWord(int at, long seed) {
        int shift = (at & 7) * 8;
        long low = alignedWord(at & ~7, seed);
        return shift == 0 ? low : (low >>> shift) | (alignedWord((at & ~7) + 8, seed) << (64 - shift));
    }

    private static long alignedWord(int at, long seed) {
        return (at & 8) == 0 ? word(at) + seed : word(at) - seed;
    }

    private static long mix(byte[] in, int at, int secretAt, long seed) {
        return mix(in, at, word(secretAt), word(secretAt + 8), seed);
    }

    private static long mix(byte[] in, int at, long secretLow, long secretHigh, long seed) {
        return multiplyFold(Bytes.i64(in, at) ^ (secretLow + seed), Bytes.i64(in, at + 8) ^ (secretHigh - seed));
    }

    private static long multiplyFold(long a, long b) {
        return (a * b) ^ Math.unsignedMultiplyHigh(a, b);
    }

    private static long avalanche(long hash) {
        long h = hash ^ (hash >>> 37);
        h *= PRIME_MX1;
        return h ^ (h >>> 32);
    }

    private static long avalanche64(long hash) {
        long h = hash ^ (hash >>> 33);
        h *= PRIME64_2;
        h ^= h >>> 29;
        h *= PRIME64_3;
        return h ^ (h >>> 32);
    }

    private static long word(int at) {
        return Bytes.i64(SECRET, at);
    }

    private static byte[] secret() {
        return HexFormat.of()
                .parseHex("b8fe6c3923a44bbe7c01812cf721ad1cded46de9839097db7240a4a4b7b3671f"
                        + "cb79e64eccc0e578825ad07dccff7221b8084674f743248ee03590e6813a264c"
                        + "3c2852bb91c300cb88d0658b1b532ea371644897a20df94e3819ef46a9deacd8"
                        + "a8fa763fe39c343ff9dcbbc7c70b4f1d8a51e04bcdb45931c89f7ec9d9787364"
                        + "eac5ac8334d3ebc3c581a0fffa1363eb170ddd51b7f0da49d316552629d4689e"
                        + "2b16be587d47a1fc8ff8b8d17ad031ce45cb3a8f95160428afd7fbcabb4b407e");
    }
}
