package coppice.kernel.bytes;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/// Hashes versions of one thing that lie one after the other: what a version has in common with the one before it
/// at its beginning is hashed once for both. SHA-256 goes from front to back, so its state after a beginning is
/// the same for all that begin so. The hashes are those of each version by itself; versions that differ in one
/// place take half as long, others a few percent longer. Not thread-safe.
public final class VersionHasher {
    /// States are kept at multiples of this: to copy one takes as long as to hash some 200 bytes.
    private static final int STEP = 256;

    private final Hasher first = new Hasher();
    private final boolean copies = first.isCopyable();

    /// States after beginnings of the version at hand that versions to come have too, the longest on top.
    private final Deque<State> states = new ArrayDeque<>();

    private record State(int length, Hasher hasher) {}

    /// A fresh hasher.
    public VersionHasher() {}

    /// The hashes of versions of which the first begins at 0 and each ends where the next begins.
    ///
    /// @param ends where each of them ends, ascending
    public Hash[] hash(byte[] content, int[] ends) {
        int[] shared = copies ? shared(content, ends) : new int[ends.length];
        Hash[] hashes = new Hash[ends.length];
        states.clear();
        for (int version = 0; version < ends.length; version++) {
            int start = version == 0 ? 0 : ends[version - 1];
            while (!states.isEmpty() && states.peek().length > shared[version]) {
                states.pop();
            }
            State known = states.peek();
            Hasher hasher = known == null ? first : known.hasher.copy();
            int at = known == null ? 0 : known.length;
            for (int next = wanted(shared, version, at); next > at; next = wanted(shared, version, at)) {
                hasher.update(content, start + at, next - at);
                at = next;
                states.push(new State(at, hasher.copy()));
            }
            hashes[version] = hasher.update(content, start + at, ends[version] - start - at)
                    .finish();
        }
        return hashes;
    }

    /// How many bytes each version has in common with the one before it, in whole steps.
    private static int[] shared(byte[] content, int[] ends) {
        int[] shared = new int[ends.length];
        int before = 0;
        for (int version = 1; version < ends.length; version++) {
            int start = ends[version - 1];
            int end = ends[version];
            int mismatch = Arrays.mismatch(content, before, start, content, start, end);
            int common = mismatch < 0 ? end - start : mismatch;
            shared[version] = common - common % STEP;
            before = start;
        }
        return shared;
    }

    /// The shortest beginning of a version, longer than `known`, that a version to come goes on from; 0 for none.
    private static int wanted(int[] shared, int version, int known) {
        int least = Integer.MAX_VALUE;
        for (int next = version + 1; next < shared.length && shared[next] > known; next++) {
            least = Math.min(least, shared[next]);
        }
        return least == Integer.MAX_VALUE ? 0 : least;
    }
}
