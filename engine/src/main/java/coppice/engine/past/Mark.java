package coppice.engine.past;

import coppice.kernel.bytes.Bytes;
import coppice.kernel.bytes.Hash;

/// A commit as the index notes it: its name and generation. The order is that of a log: higher generations first,
/// and among equals higher hashes first.
///
/// The entries have the beginning of the name only. Which commits it may be, the covered ones of this generation tell.
///
/// @param generation the commit's generation
/// @param commit its name
record Mark(long generation, Hash commit) implements Comparable<Mark> {
    /// Bytes of the name that are kept.
    static final int NAME_BYTES = 4;

    /// Bytes of the encoded form.
    static final int BYTES = Long.BYTES + NAME_BYTES;

    /// The encoded form: all that an entry tells.
    ///
    /// @param start the beginning of the commit's name
    record Brief(long generation, int start) {
        static Brief read(byte[] bytes, int at) {
            return new Brief(~Bytes.i64BigEndian(bytes, at), ~Bytes.i32BigEndian(bytes, at + Long.BYTES));
        }
    }

    Brief brief() {
        return new Brief(generation, start());
    }

    /// The first bytes of the name.
    int start() {
        return (int) (commit.prefix() >>> Integer.SIZE);
    }

    /// Writes generation and beginning of the name, all bits inverted, so that the order of the bytes is the order of
    /// marks.
    void write(byte[] into, int at) {
        Bytes.putI64BigEndian(into, at, ~generation);
        Bytes.putI32BigEndian(into, at + Long.BYTES, ~start());
    }

    @Override
    public int compareTo(Mark other) {
        int order = Long.compare(other.generation, generation);
        return order != 0 ? order : other.commit.compareTo(commit);
    }
}
