package coppice.engine.storage;

import coppice.kernel.journal.JournalOptions;
import coppice.kernel.store.PackOptions;

/// How large files grow before the next one is begun. Not the user's business; tests take small ones, so that a short
/// life sees many files come and go.
///
/// @param segmentBytes of a journal segment; see [JournalOptions#segmentBytes()]
/// @param packBytes of a pack; see [PackOptions#packBytes()]
/// @param sealBytes of a pack at a sync; see [PackOptions#sealBytes()]
public record Sizes(int segmentBytes, long packBytes, long sealBytes) {
    /// What every database has outside of tests.
    public static final Sizes STANDARD = new Sizes(16 << 20, 256L << 20, 4L << 20);

    /// The options of a journal, with these sizes.
    public JournalOptions of(JournalOptions journal) {
        return journal.withSegmentBytes(segmentBytes);
    }

    /// The options of packs, with these sizes.
    public PackOptions of(PackOptions packs) {
        return packs.withSizes(packBytes, packs.packChunks(), sealBytes);
    }
}
