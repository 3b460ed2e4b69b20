package coppice.engine.lock;

import coppice.kernel.bytes.ByteReader;
import coppice.kernel.bytes.ByteWriter;

/// A lease that outlives the process, as it is stored under the name of its lock; `docs/format/settings.md` has
/// the bytes. Moments are in milliseconds since 1970 UTC.
///
/// @param token its fencing token
/// @param since when it was acquired
/// @param until when it ends
/// @param ttl how long renewing it makes it last, in milliseconds
/// @param owner who has it, in words
public record KeptLease(long token, long since, long until, long ttl, String owner) {
    /// The area of the settings that holds them, by the name of the lock.
    public static final String AREA = "leases";

    private static final int VERSION = 1;

    byte[] encode() {
        return new ByteWriter(64)
                .u8(VERSION)
                .i64(token)
                .i64(since)
                .i64(until)
                .i64(ttl)
                .utf8(owner)
                .toBytes();
    }

    /// Reads the bytes.
    ///
    /// @param name of the lock, for the message
    /// @throws coppice.kernel.bytes.CorruptException when they are not what [#encode] writes
    public static KeptLease decode(String name, byte[] bytes) {
        ByteReader in = new ByteReader("the lease of lock '" + name + "'", bytes);
        int version = in.u8();
        if (version != VERSION) {
            throw in.corrupt("version " + VERSION + " (a newer Coppice may read others)", "version " + version);
        }
        KeptLease read = new KeptLease(in.i64(), in.i64(), in.i64(), in.i64(), in.utf8());
        if (read.ttl < 1) {
            throw in.corrupt("a time of 1 ms at least", read.ttl + " ms");
        }
        in.expectEnd();
        return read;
    }
}
