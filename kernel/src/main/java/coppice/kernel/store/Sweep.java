package coppice.kernel.store;

import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Hash;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Drops dead chunks, beside readers and writers:
/// ```java
/// try (Sweep sweep = store.beginSweep()) {
///     MarkSet live = mark(everyRoot());       // after the sweep has begun, not before
///     sweep.run(live);
/// }
/// ```
/// What the caller owes: `live` covers everything reachable from every root that exists when [PackStore#beginSweep]
/// returns *and*
/// from
/// every tree whose writing had begun by then, even if its root is published later (publish or wait for those first,
/// then
/// begin; or begin, wait for them, then mark). Everything whose writing begins later is kept without being marked: new
/// chunks go to packs that the sweep does not touch, and a chunk that a writer finds in an old pack, by
/// [PackStore#write] or [PackStore#contains], is remembered and kept.
///
/// The sweep reads the indexes of all old packs, chooses those with enough waste (and small ones), and
/// replaces them group by group, each at one stroke: closing it between two groups loses nothing. What has
/// been replaced becomes durable with the next [PackStore#sync()]; a crash before that finds the old packs
/// untouched. Heap: 8 bytes per live chunk of the pack at hand, besides `live`.
public final class Sweep implements AutoCloseable {
    private final PackStore store;
    private final ReentrantLock publishing = new ReentrantLock();
    /// Old chunks that writers have found since the sweep began. Guarded by `publishing`, like `gone`.
    private final List<Hash> found = new ArrayList<>();

    private final MarkSet foundOnce = new MarkSet();
    private final Set<Pack> gone = new HashSet<>();
    private volatile long firstNewId = Long.MAX_VALUE;
    private volatile boolean closed;
    /// Held by whoever works on the candidates.
    private final ReentrantLock working = new ReentrantLock();

    private List<Pack> candidates = List.of();
    private boolean started;
    private boolean ended;

    private final List<String> damaged = new ArrayList<>();
    private int replaced;
    private int written;
    private long kept;
    private long dropped;
    private long reclaimed;

    Sweep(PackStore store) {
        this.store = store;
    }

    /// Takes the packs of this moment under the broom.
    void cover(List<Pack> packs, long newId) {
        List<Pack> held = new ArrayList<>();
        for (Pack pack : packs) {
            // A pack that is not sealed still grows: what is in it was written just now.
            if (pack.sealed() && pack.hold()) {
                held.add(pack);
            }
        }
        held.sort(Comparator.comparingLong(Pack::id));
        candidates = held;
        firstNewId = newId;
    }

    /// Called when a writer relies on a chunk in `pack`. False when that pack has just gone: look again.
    boolean keep(Hash hash, Pack pack) {
        if (pack.id() >= firstNewId) {
            return true;
        }
        publishing.lock();
        try {
            if (gone.contains(pack)) {
                return false;
            }
            if (foundOnce.add(hash)) {
                found.add(hash);
            }
            return true;
        } finally {
            publishing.unlock();
        }
    }

    /// Does the work. May be called once; ends early, between two groups of packs, when the sweep is closed.
    public SweepResult run(LiveChunks live) {
        working.lock();
        try {
            if (started) {
                throw new IllegalStateException("A sweep runs once. Close it and begin another.");
            }
            started = true;
            sweep(live);
            return new SweepResult(replaced, written, kept, dropped, reclaimed, damaged);
        } finally {
            working.unlock();
        }
    }

    private void sweep(LiveChunks live) {
        List<Pack> group = new ArrayList<>();
        long bytes = 0;
        long chunks = 0;
        for (Survey survey : choose(live)) {
            if (bytes + survey.liveBytes > store.options().packBytes()
                    || chunks + survey.liveChunks > store.options().packChunks()) {
                replace(group, live);
                group.clear();
                bytes = 0;
                chunks = 0;
            }
            group.add(survey.pack);
            bytes += survey.liveBytes;
            chunks += survey.liveChunks;
        }
        replace(group, live);
    }

