package coppice.kernel.store;

import coppice.kernel.bytes.Hash;
import java.util.function.Consumer;

/// Is told what [PackStore#check] and [Salvage] read. Called by several threads at once.
public interface PackVisitor {
    /// Listens to damage only.
    static PackVisitor ofDamage(Consumer<PackDamage> damage) {
        return new PackVisitor() {
            @Override
            public void sound(Hash hash, byte[] chunk) {}

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

    /// A chunk that is as it was written; one that lies in two packs is told twice. The array is the visitor's own.
    void sound(Hash hash, byte[] chunk);

    /// Something that is not.
    void damaged(PackDamage damage);

    /// So many more bytes of pack files have been read.
    void read(long bytes);
}
