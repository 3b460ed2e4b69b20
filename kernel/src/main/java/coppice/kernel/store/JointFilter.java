package coppice.kernel.store;

import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Hash;
import coppice.kernel.platform.StorageException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/// One filter over the chunks of many packs, in memory. Each pack has a filter of its own that errs once in a hundred;
/// of a hundred packs one errs for most chunks that none of them has, and its index is read. This one errs once in a
/// thousand when it is full, for all of them.
///
/// It takes in whole packs that are sealed, as they never change, and knows which: the others are to be asked one by
/// one. So nothing needs to tell it when packs come, go and are replaced. A pack is taken in once as many questions
/// were put to packs one by one as it has chunks, the smallest first: who hardly asks never pays for it, and who asks
/// pays no more than the answers have cost. What packs held that are gone stays in it and makes it err, until it begins
/// anew.
///
/// Thread-safe; whoever asks takes in, one thread at a time, and the others go on asking.
final class JointFilter {
    private static final int BITS_PER_CHUNK = 16;

    private final long mostChunks;
    private final AtomicLong questions = new AtomicLong();
    private final ReentrantLock taking = new ReentrantLock();
    /// Packs whose index could not be read. Whoever needs it to find a chunk meets the same and reports it.
    private final Set<Long> unreadable = new HashSet<>(); // guarded by taking

    private volatile Cover cover = new Cover(BlockFilter.sized(1, BITS_PER_CHUNK), 0, 0, Set.of());

    /// The packs that the filter knew at one moment. Of these it says no for no chunk that they have, also while others
    /// are taken in: bits are only ever set, by one thread at a time.
    ///
    /// @param room how many chunks it may hold
    /// @param chunks how many it holds, from packs that are gone too
    record Cover(BlockFilter filter, int room, int chunks, Set<Long> packs) {
        boolean has(Pack pack) {
            return packs.contains(pack.id());
        }

        /// The numbers of those of some chunks that these packs may have.
        BitSet among(List<Hash> hashes) {
            BitSet possible = new BitSet(hashes.size());
            for (int i = 0; i < hashes.size(); i++) {
                possible.set(i, filter.mayHold(hashes.get(i)));
            }
            return possible;
        }

        private boolean takes(Pack pack) {
            return pack.index().count() <= room - chunks;
        }

        /// With the chunks of another pack, which the caller holds.
        private Cover with(Pack pack, Set<Long> listed) {
            int[] fresh = {0};
            pack.index().forEach((prefix, second, _) -> {
                if (!filter.mayHold(prefix, second)) {
                    filter.add(prefix, second);
                    fresh[0]++;
                }
            });
            Set<Long> more = new HashSet<>(packs);
            more.retainAll(listed);
            more.add(pack.id());
            return new Cover(filter, room, chunks + fresh[0], Set.copyOf(more));
        }
    }

    /// @param mostBytes how much memory it may take
    JointFilter(long mostBytes) {
        this.mostChunks = mostBytes * Byte.SIZE / BITS_PER_CHUNK;
    }

    /// What it knows now.
    Cover cover() {
        return cover;
    }

    /// Says that some chunks were asked for, and takes packs in when it is time for it. May read their indexes.
    ///
    /// @param packs all packs there are
    void asked(int chunks, Pack[] packs) {
        long apart = Arrays.stream(packs).filter(this::isMissing).count();
        if (apart > 0 && mostChunks > 0) {
            long due = questions.addAndGet(chunks * apart);
            if (due >= fewest(packs) && taking.tryLock()) {
                try {
                    take(packs);
                } finally {
                    taking.unlock();
                }
            }
        }
    }

    private boolean isMissing(Pack pack) {
        return pack.sealed() && !cover.has(pack);
    }

    private long fewest(Pack[] packs) {
        return Arrays.stream(packs)
                .filter(this::isMissing)
                .mapToLong(pack -> pack.index().count())
                .min()
                .orElse(Long.MAX_VALUE);
    }

    private void take(Pack[] packs) {
        List<Pack> missing = Arrays.stream(packs)
                .filter(pack -> isMissing(pack) && !unreadable.contains(pack.id()))
                .sorted(Comparator.comparingInt(pack -> pack.index().count()))
                .toList();
        for (Pack pack : missing) {
            if (questions.get() < pack.index().count()) {
                return;
            }
            if (!cover.takes(pack)) {
                renew(packs);
            }
            if (!cover.takes(pack)) {
                break;
            }
            questions.addAndGet(-pack.index().count());
            take(pack, packs);
        }
        // There is nothing left that could be taken in: those who ask need not look again soon.
        questions.set(0);
    }

    private void take(Pack pack, Pack[] packs) {
        if (!pack.hold()) {
            return; // it is in no list any more
        }
        try {
            Set<Long> listed = new HashSet<>();
            Arrays.stream(packs).forEach(other -> listed.add(other.id()));
            cover = cover.with(pack, listed);
        } catch (CorruptException | StorageException _) {
            unreadable.add(pack.id());
        } finally {
            pack.release();
        }
    }

    /// Begins anew with room for twice of what there is, if that helps: more fits then, or half of what it holds is of
    /// packs that are gone.
    private void renew(Pack[] packs) {
        long all = 0;
        long known = 0;
        for (Pack pack : packs) {
            all += pack.index().count();
            known += cover.has(pack) ? pack.index().count() : 0;
        }
        int room = (int) Math.min(Math.min(mostChunks, 2 * all), Integer.MAX_VALUE);
        if (room > cover.room || known < cover.chunks / 2) {
            cover = new Cover(BlockFilter.sized(room, BITS_PER_CHUNK), room, 0, Set.of());
        }
    }
}
