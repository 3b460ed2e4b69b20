package coppice.kernel.exchange;

import coppice.kernel.bytes.Hash;
import coppice.kernel.platform.Task;
import coppice.kernel.store.Chunks;
import coppice.kernel.store.Haul;
import coppice.kernel.store.PackStore;
import coppice.kernel.store.StoredChunk;
import coppice.kernel.store.Wanted;
import coppice.kernel.tree.ChunkWalk;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Chunks of a store for another one, which keeps them as they are stored. Those that a walk need not look into, most
/// of all, gather to be moved in lots, each a [Haul] that runs beside the walk. For one walk at a time.
public final class PackSource implements ChunkWalk.Source {
    /// Chunks of a lot: some 16 MiB.
    private static final int LOT = 4_096;

    /// How many lots are under way at most.
    private static final int UNDER_WAY = 2;

    /// Who works at each, besides the walk when it has to wait.
    private static final int HELPERS = Math.clamp(Runtime.getRuntime().availableProcessors() - 1, 1, 7);

    private final PackStore from;
    private final Deque<UnderWay> underWay = new ArrayDeque<>();
    private List<Wanted> lot = new ArrayList<>();
    private @Nullable PackStore to;

    private record UnderWay(Haul haul, List<Task> helpers) {
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
        Haul haul = new Haul(from, packs, lot);
        lot = new ArrayList<>();
        List<Task> helpers = new ArrayList<>();
        underWay.add(new UnderWay(haul, helpers));
        for (int i = 0; i < HELPERS; i++) {
            helpers.add(packs.tasks().start("coppice-haul", haul::work));
        }
    }

    /// Helps with the first lot, and takes the failure from it if it has one.
    private void arrive() {
        UnderWay first = underWay.element();
        first.haul.work();
        underWay.remove();
        first.end();
        first.haul.finish();
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
    }

    @Override
    public void abandon() {
        lot.clear();
        underWay.forEach(lots -> lots.haul.cancel());
        underWay.forEach(UnderWay::end);
        underWay.clear();
    }
}
