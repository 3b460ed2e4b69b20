package coppice.engine.exchange;

import coppice.api.PushOutcome;
import coppice.kernel.bytes.Hash;
import coppice.kernel.exchange.Bundle;
import coppice.kernel.store.Chunks;
import coppice.kernel.tree.ChunkWalk;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The other side of a fetch or a push: all that it must answer. What it names stays readable until it is closed,
/// whatever happens to its refs meanwhile. The receiving side finds out by itself what it lacks, walking from the
/// commits it wants; so a peer need not know what the other side has.
public interface Peer extends AutoCloseable {
    /// A ref that is to move over there.
    ///
    /// @param ref its whole name, commit, and for an annotated tag its note
    /// @param expected where it must be now; empty for nowhere
    /// @param floor the lowest generation that the sender has
    record Offer(Bundle.Ref ref, Optional<Hash> expected, long floor) {}

    /// Its branches and tags as of now, by whole names.
    List<Bundle.Ref> refs();

    /// The definitions of its projections as text, by name, if it is a database.
    Map<String, byte[]> projections();

    /// The lowest generation of commits that it has, 0 for all.
    long floor();

    /// Commits that it has not itself, and that its refs build on.
    List<Hash> prerequisites();

    /// Reads chunks, each checked against its name.
    ///
    /// @param aside takes chunks that come without having been asked for
    ChunkWalk.Source chunks(Chunks aside);

    /// Takes in the commit of an offer, with all that is lacking there, and moves the ref if it is where it should be.
    ///
    /// @param from reads the chunks that the other side has
    PushOutcome receive(Offer offer, ChunkWalk.Source from, Flow flow);

    /// Says that everything that was wanted has been read.
    void finish();

    @Override
    void close();
}
