package coppice.engine;

import coppice.kernel.history.Reachable;
import coppice.kernel.store.MarkSet;
import coppice.kernel.store.Sweep;
import coppice.kernel.store.SweepResult;

/// Makes room: drops the chunks that no commit, no working state and no reader can reach. Online; see [Sweep] for
/// the protocol and [coppice.engine.state.Roots] for who else is reading.
final class Compaction {
    private final Storage storage;
    private final Branches branches;
    private final Checkpoint checkpoint;

    Compaction(Storage storage, Branches branches, Checkpoint checkpoint) {
        this.storage = storage;
        this.branches = branches;
        this.checkpoint = checkpoint;
    }

    /// Does it all.
    ///
    /// @return the bytes freed
    long run() {
        SweepResult result;
        try (Sweep sweep = storage.packs().beginSweep()) {
            storage.roots().awaitWriters();
            result = sweep.run(mark());
        }
        checkpoint.keepChunks();
        return result.bytesReclaimed();
    }

    private MarkSet mark() {
        MarkSet live = new MarkSet();
        Reachable reachable = new Reachable(storage.nodes(), live::add);
        branches.refs().visitChunks(live::add);
        for (String name : branches.names()) {
            branches.find(name).ifPresent(branch -> {
                reachable.visitCommit(branch.newest().commit());
                reachable.visitCommit(branch.shown().commit());
            });
        }
        storage.roots().spaces().forEach(spaces -> reachable.visitCatalog(spaces.root()));
        storage.roots().trees().forEach(tree -> tree.visitChunks(live::add));
        return live;
    }
}
