package coppice.kernel.store;

import coppice.kernel.bytes.Hash;
import java.util.function.Consumer;

/// Is told what [PackStore#check] and [Salvage] read. Called by several threads at once; a chunk that lies in two
/// packs is told twice.
public interface PackVisitor extends ChunkListener {
    /// Listens to damage only.
    static PackVisitor ofDamage(Consumer<PackDamage> damage) {
        return new PackVisitor() {
            @Override
            public void sound(Hash hash, byte[] bytes, int length) {}

            @Override
            public void damaged(PackDamage found) {
                damage.accept(found);
            }

            @Override
            public void read(long bytes) {}
        };
    }

    /// Does not listen.
    PackVisitor NONE = ofDamage(_ -> {});

    /// Something that is not as it was written.
    void damaged(PackDamage damage);

    /// So many more bytes of pack files have been read.
    void read(long bytes);
}
