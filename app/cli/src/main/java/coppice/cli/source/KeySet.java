package coppice.cli.source;

import java.util.Arrays;

/// Tells whether a key may have been there before, in 16 bytes a key: it keeps only 64-bit fingerprints, so a yes
/// must be verified and a no is certain.
final class KeySet {
    private long[] slots = new long[1024];
    private int used;

    /// Adds a key of a space.
    ///
    /// @return whether no key of the same fingerprint was there
    boolean add(String space, byte[] key) {
        long print = fingerprint(space.hashCode(), key);
        if (used * 2 >= slots.length) {
            long[] old = slots;
            slots = new long[old.length * 2];
            Arrays.stream(old).filter(slot -> slot != 0).forEach(this::insert);
        }
        boolean fresh = insert(print);
        used += fresh ? 1 : 0;
        return fresh;
    }

    private boolean insert(long print) {
        int at = (int) (print >>> 32) & (slots.length - 1);
        while (slots[at] != 0) {
            if (slots[at] == print) {
                return false;
            }
            at = (at + 1) & (slots.length - 1);
        }
        slots[at] = print;
        return true;
    }

    /// FNV-1a over the bytes, then the finalizer of SplitMix64 (Steele, Lea, Flood 2014, p. 459); never 0.
    private static long fingerprint(long seed, byte[] key) {
        long hash = (0xcbf29ce484222325L ^ seed) * 0x100000001b3L;
        for (byte b : key) {
            hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
        hash ^= hash >>> 31;
        return hash == 0 ? 1 : hash;
    }
}
