package coppice.engine.exchange;

import coppice.engine.live.Branches;
import coppice.engine.storage.Storage;
import coppice.engine.upkeep.Checkpoint;
import coppice.kernel.bytes.Hash;
import coppice.kernel.exchange.Intake;
import coppice.kernel.history.Commit;
import coppice.kernel.history.CommitLog;
import coppice.kernel.history.History;
import coppice.kernel.history.HistoryWalk.Generations;
import coppice.kernel.history.Refs;
import coppice.kernel.history.ShallowException;
import coppice.kernel.platform.Entropy;
import coppice.kernel.store.Chunks;
import coppice.kernel.tree.ChunkWalk;
import coppice.kernel.tree.Nodes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongSupplier;

/// Takes commits of another database into this one. The caller lets no sweep run meanwhile, and moves refs afterwards:
/// what was taken in is complete and durable then.
final class Taking {
    /// What nodes on the way may take: the trees of two versions, along one path.
    private static final long CACHE_BYTES = 16L << 20;

    /// Known commits to compare with: more would cost more than they help.
    private static final int HAVES_MAX = 32;

    private final Storage storage;
    private final Branches branches;
    private final Checkpoint checkpoint;
    private final Entropy entropy;

    Taking(Storage storage, Branches branches, Checkpoint checkpoint, Entropy entropy) {
        this.storage = storage;
        this.branches = branches;
        this.checkpoint = checkpoint;
        this.entropy = entropy;
    }

    /// Takes in commits with all that is lacking below them, down to the floor of the history.
    ///
    /// @param floor the lowest generation that the other side has
    /// @param known further commits that are here with everything below them
    /// @param all whether the wanted commits reach nearly all that the other side has
    void take(ChunkWalk.Source from, long floor, List<Hash> wants, List<Hash> known, boolean all, Flow flow) {
        History history = storage.history();
        Intake intake = intake(from, history::floor, flow);
        intake.ancestors(wants, newest(heads()));
        History with = new History(intake.nodes(), history::floor);
        List<Hash> haves = haves(with, wants, known);
        requireThere(with, wants, haves, floor);
        Hash similar = haves.isEmpty() ? null : haves.getFirst();
        try (Keeping keeping = keeping()) {
            flow.keeping(keeping);
            if (all && haves.isEmpty()) {
                intake.everything(entropy.nextLong());
            }
            intake.commits(wants, haves, new Generations(history.floor(), Long.MAX_VALUE), similar);
        }
        flow.ended(intake.moved());
        checkpoint.keepChunks();
    }

    /// A side that has not all of its history can still give what is newer than what both have.
    private static void requireThere(History history, List<Hash> wants, List<Hash> haves, long floor) {
        if (floor <= history.floor()) {
            return;
        }
        for (CommitLog log = history.log(wants, haves); log.next(); ) {
            if (log.generation() < floor) {
                throw Shallow.beyond(floor);
            }
        }
    }

    /// Takes in older commits, of which those that are here were made.
    ///
    /// @param floor the lowest generation to take
    void deepen(ChunkWalk.Source from, long floor, Flow flow) {
        List<Hash> heads = heads();
        Intake intake = intake(from, () -> floor, flow);
        try (Keeping keeping = keeping()) {
            flow.keeping(keeping);
            intake.commits(
                    heads, List.of(), new Generations(floor, storage.history().floor()), heads.getFirst());
        }
        flow.ended(intake.moved());
        checkpoint.keepChunks();
    }

    private Keeping keeping() {
        return new Keeping(storage.tasks(), checkpoint::keepChunks);
    }

    private Intake intake(ChunkWalk.Source from, LongSupplier floor, Flow flow) {
        Nodes nodes = new Nodes(storage.packs(), CACHE_BYTES);
        return new Intake(nodes, new History(nodes, floor), from, flow);
    }

    /// The commits of all refs.
    List<Hash> heads() {
        return branches.list("").stream()
                .map(Refs.Ref::value)
                .map(value -> value.commit())
                .distinct()
                .toList();
    }

    private List<Hash> newest(List<Hash> commits) {
        record Aged(Hash hash, long generation) {}
        return commits.stream()
                .map(hash -> new Aged(hash, storage.history().read(hash).generation()))
                .sorted(Comparator.comparingLong(Aged::generation).reversed())
                .limit(HAVES_MAX)
                .map(Aged::hash)
                .toList();
    }

    /// Known commits that the wanted ones descend from, those of the highest generation first; where no ref is at one,
    /// the best common ancestors.
    private List<Hash> haves(History history, List<Hash> wants, List<Hash> known) {
        List<Hash> haves = new ArrayList<>(known);
        List<Hash> newest = newest(heads());
        for (Hash want : wants) {
            List<Hash> below = newest(heads().stream()
                    .filter(head -> history.isAncestor(head, want))
                    .toList());
            haves.addAll(below.isEmpty() ? common(history, want, newest) : below);
        }
        return newest(haves.stream().distinct().toList());
    }

    private static List<Hash> common(History history, Hash want, List<Hash> heads) {
        List<Hash> bases = new ArrayList<>();
        for (Hash head : heads.subList(0, Math.min(heads.size(), 4))) {
            try {
                bases.addAll(history.mergeBases(want, head));
            } catch (ShallowException beyond) {
                // It is not here either: of no help.
            }
        }
        return bases;
    }

    /// Of which generation a commit is that may not be here yet. Keeps it.
    static long generation(Chunks here, ChunkWalk.Source from, Hash commit) {
        if (!here.contains(commit)) {
            here.writeShared(commit, from.read(commit));
        }
        return Commit.decode(commit, here.read(commit)).generation();
    }
}
