package coppice.engine.version;

import coppice.engine.live.LiveBranch;
import coppice.engine.log.Note;
import coppice.engine.state.BranchState;
import coppice.engine.state.Spaces;
import coppice.engine.storage.Storage;
import coppice.engine.upkeep.Checkpoint;
import coppice.engine.views.Fitting;
import coppice.engine.waiting.Waiting;
import coppice.kernel.history.CatalogMerge;
import coppice.kernel.tree.Resolution;
import coppice.kernel.tree.Tree;
import coppice.structure.ground.SpaceRow;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;

/// Makes rows part of the working state of a branch that were written into trees beside everything else, by one
/// move. So they cost the memory of a few, are written once, and take effect as a whole. If the branch was written
/// to meanwhile, they are merged into what it has by then, and win.
public final class Grafting {
    private static final long GATHERED_BYTES_MAX = 8L << 20;
    private static final int ATTEMPTS = 3;

    private final Storage storage;
    private final Checkpoint checkpoint;
    private final Moving moving;
    private final Waiting waiting;
    private final Fitting fitting;

    public Grafting(Storage storage, Checkpoint checkpoint, Moving moving, Waiting waiting, Fitting fitting) {
        this.storage = storage;
        this.checkpoint = checkpoint;
        this.moving = moving;
        this.waiting = waiting;
        this.fitting = fitting;
    }

    /// Writes trees beside what a branch has.
    public interface Work {
        /// The trees of spaces that differ, by name. Runs for as long as it takes, beside readers and writers.
        Map<String, Tree> write(Spaces before);
    }

    /// Has trees written, and makes them what the branch has.
    ///
    /// @param why what a reflog says of the move
    public void graft(LiveBranch branch, String why, Work work) {
        waiting.requireNoMergedContent(branch);
        storage.roots().writing(() -> {
            branch.settle();
            BranchState before = checkpoint.fold(branch);
            Spaces spaces = before.foldedSpaces();
            place(branch, before, spaces.with(work.write(spaces)), storage.note(why, ""));
            return true;
        });
    }

    /// Puts and removes rows of a few spaces.
    public void fill(LiveBranch branch, String why, Iterator<SpaceRow> rows) {
        graft(branch, why, before -> {
            Map<String, Filling> spaces = new HashMap<>();
            long gathered = 0;
            while (rows.hasNext()) {
                SpaceRow row = rows.next();
                gathered += spaces.computeIfAbsent(
                                row.space(),
                                name -> new Filling(before.space(name).base()))
                        .add(row.key(), row.value());
                if (gathered > GATHERED_BYTES_MAX) {
                    spaces.values().forEach(Filling::flush);
                    gathered = 0;
                }
            }
            return Filling.finish(spaces);
        });
    }

    private void place(LiveBranch branch, BranchState before, Spaces written, Note why) {
        BranchState state = before;
        Spaces content = written;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (content.root().equals(state.foldedSpaces().root())) {
                return;
            }
            check(state, content);
            checkpoint.keepChunks();
            if (moving.replaceWorking(branch, state, content, why)) {
                return;
            }
            branch.settle();
            state = checkpoint.fold(branch);
            content = merged(before, state.foldedSpaces(), written);
        }
        branch.acknowledge(checkpoint.alone(() -> placeAlone(branch, before, written, why)));
    }

    private void check(BranchState state, Spaces content) {
        fitting.checkMoved(state, BranchState.of(state.commit(), state.committedCatalog(), content, 0));
    }

    /// Writers never rest: keeps them out while the few of their writes are merged that are not folded, and while
    /// what comes of it is made durable.
    private BranchState placeAlone(LiveBranch branch, BranchState before, Spaces written, Note why) {
        branch.folding().lock();
        try {
            return branch.advance(newest -> {
                        Spaces now = storage.folds().fold(newest.frozen());
                        Spaces content = merged(before, now, written);
                        check(newest, content);
                        checkpoint.keepChunks();
                        return Optional.of(moving.replacement(branch, newest, content, why));
                    })
                    .orElseThrow()
                    .next();
        } finally {
            branch.folding().unlock();
        }
    }

    private Spaces merged(BranchState before, Spaces now, Spaces written) {
        CatalogMerge merge = now.catalog()
                .merge(before.foldedSpaces().catalog(), written.catalog(), (_, _) -> new Resolution.Theirs());
        return Spaces.of(storage.nodes(), storage.roots(), merge.catalog());
    }
}
