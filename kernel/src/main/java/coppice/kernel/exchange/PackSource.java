package coppice.kernel.exchange;

import coppice.kernel.bytes.Hash;
import coppice.kernel.platform.Task;
import coppice.kernel.store.Chunks;
import coppice.kernel.store.Haul;
import coppice.kernel.store.PackCopy;
import coppice.kernel.store.PackStore;
import coppice.kernel.store.StoredChunk;
import coppice.kernel.store.Wanted;
import coppice.kernel.tree.ChunkFacts;
import coppice.kernel.tree.ChunkWalk;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// Chunks of a store for another one, which keeps them as they are stored. Those that a walk need not look into,
/// most of all, gather to be moved in lots, each a [Haul] that runs beside the walk. For one walk at a time.
public final class PackSource implements ChunkWalk.Source {
    /// Chunks of a lot: some 2 MiB, so that others soon have something to do beside the walk.
    private static final int LOT = 512;

    /// From how many chunks on it is worth while to find and read them together, and to have help with that.
    private static final int HAUL_MIN = 4;

    private static final int HELPED_MIN = 256;

    /// Who works beside the walk: one at each lot.
    private static final int HELPERS = Math.clamp(Runtime.getRuntime().availableProcessors() - 1, 1, 7);

    /// How many lots are under way at most.
    private static final int UNDER_WAY = 4 * HELPERS;

    /// What is learnt of so many chunks takes up to an eighth of the heap; of 72 bytes each.
    private static final long FACTS_MAX = Math.max(1 << 20, Runtime.getRuntime().maxMemory() / (8 * 72));

    private final PackStore from;
    private final Deque<UnderWay> underWay = new ArrayDeque<>();
    private List<Wanted> lot = new ArrayList<>();
    private @Nullable PackStore to;
    private @Nullable Task syncing;

    private record UnderWay(Haul haul, List<Task> helpers) {
        /// Works as well, and returns when all is done, or fails as that does.
        void complete() {
            try (haul) {
                haul.work();
                helpers.forEach(Task::join);
                haul.finish();
            }
        }

        void end() {
            helpers.forEach(Task::join);
            haul.close();
        }
    }

    /// @param from must stay open
    public PackSource(PackStore from) {
        this.from = from;
    }

    @Override
    public byte[] read(Hash hash) {
        return from.readStored(hash).chunk();
    }

    @Override
    public byte[] bring(Hash hash, Chunks into) {
        StoredChunk stored = from.readStored(hash);
        if (into instanceof PackStore packs) {
            packs.writeStored(stored);
        } else {
            into.writeShared(hash, stored.chunk());
        }
        return stored.chunk();
    }

    @Override
    public List<byte[]> bringAll(List<Hash> hashes, Chunks into) {
        if (!(into instanceof PackStore packs) || hashes.size() < HAUL_MIN) {
            return ChunkWalk.Source.super.bringAll(hashes, into);
        }
        List<Taken> taken = hashes.stream().map(Taken::new).toList();
        start(packs, taken, Math.min(HELPERS, hashes.size() / HELPED_MIN)).complete();
        return taken.stream().map(Taken::chunk).toList();
    }

    /// A chunk that is kept for whoever asked for it.
    private static final class Taken implements Wanted {
        private final Hash hash;
        private byte @Nullable [] chunk;

        Taken(Hash hash) {
            this.hash = hash;
        }

        @Override
        public Hash hash() {
            return hash;
        }

        @Override
        public void check(byte[] bytes) {
            chunk = bytes;
        }

        byte[] chunk() {
            return Objects.requireNonNull(chunk);
        }
    }

    /// {@inheritDoc}
    ///
    /// Copies packs; unless more is there than here, which all would have to be read too.
    @Override
    public boolean bringEverything(Chunks into, ChunkFacts facts, ChunkWalk.Brought brought) {
        if (!(into instanceof PackStore packs)
                || packs.statistics().storedBytes() > from.statistics().storedBytes()) {
            return false;
        }
        Learning learning = new Learning(facts, brought);
        PackCopy.Copied copied = PackCopy.run(from, packs, FACTS_MAX, HELPERS + 1, learning, learning::tell);
        boolean ended = false;
        try {
            learning.tell();
            facts.settle();
            syncing = copied.syncing(); // not before: whoever is told settles what is under way
            ended = true;
        } finally {
            if (!ended) {
                copied.syncing().join();
            }
        }
        return copied.isSound();
    }

    /// Listens to what is copied.
    private static final class Learning implements PackCopy.Listener {
        private final ChunkFacts facts;
        private final ChunkWalk.Brought brought;
        private final LongAdder chunks = new LongAdder();
        private final LongAdder bytes = new LongAdder();

        Learning(ChunkFacts facts, ChunkWalk.Brought brought) {
            this.facts = facts;
            this.brought = brought;
        }

        @Override
        public void sound(Hash hash, byte[] bytes, int length) {
            facts.learn(hash, bytes, length);
        }

        @Override
        public void versions(Hash[] hashes, byte[] content, int[] ends) {
            facts.learn(hashes, content, ends);
        }

        @Override
        public void copied(long more, long moreBytes) {
            chunks.add(more);
            bytes.add(moreBytes);
        }

        void tell() {
            brought.more(chunks.sumThenReset(), bytes.sumThenReset());
        }
    }

    private UnderWay start(PackStore packs, List<? extends Wanted> chunks, int helpers) {
        UnderWay started = new UnderWay(new Haul(from, packs, chunks), new ArrayList<>());
        for (int i = 0; i < helpers; i++) {
            started.helpers.add(packs.tasks().start("coppice-haul", started.haul::work));
        }
        return started;
    }

    @Override
    public void carry(List<? extends Wanted> chunks, Chunks into) {
        if (!(into instanceof PackStore packs)) {
            ChunkWalk.Source.super.carry(chunks, into);
            return;
        }
        to = packs;
        lot.addAll(chunks);
        if (lot.size() >= LOT) {
            send(packs);
        }
    }

    private void send(PackStore packs) {
        while (underWay.size() >= UNDER_WAY) {
            arrive();
        }
        List<Wanted> chunks = lot;
        lot = new ArrayList<>();
        underWay.add(start(packs, chunks, 1));
    }

    /// Helps with the first lot, and takes the failure from it if it has one.
    private void arrive() {
        underWay.remove().complete();
    }

    @Override
    public void settle() {
        PackStore packs = to;
        if (packs != null && !lot.isEmpty()) {
            send(packs);
        }
        while (!underWay.isEmpty()) {
            arrive();
        }
        awaitSync();
    }

    /// Waits until what was copied is durable. What failed fails again when all is made durable.
    private void awaitSync() {
        Task last = syncing;
        if (last != null) {
            last.join();
            syncing = null;
        }
    }

    @Override
    public void abandon() {
        lot.clear();
        underWay.forEach(lots -> lots.haul.cancel());
        underWay.forEach(UnderWay::end);
        underWay.clear();
        awaitSync();
    }
}
