package coppice.engine;

import coppice.engine.log.RefMove;
import coppice.engine.state.Roots;
import coppice.kernel.bytes.Hash;
import coppice.kernel.history.Reachable;
import coppice.kernel.history.Refs;
import coppice.kernel.store.MarkSet;
import coppice.kernel.store.Sweep;
import coppice.kernel.store.SweepResult;
import coppice.kernel.tree.Tree;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// Makes room: drops the chunks that no commit, no working state and no reader can reach. Online; see [Sweep] for
/// the protocol and [coppice.engine.state.Roots] for who else is reading.
///
/// What is kept: everything that the table of branches on disk reaches, since recovery begins there; what the
/// branches are at now; and what is being read. Trees being written when the sweep begins are waited for, and a
/// checkpoint that runs as well, before anything is marked.
final class Compaction {
    /// Growth of the packs, since they were last swept or opened, below which an idle database is left alone.
    private static final long GROWTH_BYTES_MIN = 8L << 20;

    private final Storage storage;
    private final Branches branches;
    private final Checkpoint checkpoint;
    private final ReentrantLock sweeping = new ReentrantLock();
    private volatile long sweptBytes;

    Compaction(Storage storage, Branches branches, Checkpoint checkpoint) {
        this.storage = storage;
        this.branches = branches;
        this.checkpoint = checkpoint;
        this.sweptBytes = storage.packs().statistics().storedBytes();
    }

    /// Whether so much was written since the last time that looking for garbage, which reads every tree, is worth it.
    boolean isDue() {
        long growth = storage.packs().statistics().storedBytes() - sweptBytes;
        return growth > Math.max(GROWTH_BYTES_MIN, sweptBytes / 4);
    }

    /// Does it all. Waits for one that is running.
    ///
    /// @return the bytes freed
    long run() {
        return excluded(() -> {
            SweepResult result;
            try (Sweep sweep = checkpoint.beginSweep()) {
                storage.roots().awaitWriters();
                result = sweep.run(checkpoint.withTable(this::mark));
            }
            checkpoint.keepChunks();
            sweptBytes = storage.packs().statistics().storedBytes();
            return result.bytesReclaimed();
        });
    }

    /// Does something while no sweep runs: refers to a commit that nothing may have referred to until now.
    <T> T excluded(Supplier<T> body) {
        sweeping.lock();
        try {
            return body.get();
        } finally {
            sweeping.unlock();
        }
    }

    private MarkSet mark(Hash table) {
        MarkSet live = new MarkSet();
        Reachable reachable = new Reachable(storage.nodes(), live::add);
        reachable.visit(Refs.load(storage.nodes(), table));
        branches.states().forEach(state -> state.roots().forEach(root -> visit(reachable, root, live)));
        branches.reflog().visitAll(move -> visit(reachable, move));
        storage.roots().held().forEach(root -> visit(reachable, root, live));
        return live;
    }

    private static void visit(Reachable reachable, RefMove move) {
        for (Hash commit : new Hash[] {move.from(), move.to()}) {
            if (commit != null) {
                reachable.visitCommit(commit);
            }
        }
        Hash working = move.working();
        if (working != null) {
            reachable.visitCatalog(working);
        }
    }

    private void visit(Reachable reachable, Roots.Root root, MarkSet live) {
        switch (root) {
            case Roots.OfCommit(Hash commit) -> reachable.visitCommit(commit);
            case Roots.OfCatalog(Hash catalog) -> reachable.visitCatalog(catalog);
            case Roots.OfTree(Hash tree) -> Tree.load(storage.nodes(), tree).visitChunks(live::add);
        }
    }
}