    private record Survey(Pack pack, long liveChunks, long liveBytes) {
        double waste() {
            return 1 - (double) liveBytes / (pack.length() - PackHeader.LENGTH);
        }
    }

    /// The packs worth rewriting: those with enough waste, and small ones when they are many.
    private List<Survey> choose(LiveChunks live) {
        List<Survey> wasteful = new ArrayList<>();
        List<Survey> small = new ArrayList<>();
        for (Pack pack : candidates) {
            try {
                Survey survey = survey(pack, live);
                if (survey.waste() >= store.options().wasteLimit()) {
                    wasteful.add(survey);
                } else if (pack.length() < store.options().packBytes() / PackMerge.FACTOR) {
                    small.add(survey);
                }
            } catch (CorruptException _) {
                damaged.add(pack.path());
            }
        }
        if (small.size() + wasteful.size() >= PackMerge.FACTOR) {
            wasteful.addAll(small);
            wasteful.sort(Comparator.comparingLong(survey -> survey.pack.id()));
        }
        return wasteful;
    }

    private static Survey survey(Pack pack, LiveChunks live) {
        long[] sums = new long[2];
        pack.index().forEach((hash, place) -> {
            if (live.isLive(hash)) {
                sums[0]++;
                sums[1] += Place.length(place);
            }
        });
        return new Survey(pack, sums[0], sums[1]);
    }

    private void replace(List<Pack> group, LiveChunks live) {
        if (group.isEmpty() || closed) {
            return;
        }
        try {
            Pack copy = store.rewriter().copy(group, live);
            publish(group, copy);
        } catch (CorruptException e) {
            // One pack that cannot be read must not keep the others from being cleaned: leave it out.
            List<Pack> sound =
                    group.stream().filter(pack -> !pack.hasFile(e.where())).toList();
            if (sound.size() == group.size()) {
                throw e;
            }
            damaged.add(e.where());
            replace(sound, live);
        }
    }

    private void publish(List<Pack> group, @Nullable Pack copy) {
        boolean published = false;
        try {
            int rescued = 0;
            while (!published) {
                List<Hash> late = replaceUnlessFound(group, copy, rescued);
                published = late.isEmpty();
                late.forEach(hash -> rescue(hash, group, copy));
                rescued += late.size();
            }
        } finally {
            if (!published && copy != null) {
                copy.drop();
            }
        }
        count(group, copy);
    }

    /// Puts the copy in place, unless writers have found old chunks of which `seen` have been looked at: then
    /// returns the others.
    private List<Hash> replaceUnlessFound(List<Pack> group, @Nullable Pack copy, int seen) {
        publishing.lock();
        try {
            List<Hash> late = List.copyOf(found.subList(seen, found.size()));
            if (late.isEmpty()) {
                store.list().replace(group, copy);
                gone.addAll(group);
            }
            return late;
        } finally {
            publishing.unlock();
        }
    }

    /// Writes a chunk anew that a writer has found in the group and that is not in the copy.
    private void rescue(Hash hash, List<Pack> group, @Nullable Pack copy) {
        if (copy != null && copy.find(hash) != Place.NONE) {
            return;
        }
        for (Pack pack : group) {
            long place = pack.find(hash);
            if (place != Place.NONE) {
                store.rescue(hash, pack, place);
                return;
            }
        }
    }

    private void count(List<Pack> group, @Nullable Pack copy) {
        long chunks = 0;
        for (Pack pack : group) {
            replaced++;
            chunks += pack.index().count();
            reclaimed += pack.length();
        }
        if (copy != null) {
            written++;
            kept += copy.index().count();
            chunks -= copy.index().count();
            reclaimed -= copy.length();
        }
        dropped += chunks;
    }

    /// Ends the sweep, after the group at hand if it is running. Closing again does nothing.
    @Override
    public void close() {
        closed = true;
        working.lock();
        try {
            if (!ended) {
                ended = true;
                candidates.forEach(Pack::release);
                candidates = List.of();
                store.endSweep();
            }
        } finally {
            working.unlock();
        }
    }
}
