package coppice.kernel.store;

import coppice.kernel.bytes.Hash;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Copies the live chunks of some packs into new ones that are sealed and durable at the end, the versions of one
/// thing as a [Group]. Reads in file order, but for older versions. Needs 20 bytes of heap per chunk, live or not.
final class PackRewriter {
    private final PackFolder folder;
    private final long packBytes;
    private final int packChunks;
    private final ChunkCodec codec;
    private final LongSupplier newId;
    private final LongConsumer pace;

    /// @param packBytes how long a pack becomes
    /// @param packChunks how many chunks it holds at most
    /// @param pace told again and again how many chunks came since, to rest or to give up by an exception
    PackRewriter(
            PackFolder folder,
            long packBytes,
            int packChunks,
            ChunkCodec codec,
            LongSupplier newId,
            LongConsumer pace) {
        this.folder = folder;
        this.packBytes = packBytes;
        this.packChunks = packChunks;
        this.codec = codec;
        this.newId = newId;
        this.pace = pace;
    }

    /// How long a pack becomes.
    long packBytes() {
        return packBytes;
    }

    /// How many chunks a pack holds at most.
    int packChunks() {
        return packChunks;
    }

    /// Copies from packs that the caller holds. Returns no packs when nothing in them is live. Leaves nothing
    /// behind when it fails.
    ///
    /// @param packs what is copied
    /// @param donors packs of which only those chunks are copied that are versions of a chunk of `packs`; they are
    ///     [Candidate#moved] then
    /// @param versions what is known of versions, or null
    List<Pack> copy(List<Candidate> packs, List<Candidate> donors, @Nullable Successions versions) {
        PackOutput output = new PackOutput(folder, packBytes, packChunks, newId, pace);
        boolean complete = false;
        try {
            Copy copy = new Copy(packs, donors, output);
            copy.run(codec.compresses() ? versions : null);
            List<Pack> copies = output.finish();
            copy.take();
            complete = true;
            return copies;
        } finally {
            if (!complete) {
                output.abandon();
            }
        }
    }

    private final class Copy {
        private final List<Candidate> sources;
        private final int packs;
        private final PackOutput output;
        private final Links links;
        private final ChunkSource chunks;
        private final BitSet copied = new BitSet();
        /// What is put together into the next group, newest first.
        private final List<byte[]> group = new ArrayList<>();

        private final List<Hash> names = new ArrayList<>();
        private final List<Integer> numbers = new ArrayList<>();
        private int groupBytes;

        Copy(List<Candidate> packs, List<Candidate> donors, PackOutput output) {
            this.sources = new ArrayList<>(packs);
            this.sources.addAll(donors);
            this.packs = packs.size();
            this.output = output;
            this.links = new Links(sources);
            this.chunks = new ChunkSource(sources, links, codec);
        }

        void run(@Nullable Successions versions) {
            if (versions != null) {
                versions.link(sources, links);
            }
            chunks.linkGroups(links);
            for (int source = 0; source < packs; source++) {
                for (int chunk : chunks.inFileOrder(source)) {
                    if (!copied.get(chunk)) {
                        copyChain(links.newest(chunk));
                    }
                }
            }
        }

        /// Says that what was copied from donors need not be copied again.
        void take() {
            for (int chunk = copied.nextSetBit(links.first(packs)); chunk >= 0; chunk = copied.nextSetBit(chunk + 1)) {
                int source = links.source(chunk);
                sources.get(source).moved(chunk - links.first(source));
            }
        }

        private void copyChain(int newest) {
            for (int chunk = newest; chunk >= 0; chunk = links.older(chunk)) {
                copied.set(chunk);
            }
            if (links.older(newest) < 0 && !chunks.isInGroup(newest)) {
                output.append(chunks.record(newest), PackRecord.hash(chunks.record(newest), 0));
                return;
            }
            int chunk = newest;
            while (chunk >= 0) {
                int next = behind(chunk);
                if (next == chunk) {
                    add(chunk);
                    next = links.older(chunk);
                } else {
                    flush();
                    output.appendGroup(chunks.record(chunk), chunks.groupNames(chunk));
                }
                chunk = next;
            }
            flush();
        }

        /// The version behind the group that begins here, if that is to be copied as it is; else `chunk`.
        private int behind(int chunk) {
            int whole = chunks.wholeGroup(chunk, links);
            if (whole == 0) {
                return chunk;
            }
            int next = chunk;
            for (int i = 0; i < whole; i++) {
                next = links.older(next);
            }
            boolean nothingToAdd = group.isEmpty() && next < 0;
            return nothingToAdd || chunks.isLargeGroup(chunk) ? next : chunk;
        }

        private void add(int chunk) {
            byte[] bytes = chunks.read(chunk);
            Hash name = chunks.name();
            if (groupBytes + bytes.length > Group.BYTES_MAX || group.size() == Group.CHUNKS_MAX) {
                if (group.size() > 2 && endsRun(chunk)) {
                    flushAllButLast();
                } else {
                    flush();
                }
            }
            group.add(bytes);
            names.add(name);
            numbers.add(chunk);
            groupBytes += bytes.length;
        }

        /// Whether nothing is to be added to a group after this version, so that a group of its own would be none.
        private boolean endsRun(int chunk) {
            int next = links.older(chunk);
            return next < 0 || (chunks.wholeGroup(next, links) > 0 && chunks.isLargeGroup(next));
        }

        /// Keeps the last for a group with the one that comes.
        private void flushAllButLast() {
            byte[] last = group.removeLast();
            Hash name = names.removeLast();
            int number = numbers.removeLast();
            flush();
            group.add(last);
            names.add(name);
            numbers.add(number);
            groupBytes = last.length;
        }

        private void flush() {
            if (group.size() == 1) {
                copyAlone(numbers.getFirst(), names.getFirst(), group.getFirst());
            } else if (group.size() > 1) {
                if (output.takesGroups() && codec.compresses()) {
                    output.appendGroup(codec.encodeGroup(names.getFirst(), group), List.copyOf(names));
                } else {
                    for (int i = 0; i < group.size(); i++) {
                        copyAlone(numbers.get(i), names.get(i), group.get(i));
                    }
                }
            }
            group.clear();
            names.clear();
            numbers.clear();
            groupBytes = 0;
        }

        private void copyAlone(int chunk, Hash name, byte[] bytes) {
            if (chunks.isInGroup(chunk)) {
                Batch batch = new Batch();
                batch.add(name, bytes);
                Records records = codec.encode(batch);
                output.append(Arrays.copyOf(records.bytes(), records.length()), name);
                codec.giveBack(records);
            } else {
                output.append(chunks.record(chunk), name);
            }
        }
    }
}
