import org.jspecify.annotations.NullMarked;

/// The storage kernel: chunks, journal, prolly tree and history. It knows no schema, no JSON and no network, starts no
/// threads of its own accord and reads no clock.
@NullMarked
module coppice.kernel {
    requires static transitive org.jspecify;
    requires com.github.luben.zstd_jni;

    exports coppice.kernel.bytes;
    exports coppice.kernel.exchange;
    exports coppice.kernel.history;
    exports coppice.kernel.journal;
    exports coppice.kernel.platform;
    exports coppice.kernel.proof;
    exports coppice.kernel.store;
    exports coppice.kernel.tree;
}
