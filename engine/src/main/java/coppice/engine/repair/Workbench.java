package coppice.engine.repair;

import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Hash;
import coppice.kernel.store.Chunks;
import coppice.kernel.store.MemoryChunks;
import coppice.kernel.store.MissingChunkException;
import coppice.kernel.store.PackStore;
import coppice.kernel.store.StoredChunk;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/// The chunks of a database under repair: those that could be read, those that copies have, brought here when they
/// are asked for, and those that are made on the way. Safe for all threads.
final class Workbench implements Chunks {
    private final PackStore here;
    private final Map<String, PackStore> copies;
    private final Optional<MemoryChunks> scratch;
    private final Map<String, LongAdder> copied = new ConcurrentHashMap<>();
    private final AtomicLong made = new AtomicLong();

    /// @param copies by what they are called
    /// @param dry whether what is written is kept in memory only
    Workbench(PackStore here, Map<String, PackStore> copies, boolean dry) {
        this.here = here;
        this.copies = copies;
        this.scratch = dry ? Optional.of(new MemoryChunks()) : Optional.empty();
    }

    @Override
    public byte[] read(Hash hash) {
        if (scratch.isPresent() && scratch.get().contains(hash)) {
            return scratch.get().read(hash);
        }
        try {
            return here.read(hash);
        } catch (CorruptException | MissingChunkException absent) {
            return bring(hash).orElseThrow(() -> absent).chunk().clone();
        }
    }

    @Override
    public boolean contains(Hash hash) {
        return isHere(hash) || bring(hash).isPresent();
    }

    private boolean isHere(Hash hash) {
        return here.contains(hash) || (scratch.isPresent() && scratch.get().contains(hash));
    }

    /// Takes a chunk from the first copy that has it undamaged.
    private Optional<StoredChunk> bring(Hash hash) {
        for (Map.Entry<String, PackStore> copy : copies.entrySet()) {
            try {
                StoredChunk found = copy.getValue().readStored(hash);
                scratch.ifPresentOrElse(
                        memory -> memory.writeShared(hash, found.chunk()), () -> here.writeStored(found));
                copied.computeIfAbsent(copy.getKey(), _ -> new LongAdder()).increment();
                return Optional.of(found);
            } catch (CorruptException | MissingChunkException _) {
                // The next copy may have it.
            }
        }
        return Optional.empty();
    }

    @Override
    public void write(Hash hash, byte[] bytes, int length) {
        if (!isHere(hash)) {
            made.incrementAndGet();
            scratch.ifPresentOrElse(memory -> memory.write(hash, bytes, length), () -> here.write(hash, bytes, length));
        }
    }

    /// How many chunks were taken from a copy.
    long copied(String copy) {
        LongAdder count = copied.get(copy);
        return count == null ? 0 : count.sum();
    }

    /// How many chunks were written that were not here.
    long made() {
        return made.get();
    }

    /// The copies, as they are called.
    List<String> copies() {
        return List.copyOf(copies.keySet());
    }
}
