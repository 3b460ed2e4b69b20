package coppice.engine.past;

import coppice.kernel.bytes.Bytes;
import coppice.kernel.bytes.Hash;
import java.util.Arrays;

/// A commit as the index notes it: its name and generation. The order is that of a log: higher generations first,
/// and among equals higher hashes first.
///
/// @param generation the commit's generation
/// @param commit its name
record Mark(long generation, Hash commit) implements Comparable<Mark> {
    /// Bytes of the encoded form.
    static final int BYTES = Long.BYTES + Hash.BYTES;

    /// Writes generation and hash, all bits inverted, so that the order of the bytes is the order of marks.
    void write(byte[] into, int at) {
        Bytes.putI64BigEndian(into, at, ~generation);
        commit.write(into, at + Long.BYTES);
        for (int i = at + Long.BYTES; i < at + BYTES; i++) {
            into[i] = (byte) ~into[i];
        }
    }

    static Mark read(byte[] bytes, int at) {
        byte[] hash = Arrays.copyOfRange(bytes, at + Long.BYTES, at + BYTES);
        for (int i = 0; i < hash.length; i++) {
            hash[i] = (byte) ~hash[i];
        }
        return new Mark(~Bytes.i64BigEndian(bytes, at), Hash.read(hash, 0));
    }

    @Override
    public int compareTo(Mark other) {
        int order = Long.compare(other.generation, generation);
        return order != 0 ? order : other.commit.compareTo(commit);
    }
}
