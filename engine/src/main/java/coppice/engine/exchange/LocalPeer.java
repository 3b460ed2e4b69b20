package coppice.engine.exchange;

import coppice.api.DatabaseException;
import coppice.api.PushOutcome;
import coppice.engine.live.RefNames;
import coppice.engine.state.Roots;
import coppice.engine.storage.Storage;
import coppice.engine.views.Catalogue;
import coppice.kernel.bytes.Hash;
import coppice.kernel.exchange.Bundle;
import coppice.kernel.exchange.PackSource;
import coppice.kernel.history.Refs;
import coppice.kernel.store.Chunks;
import coppice.kernel.store.Wanted;
import coppice.kernel.tree.ChunkFacts;
import coppice.kernel.tree.ChunkWalk;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// A database in this process as the other side, beside its readers and writers.
public final class LocalPeer implements Peer {
    private static final byte[] NOTHING = {};

    private final String location;
    private final Depot depot;
    private final Runnable closing;
    private final List<Bundle.Ref> refs;
    private final Roots.Hold hold;

    /// @param closing is run at the end
    public LocalPeer(String location, Depot depot, Runnable closing) {
        this.location = location;
        this.depot = depot;
        this.closing = closing;
        depot.gate().ensureOpen();
        Storage storage = depot.storage();
        this.refs = new ArrayList<>();
        // No sweep may come between looking at the refs and holding what they reach.
        this.hold = depot.compaction().excluded(() -> {
            depot.branches().list(RefNames.HEADS).stream()
                    .filter(ref -> !ref.name().equals(RefNames.head(RefNames.SYSTEM)))
                    .map(ref -> new Bundle.Ref(ref.name(), ref.value().commit(), new byte[0]))
                    .forEach(refs::add);
            depot.branches().list(RefNames.TAGS).forEach(tag -> refs.add(bundled(tag)));
            return storage.roots()
                    .hold(
                            this,
                            refs.stream()
                                    .<Roots.Root>map(ref -> new Roots.OfCommit(ref.commit()))
                                    .distinct()
                                    .toList());
        });
    }

    /// A tag with its note.
    public static Bundle.Ref bundled(Refs.Ref tag) {
        boolean plain = tag.value().note() == null;
        return new Bundle.Ref(
                tag.name(),
                tag.value().commit(),
                plain ? new byte[0] : tag.value().at(0).encode());
    }

    @Override
    public List<Bundle.Ref> refs() {
        return refs;
    }

    @Override
    public Map<String, byte[]> projections() {
        return depot.settings().all(Catalogue.AREA);
    }

    @Override
    public long floor() {
        return depot.storage().history().floor();
    }

    @Override
    public List<Hash> prerequisites() {
        return List.of();
    }

    @Override
    public ChunkWalk.Source chunks(Chunks aside) {
        PackSource packs = depot.source();
        return new ChunkWalk.Source() {
            @Override
            public byte[] read(Hash hash) {
                return guarded(() -> packs.read(hash));
            }

            @Override
            public byte[] bring(Hash hash, Chunks into) {
                return guarded(() -> packs.bring(hash, into));
            }

            @Override
            public List<byte[]> bringAll(List<Hash> hashes, Chunks into) {
                return guarded(() -> packs.bringAll(hashes, into));
            }

            @Override
            public void carry(List<? extends Wanted> chunks, Chunks into) {
                guarded(() -> {
                    packs.carry(chunks, into);
                    return NOTHING;
                });
            }

            @Override
            public boolean bringEverything(Chunks into, ChunkFacts facts, ChunkWalk.Brought brought) {
                return guarded(() -> packs.bringEverything(into, facts, brought));
            }

            @Override
            public void settle() {
                guarded(() -> {
                    packs.settle();
                    return NOTHING;
                });
            }

            @Override
            public void abandon() {
                packs.abandon();
            }
        };
    }

    private <T> T guarded(Supplier<T> read) {
        return PeerFailure.guarded(location, () -> {
            depot.gate().ensureOpen();
            return read.get();
        });
    }

    @Override
    public PushOutcome receive(Offer offer, ChunkWalk.Source from, Flow flow) {
        try {
            return new Receiving(depot).receive(offer, from, flow);
        } catch (RuntimeException failure) {
            RuntimeException explained = depot.gate().explain(failure);
            throw explained instanceof DatabaseException.Closed
                    ? PeerFailure.unavailable(location, failure)
                    : explained;
        }
    }

    @Override
    public void finish() {
        // Whatever was read was checked.
    }

    @Override
    public void close() {
        hold.release();
        closing.run();
    }
}
