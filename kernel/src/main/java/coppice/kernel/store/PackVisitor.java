package coppice.kernel.store;

import coppice.kernel.bytes.Hash;

/// Is told what [PackStore#check] and [Salvage] read. Called by several threads at once.
public interface PackVisitor {
    /// Does not listen.
    PackVisitor NONE = new PackVisitor() {
        @Override
        public void sound(Hash hash, byte[] chunk) {}

        @Override
        public void damaged(PackDamage damage) {}

        @Override
        public void read(long bytes) {}
    };

    /// A chunk that is as it was written; one that lies in two packs is told twice. The array is the visitor's own.
    void sound(Hash hash, byte[] chunk);

    /// Something that is not.
    void damaged(PackDamage damage);

    /// So many more bytes of pack files have been read.
    void read(long bytes);
}
