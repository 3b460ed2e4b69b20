package coppice.kernel.store;

import java.util.List;

/// What a [Sweep] or a merge of packs has done.
///
/// @param packsReplaced how many packs have gone
/// @param packsWritten how many packs hold what was kept of them
/// @param chunksLive how many chunks of the covered packs were found alive
/// @param chunksDead how many were found dead, whether dropped or left for another time
/// @param chunksKept how many chunks were copied
/// @param chunksDropped how many chunks were not
/// @param bytesReclaimed by how much the packs and their indexes have become smaller together
/// @param damagedPacks packs that could not be read and were left as they are
public record SweepResult(
        int packsReplaced,
        int packsWritten,
        long chunksLive,
        long chunksDead,
        long chunksKept,
        long chunksDropped,
        long bytesReclaimed,
        List<String> damagedPacks) {
    public SweepResult {
        damagedPacks = List.copyOf(damagedPacks);
    }
}
