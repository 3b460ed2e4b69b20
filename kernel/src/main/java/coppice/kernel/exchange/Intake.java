package coppice.kernel.exchange;

import coppice.kernel.bytes.Hash;
import coppice.kernel.history.History;
import coppice.kernel.history.HistoryWalk;
import coppice.kernel.history.HistoryWalk.Generations;
import coppice.kernel.store.Chunks;
import coppice.kernel.store.Wanted;
import coppice.kernel.tree.ChunkFacts;
import coppice.kernel.tree.ChunkWalk;
import coppice.kernel.tree.Nodes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// Takes commits of somebody else into a store, with all their data, and trusts nothing on the way: each chunk by
/// its hash, each tree as the one tree of its rows, each commit's generation and closure as what follows from its
/// parents.
///
/// Only chunks that are not here yet are asked for. So an intake that broke off anywhere is finished by doing it
/// again, which moves the rest. What it wrote is garbage until a ref names it; no sweep may run meanwhile, and the
/// caller makes the chunks durable before it moves a ref. Not thread-safe.
public final class Intake {
    /// How much moves until it is told how far it is, and how much is asked for.
    private static final long TELL_EVERY_BYTES = 16L << 20;

    private static final long TELL_EVERY_CHUNKS = 16_384;

    private final Nodes nodes;
    private final History history;
    private final Arriving arriving;
    private final Window window = new Window();
    private final HistoryWalk walk;
    private final Progress progress;
    private long walked;
    private long complete;
    private long planned;
    private long toldBytes;
    private long toldAsked;

    /// @param nodes the store to take commits into
    /// @param history the history in it
    /// @param from where to get what is not here
    public Intake(Nodes nodes, History history, ChunkWalk.Source from, Progress progress) {
        this.nodes = nodes;
        this.history = history;
        this.arriving = new Arriving(nodes.chunks(), from, this::arrived);
        this.walk = new HistoryWalk(nodes, history, arriving, window);
        this.progress = progress;
    }

    /// Takes in some commits and the trees of their ancestors, but no data, so that the history can be asked how they
    /// descend from what is here.
    ///
    /// @param known commits that are here with everything below them, likely to share ancestors with them
    public void ancestors(List<Hash> wants, List<Hash> known) {
        whole(() -> walk.ancestors(wants, known));
    }

    /// Takes over all that the other side has, wanted or not, if it can give that faster: for whoever wants nearly all
    /// of it. What is wanted has to be taken in as always then, which finds it here and proved, and moves what is
    /// lacking.
    ///
    /// @param secret a random number that the other side cannot know
    public void everything(long secret) {
        ChunkFacts facts = new ChunkFacts(secret);
        if (arriving.everything(facts)) {
            walk.knowing(facts);
        }
    }

    /// Takes in some commits and all ancestors of them that are not known.
    ///
    /// @param wants the commits
    /// @param haves commits that are here with everything below them, down to the floor of the history; those that
    ///     no wanted commit descends from cost and help nothing
    /// @param similar a commit that is here and may share data with what has no known parent, or null
    /// @throws coppice.kernel.bytes.CorruptException when something is not as it must be
    /// @throws coppice.kernel.store.MissingChunkException when the other side has not all of it
    public void commits(List<Hash> wants, List<Hash> haves, Generations generations, @Nullable Hash similar) {
        whole(() -> {
            List<Hash> commits = walk.plan(wants, haves, generations);
            planned = commits.size();
            walk.commits(commits, similar, commit -> {
                history.check(commit);
                walked++;
                progress.moved(moved(), planned);
            });
        });
        progress.moved(moved(), planned);
    }

    /// Does something, and waits for what it left to be done later.
    private void whole(Runnable walking) {
        boolean ended = false;
        try {
            walking.run();
            arriving.settle();
            ended = true;
            complete = walked;
        } finally {
            if (!ended) {
                arriving.abandon();
            }
        }
    }

    /// Tells how far it is, when there is much to tell since the last time. What has been walked is complete then.
    private void arrived() {
        long bytes = arriving.bytes.sum();
        if (bytes - toldBytes >= TELL_EVERY_BYTES || arriving.asked - toldAsked >= TELL_EVERY_CHUNKS) {
            toldBytes = bytes;
            toldAsked = arriving.asked;
            arriving.settle();
            complete = walked;
            progress.moved(moved(), planned);
        }
    }

