package coppice.engine.past;

import coppice.engine.state.Folds;
import coppice.engine.state.Roots;
import coppice.kernel.bytes.ByteReader;
import coppice.kernel.bytes.ByteWriter;
import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Hash;
import coppice.kernel.history.Catalog;
import coppice.kernel.history.History;
import coppice.kernel.platform.Tasks;
import coppice.kernel.store.MissingChunkException;
import coppice.kernel.tree.Nodes;
import coppice.kernel.tree.Tree;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Keeps the index of changed keys and brings it forward. Queries take the index as it is; what it lacks they
/// find out themselves. Safe for all threads.
///
/// The index is a projection: it follows from the commits alone, is no part of any commit or record, and can be
/// thrown away at any time. [#encoded] is all there is to remember of it, besides chunks that the store keeps as
/// long as [Roots] knows of them; who remembers an older one, or none, has an index that is behind.
public final class ChangeIndexing {
    /// What it is called.
    public static final String NAME = "the index of changed keys";

    /// A batch is written when it has so many commits, or so many entries.
    private static final int BATCH_COMMITS = 4096;

    private static final int BATCH_ENTRIES = 1 << 18;

    private static final int VERSION = 2;

    private final Nodes nodes;
    private final History history;
    private final Roots roots;
    private final Folds folds;
    private final Supplier<Optional<byte[]>> remembered;
    private final ReentrantLock advancing = new ReentrantLock();
    private final Set<Hash> coveredHeads = new HashSet<>(); // guarded by advancing
    private volatile @Nullable ChangeIndex index;

    /// @param folds spares it to compare trees of late
    /// @param remembered gives, when the index is first used, what [#encoded] gave when it was last written
    public ChangeIndexing(
            Nodes nodes, History history, Roots roots, Folds folds, Supplier<Optional<byte[]>> remembered) {
        this.nodes = nodes;
        this.history = history;
        this.roots = roots;
        this.folds = folds;
        this.remembered = remembered;
    }

    /// The face of it to ask.
    public Origins origins() {
        return new Origins(nodes, history, this::current, this::none);
    }

    private Catalog none() {
        return roots.writing(() -> Catalog.empty(nodes));
    }

    ChangeIndex current() {
        ChangeIndex known = index;
        return known == null ? resume() : known;
    }

    /// Takes up the index that was remembered. One that is not all there is as good as none: the setting that named
    /// its successor was lost in a crash after a sweep, say.
    private ChangeIndex resume() {
        return roots.writing(this::resumeOnce); // in this order of locks: writers of trees come here as well
    }

    private synchronized ChangeIndex resumeOnce() {
        ChangeIndex known = index;
        if (known == null) {
            known = remembered.get().flatMap(this::decoded).orElseGet(() -> ChangeIndex.none(none().tree()));
            publish(known);
        }
        return known;
    }

    private Optional<ChangeIndex> decoded(byte[] encoded) {
        try {
            ChangeIndex found = decode(encoded);
            boolean[] whole = {true};
            found.trees()
                    .forEach(tree -> tree.visitChunks(hash -> {
                        whole[0] &= nodes.chunks().contains(hash);
                        return whole[0];
                    }));
            return whole[0] ? Optional.of(found) : Optional.empty();
        } catch (CorruptException | MissingChunkException _) {
            return Optional.empty();
        }
    }

    private void publish(ChangeIndex next) {
        List<Roots.Root> kept =
                new ArrayList<>(List.of(new Roots.OfTree(next.covered().root())));
        next.runs().forEach(run -> kept.add(new Roots.OfTree(run.root())));
        roots.hold(next, kept);
        index = next;
    }

    /// What to remember of the index.
    public byte[] encoded() {
        ChangeIndex known = current();
        ByteWriter out = new ByteWriter().u8(VERSION).hash(known.covered().root());
        out.varint(known.runs().size());
        known.runs().forEach(run -> out.hash(run.root()));
        return out.toBytes();
    }

    private ChangeIndex decode(byte[] bytes) {
        ByteReader in = new ByteReader("what is remembered of the index of changed keys", bytes);
        int version = in.u8();
        if (version != VERSION) {
            throw in.corrupt("version " + VERSION, "version " + version);
        }
        Tree covered = Tree.load(nodes, in.hash());
        List<Tree> runs = new ArrayList<>();
        for (long left = in.varint(); left > 0; left--) {
            runs.add(Tree.load(nodes, in.hash()));
        }
        in.expectEnd();
        return new ChangeIndex(covered, runs);
    }

    /// The roots of the trees that the index consists of.
    public List<Hash> trees() {
        return current().trees().stream().map(Tree::root).toList();
    }

    /// Compares the index with the commits that it covers, as far as they are here: costs reading it, and for each
    /// commit what it changed.
    ///
    /// @param differences is told what is wrong
    /// @param progress is told how many commits have been compared so far, by any thread
    /// @param workers how many threads work, the caller included
    public void audit(IndexDifferences differences, LongConsumer progress, Tasks tasks, int workers) {
        new IndexAudit(current(), new IndexEntries(nodes, history, none(), new Folds()), differences, progress)
                .run(tasks, workers);
    }

    /// Throws the index away; it is made anew from the next [#advance] on.
    ///
    /// @param beside what makes it wrong, and removes what is remembered of it: nobody brings it forward meanwhile
    public void forget(Runnable beside) {
        advancing.lock();
        try {
            beside.run();
            coveredHeads.clear();
            publish(ChangeIndex.none(none().tree()));
        } finally {
            advancing.unlock();
        }
    }

    /// Brings the index forward if it is worth it.
    ///
    /// @param heads whose history is to be covered
    /// @param least it is when so many commits are not covered
    /// @param written is told after each batch that was written
    /// @return whether anything was written
    public boolean advance(List<Hash> heads, int least, Runnable written) {
        advancing.lock();
        Roots.Hold hold = roots.hold(
                heads, heads.stream().<Roots.Root>map(Roots.OfCommit::new).toList());
        try {
            List<Hash> unknown =
                    heads.stream().filter(head -> !coveredHeads.contains(head)).toList();
            List<Mark> missing = missing(unknown);
            if (missing.size() < least) {
                return false;
            }
            for (int first = 0; first < missing.size(); ) {
                first = write(missing, first);
                written.run();
            }
            coveredHeads.retainAll(heads);
            coveredHeads.addAll(heads);
            return true;
        } finally {
            hold.release();
            advancing.unlock();
        }
    }

    /// The commits that are not covered, parents before children.
    private List<Mark> missing(List<Hash> heads) {
        ChangeIndex known = current();
        List<Mark> missing = new ArrayList<>();
        LogWalk walk = LogWalk.of(history, heads, (name, commit) -> !known.covers(name, commit.generation()));
        while (walk.next()) {
            missing.add(new Mark(walk.commit().generation(), walk.hash()));
        }
        return missing.reversed();
    }

    /// Writes one batch.
    ///
    /// @return where the next one begins
    private int write(List<Mark> missing, int first) {
        return roots.writing(() -> {
            IndexWriter writer = new IndexWriter(nodes, history, Catalog.empty(nodes), folds);
            int next = first;
            while (next < missing.size() && next - first < BATCH_COMMITS && writer.size() < BATCH_ENTRIES) {
                writer.add(missing.get(next).commit());
                next++;
            }
            publish(writer.addTo(current()));
            return next;
        });
    }
}
