package coppice.engine.feed;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.engine.state.BranchState;
import coppice.kernel.bytes.ByteReader;
import coppice.kernel.bytes.ByteWriter;
import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Hash;
import java.util.Base64;

/// Where a feed is, for later; as text, a token.
///
/// @param branchMadeAt when the branch was made, which tells it from others
/// @param lsn the position; -1 is before everything
/// @param commit the latest commit there
/// @param isCommit whether the state there is that of the commit
record Place(long branchMadeAt, long lsn, Hash commit, boolean isCommit) {
    private static final int VERSION = 1;

    /// Where a branch is in a state of it.
    static Place of(long branchMadeAt, BranchState state) {
        return new Place(branchMadeAt, state.lsn(), state.commit(), state.isAt(state.commit()));
    }

    /// The text.
    String token() {
        byte[] bytes = new ByteWriter(64)
                .u8(VERSION)
                .i64(branchMadeAt)
                .i64(lsn)
                .hash(commit)
                .u8(isCommit ? 1 : 0)
                .toBytes();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /// Reads a text.
    ///
    /// @throws DatabaseException.Incorrect when it is no token
    static Place read(String token) {
        try {
            ByteReader in = new ByteReader("the token", Base64.getUrlDecoder().decode(token));
            int version = in.u8();
            if (version != VERSION) {
                throw in.corrupt("version " + VERSION, "version " + version);
            }
            Place place = new Place(in.i64(), in.i64(), in.hash(), in.u8() == 1);
            in.expectEnd();
            return place;
        } catch (IllegalArgumentException | CorruptException wrong) {
            throw new DatabaseException.Incorrect(
                    ErrorCode.INVALID_TOKEN,
                    "'" + token + "' is no token of a feed: take it from a batch, or begin now or at the beginning",
                    wrong);
        }
    }
}
