package coppice.kernel.store;

import coppice.kernel.bytes.Hash;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The packs that chunks are looked up in, newest first, and those that were replaced but that a manifest on
/// disk still lists. Readers see one consistent list; changes swap it as a whole.
final class PackList {
    private final JointFilter joint;
    private final ReentrantLock changing = new ReentrantLock();
    private final List<Pack> replaced = new ArrayList<>();
    private final AtomicLong replacements = new AtomicLong();
    private volatile Listing listing = Listing.of(List.of());

    /// The packs of one moment, newest first, and their filters as far as they are known: of most packs a lookup
    /// touches no more than these. Filters never change, so it does not matter which thread finds one out.
    private record Listing(Pack[] packs, @Nullable BlockFilter[] filters) {
        static Listing of(Collection<Pack> packs) {
            Pack[] newestFirst = packs.stream()
                    .sorted(Comparator.comparingLong(Pack::id).reversed())
                    .toArray(Pack[]::new);
            return new Listing(newestFirst, new @Nullable BlockFilter[newestFirst.length]);
        }

        /// Whether a chunk may be in a pack.
        boolean mayHold(int pack, Hash hash) {
            BlockFilter filter = filters[pack];
            if (filter == null) {
                filter = packs[pack].index().filter();
                filters[pack] = filter;
            }
            return filter == null || filter.mayHold(hash);
        }
    }

    /// A chunk's pack, held for the finder, and its place there.
    record Found(Pack pack, long place) {}

    /// No packs.
    ///
    /// @param filterBytes how much memory one filter over all of them may take
    PackList(long filterBytes) {
        this.joint = new JointFilter(filterBytes);
    }

    /// The packs of this moment.
    List<Pack> packs() {
        return List.of(listing.packs);
    }

    /// How long they are together.
    long bytes() {
        long bytes = 0;
        for (Pack pack : listing.packs) {
            bytes += pack.length();
        }
        return bytes;
    }

    /// The length of the sealed packs of each generation.
    long[] bytesByGeneration() {
        long[] bytes = new long[Sweep.OLDEST + 1];
        for (Pack pack : listing.packs) {
            if (pack.sealed()) {
                bytes[pack.generation()] += pack.length();
            }
        }
        return bytes;
    }

    /// The sizes of this moment.
    ///
    /// @param waiting how many chunks wait to be written
    StoreStatistics statistics(int waiting) {
        long chunks = 0;
        long stored = 0;
        long index = 0;
        long raw = 0;
        List<Pack> all = packs();
        for (Pack pack : all) {
            PackState.Entry entry = pack.entry();
            chunks += entry.chunks();
            stored += entry.length();
            raw += entry.rawBytes();
            index += entry.sealed() ? IndexFormat.fileBytes(entry.chunks()) : 0;
        }
        return new StoreStatistics(all.size(), chunks, stored, index, raw, waiting);
    }

    /// How often packs have been replaced; see [PackStore#sync].
    long replacements() {
        return replacements.get();
    }

    void add(Pack pack) {
        changing.lock();
        try {
            List<Pack> more = new ArrayList<>(packs());
            more.add(pack);
            listing = Listing.of(more);
        } finally {
            changing.unlock();
        }
    }

    /// Puts `fresh`, which holds all that is still wanted of `old`, into their place. The files of the old
    /// ones stay until [#forget].
    void replace(Collection<Pack> old, List<Pack> fresh) {
        changing.lock();
        try {
            List<Pack> rest = new ArrayList<>(packs());
            rest.removeAll(new HashSet<>(old));
            rest.addAll(fresh);
            listing = Listing.of(rest);
            replaced.addAll(old);
            var _ = replacements.incrementAndGet();
        } finally {
            changing.unlock();
        }
    }

    /// Drops the replaced packs that `durable`, the state in the manifest on disk, does not list.
    void forget(PackState durable) {
        Set<Long> listed = new HashSet<>();
        durable.packs().forEach(entry -> listed.add(entry.id()));
        List<Pack> unlisted = new ArrayList<>();
        changing.lock();
        try {
            replaced.removeIf(pack -> !listed.contains(pack.id()) && unlisted.add(pack));
        } finally {
            changing.unlock();
        }
        unlisted.forEach(Pack::drop);
    }

