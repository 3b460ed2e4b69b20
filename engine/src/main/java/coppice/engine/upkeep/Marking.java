package coppice.engine.upkeep;

import coppice.engine.live.Branches;
import coppice.engine.log.RefMove;
import coppice.engine.state.Roots;
import coppice.engine.storage.Storage;
import coppice.kernel.bytes.Hash;
import coppice.kernel.history.Reachable;
import coppice.kernel.history.Refs;
import coppice.kernel.store.Sweep;
import coppice.kernel.tree.Tree;
import java.util.function.LongConsumer;

/// Tells a sweep what is live: everything that the table of refs on disk reaches, since recovery begins there; what
/// the branches are at now; where refs have been, as far back as the reflog goes; and what is being read. Good for
/// one sweep.
final class Marking {
    private static final int TELL_EVERY = 256;

    private final Storage storage;
    private final Sweep sweep;
    private final Runnable pace;
    private final LongConsumer found;
    private final Reachable reachable;
    private int sinceTold;
    private long marked;

    /// @param pace called between any two chunks, to rest or to give up by an exception
    /// @param found is told how many live chunks have been found, in its own good time
    Marking(Storage storage, Sweep sweep, Runnable pace, LongConsumer found) {
        this.storage = storage;
        this.sweep = sweep;
        this.pace = pace;
        this.found = found;
        this.reachable = new Reachable(storage.nodes(), storage.history(), this::enter);
    }

    private boolean enter(Hash chunk) {
        pace.run();
        if (++sinceTold == TELL_EVERY) {
            sinceTold = 0;
            found.accept(marked);
        }
        boolean isNew = sweep.mark(chunk);
        marked += isNew ? 1 : 0;
        return isNew;
    }

    /// Marks everything.
    ///
    /// @param table the table of refs on disk
    void mark(Hash table, Branches branches) {
        reachable.visit(Refs.load(storage.nodes(), table));
        branches.states().forEach(state -> state.roots().forEach(this::visit));
        branches.reflog().visitAll(this::visit);
        storage.roots().held().forEach(this::visit);
        found.accept(marked);
    }

    private void visit(RefMove move) {
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

    private void visit(Roots.Root root) {
        switch (root) {
            case Roots.OfCommit(Hash commit) -> reachable.visitCommit(commit);
            case Roots.OfCatalog(Hash catalog) -> reachable.visitCatalog(catalog);
            case Roots.OfTree(Hash tree) -> Tree.load(storage.nodes(), tree).visitChunks(this::enter);
        }
    }
}
