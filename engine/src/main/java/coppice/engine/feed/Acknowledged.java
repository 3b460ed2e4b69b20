package coppice.engine.feed;

import coppice.engine.state.BranchState;
import coppice.kernel.bytes.ByteReader;
import coppice.kernel.bytes.ByteWriter;
import coppice.kernel.bytes.Hash;

/// What a subscription has acknowledged; `docs/format/settings.md` has the bytes.
///
/// @param branch the branch that it follows
/// @param branchMadeAt when that was made, which tells it from others
/// @param lsn the position that it has acknowledged
/// @param commit the latest commit of the branch there
/// @param working the root of the catalog of its working state there
public record Acknowledged(String branch, long branchMadeAt, long lsn, Hash commit, Hash working) {
    /// The area of the settings that holds them, by the name of the subscription.
    public static final String AREA = "feeds";

    private static final int VERSION = 1;

    /// Whether a branch is there just now.
    boolean isAt(BranchState state) {
        return state.lsn() == lsn && state.commit().equals(commit);
    }

    byte[] encode() {
        return new ByteWriter(128)
                .u8(VERSION)
                .utf8(branch)
                .i64(branchMadeAt)
                .i64(lsn)
                .hash(commit)
                .hash(working)
                .toBytes();
    }

    /// Reads the bytes.
    ///
    /// @param name of the subscription, for the message
    /// @throws coppice.kernel.bytes.CorruptException when they are not what [#encode] writes
    public static Acknowledged decode(String name, byte[] bytes) {
        ByteReader in = new ByteReader("the subscription '" + name + "'", bytes);
        int version = in.u8();
        if (version != VERSION) {
            throw in.corrupt("version " + VERSION + " (a newer Coppice may read others)", "version " + version);
        }
        Acknowledged read = new Acknowledged(in.utf8(), in.i64(), in.i64(), in.hash(), in.hash());
        in.expectEnd();
        return read;
    }
}
