package coppice.engine.edit;

import coppice.api.Conflict;
import coppice.api.DatabaseException;
import coppice.api.Import;
import coppice.api.ImportReport;
import coppice.api.MergePolicy;
import coppice.api.MergeRule;
import coppice.api.Resolver;
import coppice.engine.live.LiveBranch;
import coppice.engine.log.Note;
import coppice.engine.merge.Policies;
import coppice.engine.merge.Sides;
import coppice.engine.merge.Written;
import coppice.engine.state.BranchState;
import coppice.engine.state.Spaces;
import coppice.engine.storage.Storage;
import coppice.engine.upkeep.Checkpoint;
import coppice.engine.version.Moving;
import coppice.engine.views.Fitting;
import coppice.engine.waiting.Waiting;
import coppice.kernel.history.Catalog;
import coppice.kernel.tree.Tree;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads JSON lines into branches: builds the trees beside everything else, and then makes them the working state
/// by one move. If the branch was written to meanwhile, what was read is merged into what it has by then, and wins.
public final class Importing {
    private static final long GATHERED_BYTES_MAX = 8L << 20;
    private static final int BUILT_MAX = 64;
    private static final int ATTEMPTS = 20;
    private static final int TOLD_EVERY = 1024;

    private final Storage storage;
    private final Checkpoint checkpoint;
    private final Moving moving;
    private final Policies policies;
    private final Waiting waiting;
    private final Fitting fitting;

    Importing(
            Storage storage,
            Checkpoint checkpoint,
            Moving moving,
            Policies policies,
            Waiting waiting,
            Fitting fitting) {
        this.storage = storage;
        this.checkpoint = checkpoint;
        this.moving = moving;
        this.policies = policies;
        this.waiting = waiting;
        this.fitting = fitting;
    }

    /// Reads a stream to its end, and makes what it holds the working state of a branch.
    ///
    /// @param in stays open
    /// @throws DatabaseException with the line in which something is wrong; then nothing has changed
    public ImportReport run(LiveBranch branch, InputStream in, Import how) {
        waiting.requireNoMergedContent(branch);
        return storage.roots().writing(() -> {
            branch.settle();
            BranchState before = checkpoint.fold(branch);
            Reading reading = new Reading(before.foldedSpaces());
            LineSource source = new LineSource(in, how);
            for (Optional<LineSource.Line> line = source.next(); line.isPresent(); line = source.next()) {
                reading.add(line.get());
                if (reading.rows % TOLD_EVERY == 0) {
                    how.progress().moved("import", "rows", reading.rows, reading.rows);
                }
            }
            place(branch, before, before.foldedSpaces().with(reading.finish()));
            how.progress().moved("import", "rows", reading.rows, reading.rows);
            return new ImportReport(reading.rows, reading.bytes);
        });
    }

    private void place(LiveBranch branch, BranchState before, Spaces read) {
        BranchState state = before;
        Spaces content = read;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (content.root().equals(state.foldedSpaces().root())) {
                return;
            }
            fitting.checkMoved(state, BranchState.of(state.commit(), state.committedCatalog(), content, 0));
            checkpoint.keepChunks();
            Note note = storage.note("import", "");
            if (moving.replaceWorking(branch, state, content, note)) {
                return;
            }
            branch.settle();
            state = checkpoint.fold(branch);
            content = merged(before.foldedSpaces().catalog(), state, read.catalog());
        }
        throw new DatabaseException.Conflict("Branch '" + branch.name() + "' was written to at every one of " + ATTEMPTS
                + " attempts to import: try again when there is less to do");
    }

    private Spaces merged(Catalog before, BranchState state, Catalog read) {
        Sides sides = new Sides.OfChange(
                before, state.foldedSpaces().catalog(), read, () -> new Written.Both(Written.NEVER, Written.NEVER));
        List<MergeRule> imported = List.of(MergeRule.of("*", MergePolicy.theirs()));
        List<Conflict> none = new ArrayList<>();
        Catalog merged = policies.threeWay(sides, imported, Resolver.THEIRS).merge(none::add);
        return Spaces.of(storage.nodes(), storage.roots(), merged);
    }

    /// The spaces that are read so far.
    private static final class Reading {
        private final Spaces before;
        private final Map<String, Filling> spaces = new HashMap<>();
        private long gathered;
        private long rows;
        private long bytes;

        Reading(Spaces before) {
            this.before = before;
        }

        void add(LineSource.Line line) {
            Filling space = spaces.get(line.space());
            if (space == null) {
                if (spaces.values().stream().filter(Filling::isBuilt).count() >= BUILT_MAX) {
                    spaces.values().forEach(Filling::settle);
                }
                space = new Filling(before.space(line.space()).base());
                spaces.put(line.space(), space);
            }
            gathered += space.add(line.key(), line.value());
            if (gathered > GATHERED_BYTES_MAX) {
                spaces.values().forEach(Filling::flush);
                gathered = 0;
            }
            rows++;
            bytes += line.key().length + line.value().length;
        }

        Map<String, Tree> finish() {
            Map<String, Tree> trees = new HashMap<>();
            spaces.forEach((name, filling) -> trees.put(name, filling.finish()));
            return trees;
        }
    }
}
