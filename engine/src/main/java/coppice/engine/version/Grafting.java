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
import coppice.kernel.store.SyncAhead;
import coppice.kernel.tree.Resolution;
import coppice.kernel.tree.Tree;
import coppice.structure.ground.SpaceRow;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

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
        graft(branch, why, work, _ -> {});
    }

    private void graft(LiveBranch branch, String why, Work work, Consumer<BranchState> check) {
        waiting.requireNoMergedContent(branch);
        storage.roots().writing(() -> {
            branch.settle();
            BranchState before = checkpoint.fold(branch);
            Spaces spaces = before.foldedSpaces();
            Graft graft = new Graft(before, spaces.with(work.write(spaces)), storage.note(why, ""), check);
            place(branch, graft);
            return true;
        });
    }

    /// Puts and removes rows of a few spaces.
    ///
    /// @param check is shown each state that they would become a part of; what it throws ends it
    public void fill(LiveBranch branch, String why, Iterator<SpaceRow> rows, Consumer<BranchState> check) {
        Work work = before -> {
            Map<String, Filling> spaces = new HashMap<>();
            SyncAhead ahead = new SyncAhead(storage.packs());
            long gathered = 0;
            while (rows.hasNext()) {
                SpaceRow row = rows.next();
                gathered += spaces.computeIfAbsent(
                                row.space(),
                                name -> new Filling(before.space(name).base()))
                        .add(row.key(), row.value());
                if (gathered > GATHERED_BYTES_MAX) {
                    spaces.values().forEach(Filling::flush);
                    ahead.wrote(gathered);
                    gathered = 0;
                }
            }
            return Filling.finish(spaces);
        };
        graft(branch, why, work, check);
    }

    /// What is to be a part of a branch.
    ///
    /// @param before what it was written beside
    /// @param written what the branch would have, if nobody had written to it since
    private record Graft(BranchState before, Spaces written, Note why, Consumer<BranchState> check) {}

    private void place(LiveBranch branch, Graft graft) {
        BranchState state = graft.before();
        Spaces content = graft.written();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (content.root().equals(state.foldedSpaces().root())) {
                return;
            }
            check(graft, state, content);
            checkpoint.keepChunks();
            if (moving.replaceWorking(branch, state, content, graft.why())) {
                return;
            }
            branch.settle();
            state = checkpoint.fold(branch);
            content = merged(graft, state.foldedSpaces());
        }
        branch.acknowledge(checkpoint.alone(() -> placeAlone(branch, graft)));
    }

    private void check(Graft graft, BranchState state, Spaces content) {
        graft.check().accept(state);
        fitting.checkMoved(state, BranchState.of(state.commit(), state.committedCatalog(), content, 0));
    }

    /// Writers never rest: keeps them out while the few of their writes are merged that are not folded, and while
    /// what comes of it is made durable.
    private BranchState placeAlone(LiveBranch branch, Graft graft) {
        branch.folding().lock();
        try {
            return branch.advance(newest -> {
                        Spaces now = storage.folds().fold(newest.frozen());
                        Spaces content = merged(graft, now);
                        check(graft, newest, content);
                        checkpoint.keepChunks();
                        return Optional.of(moving.replacement(branch, newest, content, graft.why()));
                    })
                    .orElseThrow()
                    .next();
        } finally {
            branch.folding().unlock();
        }
    }

    private Spaces merged(Graft graft, Spaces now) {
        Spaces before = graft.before().foldedSpaces();
        CatalogMerge merge =
                now.catalog().merge(before.catalog(), graft.written().catalog(), (_, _) -> new Resolution.Theirs());
        return Spaces.of(storage.nodes(), storage.roots(), merge.catalog());
    }
}