    /// Finds a chunk, or returns null. The finder releases the pack.
    @Nullable
    Found find(Hash hash) {
        return find(hash, true);
    }

    /// @param remains whether chunks count that may be dead; see [Pack#hasRemains]
    @SuppressWarnings("ReferenceEquality") // Whether it is still the very same list is the question.
    private @Nullable Found find(Hash hash, boolean remains) {
        Listing now = listing;
        for (int i = 0; i < now.packs.length; i++) {
            if (!now.mayHold(i, hash)) {
                continue;
            }
            Pack pack = now.packs[i];
            long place = pack.hasRemains() && !remains ? Place.NONE : pack.find(hash);
            if (place == Place.NONE) {
                continue;
            }
            if (place != Pack.GONE && pack.hold()) {
                return new Found(pack, place);
            }
            // The pack was retired meanwhile: begin again with the list that no longer has it.
            if (now == listing) {
                throw new IllegalStateException("The chunk store is closed. Open the database again.");
            }
            now = listing;
            i = -1;
        }
        return null;
    }

    /// Which of some chunks may be in a pack; the others are in none. Asks one filter for all the packs that it
    /// knows first, and then goes from pack to pack, so that a filter is in the processor's cache while it is
    /// asked. That takes a small part of the time of as many calls of [#find].
    BitSet mayHold(List<Hash> hashes) {
        Listing now = listing;
        JointFilter.Cover cover = joint.cover();
        BitSet found = new BitSet(hashes.size());
        BitSet unknown = new BitSet(hashes.size());
        unknown.set(0, hashes.size());
        BitSet possible = cover.among(hashes);
        for (int pack = 0; pack < now.packs.length; pack++) {
            BitSet asked = cover.has(now.packs[pack]) ? possible : unknown;
            for (int i = asked.nextSetBit(0); i >= 0; i = asked.nextSetBit(i + 1)) {
                Hash hash = hashes.get(i);
                if (now.mayHold(pack, hash) && now.packs[pack].find(hash) != Place.NONE) {
                    found.set(i);
                    unknown.clear(i);
                    possible.clear(i);
                }
            }
        }
        joint.asked(hashes.size(), now.packs);
        return found;
    }

    /// Whether a chunk is in a pack whose id is at least `firstId`.
    boolean isYoungerThan(long firstId, Hash hash) {
        for (Pack pack : listing.packs) {
            if (pack.id() < firstId) {
                return false;
            }
            if (pack.find(hash) != Place.NONE) {
                return true;
            }
        }
        return false;
    }

    /// Finds many chunks. Costs less a chunk than [#find], the more there are.
    ///
    /// @param hashes ascending
    /// @param places is filled with where each is in its pack, or [Place#NONE]
    /// @param held gets the packs that any is in; the caller releases them
    /// @return the number of each one's pack in `held`, or -1
    int[] locate(List<Hash> hashes, long[] places, List<Pack> held) {
        int[] found = new int[places.length];
        Arrays.fill(found, -1);
        Arrays.fill(places, Place.NONE);
        for (Pack pack : listing.packs) {
            if (!pack.hold()) {
                continue; // what is in it is asked for one by one, wherever it has gone
            }
            int before = held.size();
            PackIndex.Finder finder = pack.index().finder();
            for (int i = 0; i < places.length; i++) {
                if (found[i] < 0 && pack.index().mayHold(hashes.get(i))) {
                    places[i] = finder.find(hashes.get(i));
                    found[i] = places[i] == Place.NONE ? -1 : before;
                }
            }
            if (Arrays.stream(found).anyMatch(number -> number == before)) {
                held.add(pack);
            } else {
                pack.release();
            }
        }
        return found;
    }

    /// The pack that holds a chunk, or null; for questions that do not read.
    ///
    /// @param remains whether chunks count that may be dead; see [Pack#hasRemains]
    @Nullable
    Pack packOf(Hash hash, boolean remains) {
        Found found = find(hash, remains);
        if (found == null) {
            return null;
        }
        found.pack.release();
        return found.pack;
    }

    /// Gives all files back. What is being read is closed when it has been read.
    void close() {
        List<Pack> all;
        changing.lock();
        try {
            all = new ArrayList<>(packs());
            all.addAll(replaced);
            replaced.clear();
        } finally {
            changing.unlock();
        }
        all.forEach(Pack::release);
    }
}
