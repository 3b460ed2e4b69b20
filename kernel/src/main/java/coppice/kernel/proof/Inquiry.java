package coppice.kernel.proof;

import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Hash;
import coppice.kernel.history.Commit;
import coppice.kernel.history.SpaceRecord;
import coppice.kernel.tree.ChunkWalk;
import coppice.kernel.tree.RangeWalk;
import coppice.kernel.tree.RangeWalk.Found;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Answers a question by walking from the commit through its catalog to the rows, trusting nothing but hashes. It wants
/// the same chunks in the same order wherever it is done: a proof is the chunks that it wanted where the data is, and
/// verifying one is doing it again with these.
final class Inquiry {
    private Inquiry() {}

    /// @throws CorruptException when a chunk is not what it must be
    static Found answer(ChunkWalk.Source source, Hash commit, Question question) {
        Hash catalog = Commit.decode(commit, source.read(commit)).catalog();
        byte[] name = question.space().getBytes(StandardCharsets.UTF_8);
        List<RangeWalk.Row> space = RangeWalk.read(source, catalog, name).rows();
        if (space.isEmpty()) {
            return new Found(0, List.of(), null);
        }
        SpaceRecord record =
                SpaceRecord.decode(question.space(), space.getFirst().value());
        Found found = switch (question) {
            case Question.OfKey(String _, byte[] key) -> RangeWalk.read(source, record.root(), key);
            case Question.OfRange(String _, byte[] from, byte[] to, int limit) ->
                RangeWalk.read(source, record.root(), from, to, limit, Question.ROOM);
        };
        if (found.count() != record.count()) {
            throw new CorruptException(
                    "tree node " + record.root(),
                    -1,
                    record.count() + " rows, as the catalog says",
                    "" + found.count());
        }
        return found;
    }
}