    /// Takes in a tree whose values name no chunks.
    ///
    /// @param known trees that are here and are likely to share much with it
    public void tree(Hash root, List<Hash> known) {
        whole(() -> walk.tree(root, known));
    }

    /// Takes in a catalog that no commit names.
    ///
    /// @param known catalogs that are here and are likely to share much with it
    public void catalog(Hash root, List<Hash> known) {
        whole(() -> walk.catalog(root, known));
    }

    /// What has been moved so far.
    public Moved moved() {
        return new Moved(complete, arriving.chunks.sum(), arriving.bytes.sum(), window.met());
    }

    /// The store that chunks come into.
    public Nodes nodes() {
        return nodes;
    }

    /// Reads what is here, and else asks the other side for it and keeps it.
    private static final class Arriving implements ChunkWalk.Source {
        private final Chunks here;
        private final ChunkWalk.Source from;
        private final Runnable arrived;
        private final LongAdder chunks = new LongAdder();
        private final LongAdder bytes = new LongAdder();
        private long asked;

        Arriving(Chunks here, ChunkWalk.Source from, Runnable arrived) {
            this.here = here;
            this.from = from;
            this.arrived = arrived;
        }

        @Override
        public byte[] read(Hash hash) {
            if (here.contains(hash)) {
                return found(hash);
            }
            asked++;
            byte[] chunk = from.bring(hash, here);
            count(chunk);
            arrived.run();
            return chunk;
        }

        @Override
        public List<byte[]> readAll(List<Hash> hashes) {
            List<Hash> absent = new ArrayList<>();
            for (Hash hash : hashes) {
                if (!here.contains(hash)) {
                    absent.add(hash);
                }
            }
            List<byte[]> brought = bring(absent);
            if (absent.size() == hashes.size()) {
                return brought;
            }
            Map<Hash, byte[]> byName = new HashMap<>();
            for (int i = 0; i < absent.size(); i++) {
                byName.put(absent.get(i), brought.get(i));
            }
            List<byte[]> all = new ArrayList<>(hashes.size());
            for (Hash hash : hashes) {
                byte[] chunk = byName.get(hash);
                all.add(chunk == null ? found(hash) : chunk);
            }
            return all;
        }

        private List<byte[]> bring(List<Hash> absent) {
            if (absent.isEmpty()) {
                return List.of();
            }
            asked += absent.size();
            List<byte[]> chunks = from.bringAll(absent, here);
            chunks.forEach(this::count);
            arrived.run();
            return chunks;
        }

        boolean everything(ChunkFacts facts) {
            return from.bringEverything(here, facts, (moreChunks, moreBytes) -> {
                chunks.add(moreChunks);
                bytes.add(moreBytes);
                arrived.run();
            });
        }

        private byte[] found(Hash hash) {
            byte[] found = here.read(hash);
            here.writeShared(hash, found); // so that it counts as written now, where the store tells that apart
            return found;
        }

        private void count(byte[] chunk) {
            chunks.increment();
            bytes.add(chunk.length);
        }

        @Override
        public void pass(List<? extends Wanted> wanted) {
            List<Counted> absent = new ArrayList<>(wanted.size());
            for (Wanted chunk : wanted) {
                if (here.contains(chunk.hash())) {
                    chunk.check(found(chunk.hash()));
                } else {
                    absent.add(new Counted(chunk));
                }
            }
            asked += absent.size();
            from.carry(absent, here);
            arrived.run();
        }

        private final class Counted implements Wanted {
            private final Wanted wanted;

            Counted(Wanted wanted) {
                this.wanted = wanted;
            }

            @Override
            public Hash hash() {
                return wanted.hash();
            }

            @Override
            public void check(byte[] chunk) {
                wanted.check(chunk);
                count(chunk);
            }
        }

        @Override
        public void settle() {
            from.settle();
        }

        @Override
        public void abandon() {
            from.abandon();
        }
    }
}
