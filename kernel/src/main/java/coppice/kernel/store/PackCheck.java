package coppice.kernel.store;

import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Hash;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/// Reads all of one pack: every record once in file order (are the bytes whole, is every chunk in the
/// index?), every chunk once through the index (does it lead to that chunk?).
final class PackCheck {
    private final Pack pack;
    private final ChunkCodec codec;
    private final Consumer<CorruptException> damage;
    private final Set<String> told = new HashSet<>();
    private long sound;

    private PackCheck(Pack pack, ChunkCodec codec, Consumer<CorruptException> damage) {
        this.pack = pack;
        this.codec = codec;
        this.damage = damage;
    }

    /// Returns the number of chunks that can be read; tells each damage once.
    static long run(Pack pack, ChunkCodec codec, Consumer<CorruptException> damage) {
        if (!pack.hold()) {
            return 0;
        }
        try {
            PackCheck check = new PackCheck(pack, codec, damage);
            check.guarded(check::walkRecords);
            check.guarded(check::walkIndex);
            return check.sound;
        } finally {
            pack.release();
        }
    }

    private void walkRecords() {
        PackIndex index = pack.index();
        PackScan.scan(pack.file(), pack.length(), (hash, place, _, _, _) -> {
            if (index.find(hash) == Place.NONE) {
                throw new CorruptException(
                        pack.path(),
                        Place.offset(place),
                        "a record that is in the index",
                        "chunk " + hash + ", which is not");
            }
        });
    }

    private void walkIndex() {
        pack.index().forEach((hash, place) -> guarded(() -> readChunk(hash, place)));
    }

    private void readChunk(Hash hash, long place) {
        var _ = pack.read(hash, place, codec);
        sound++;
    }

    private void guarded(Runnable step) {
        try {
            step.run();
        } catch (CorruptException e) {
            if (told.add(e.where() + e.offset())) {
                damage.accept(e);
            }
        }
    }
}
