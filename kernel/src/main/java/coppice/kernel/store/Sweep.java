package coppice.kernel.store;

import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Hash;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// Drops dead chunks and puts versions of one thing together, beside readers and writers:
/// ```java
/// try (Sweep sweep = store.beginSweep(generation, waste, pace)) {
///     mark(everyRoot(), sweep::mark);         // after the sweep has begun, not before
///     sweep.decide(lineage);
///     while (sweep.step()) {                  // the files go that the step before replaced
///         sync, write a manifest, adopt it;
///     }
///     SweepResult result = sweep.finish();    // and write a manifest again
/// }
/// ```
/// What the caller owes: everything is marked that is reachable from every root that exists when
/// [PackStore#beginSweep(int, double, LongConsumer)] returns *and* from every tree whose writing had begun by then,
/// even if its root is published later (begin, wait for those, then mark). Everything whose writing begins
/// later is kept without being marked: new chunks go to packs that the sweep does not touch, and a dead chunk
/// that a writer finds in an old pack is written again.
///
/// **Generations.** A pack is of generation 0 when it is written, and one older after each sweep that it, or
/// the packs it was made from, came through, up to [#OLDEST]. A sweep covers all packs up to a generation. No
/// chunk refers to one of a younger generation, so marking ends where the covered packs end, and a sweep of the
/// young costs nothing for the old. Three rules keep that true: what a sweep leaves is of generation 0 until it
/// has finished, and then ages at one stroke; a chunk that is dead but still there is never taken for a chunk
/// that is there by a writer ([Pack#hasRemains]); and of two copies of a chunk, marking follows the younger
/// one.
///
/// **Crashes.** Each step replaces some packs by new ones that are durable, at one stroke. What has been replaced
/// counts with the next manifest; a crash before that finds the old packs untouched. Closing the sweep between two
/// steps loses nothing.
///
/// **Memory.** One bit per chunk of the covered packs, and 20 bytes per chunk of the packs of one step, of which
/// there are at most [#STEP_CHUNKS].
public final class Sweep implements AutoCloseable {
    /// The oldest generation.
    public static final int OLDEST = 2;

    /// The most chunks of one step, but for packs that have more alone.
    static final int STEP_CHUNKS = 1 << 20;

    private final PackStore store;
    private final int generation;
    private final double wasteLimit;
    private final LongConsumer pace;
    private final ReentrantLock publishing = new ReentrantLock();
    /// Old chunks that writers have found before it was decided what is dead. Guarded by `publishing`.
    private final List<Hash> found = new ArrayList<>();

    private final MarkSet foundOnce = new MarkSet();
    private boolean decided; // guarded by publishing
    private volatile long firstNewId = Long.MAX_VALUE;
    private volatile boolean closed;
    /// Held by whoever works on the candidates.
    private final ReentrantLock working = new ReentrantLock();

    private List<Candidate> candidates = List.of();
    private volatile Map<Pack, Candidate> byPack = Map.of();
    /// Packs of older generations, and packs that grow: both held.
    private List<Pack> older = List.of();

    private List<Pack> growing = List.of();
    private final MarkSet fresh = new MarkSet();
    private final List<List<Candidate>> steps = new ArrayList<>();
    /// What the last step replaced.
    private List<Candidate> leaving = List.of();

    private @Nullable PackRewriter rewriter;
    private @Nullable Successions versions;
    private final List<Pack> outputs = new ArrayList<>();
    private final Set<Pack> gone = new HashSet<>();
    private final SweepTally tally = new SweepTally();
    private boolean ended;

    Sweep(PackStore store, int generation, double wasteLimit, LongConsumer pace) {
        this.store = store;
        this.generation = generation;
        this.wasteLimit = wasteLimit;
        this.pace = pace;
    }

    /// Takes the packs of this moment under the broom.
    void cover(List<Pack> packs, long newId) {
        List<Candidate> covered = new ArrayList<>();
        Map<Pack, Candidate> index = new HashMap<>();
        List<Pack> old = new ArrayList<>();
        List<Pack> unsealed = new ArrayList<>();
        for (Pack pack : packs) {
            if (!pack.hold()) {
                throw new IllegalStateException("The chunk store is closed. Open the database again.");
            }
            if (!pack.sealed()) {
                // What is in it was written just now.
                unsealed.add(pack);
            } else if (pack.generation() > generation) {
                old.add(pack);
            } else {
                Candidate candidate = Candidate.unmarked(pack);
                covered.add(candidate);
                index.put(pack, candidate);
            }
        }
        covered.sort(Comparator.comparingLong(candidate -> candidate.pack().id()));
        candidates = covered;
        older = old;
        growing = unsealed;
        byPack = index;
        firstNewId = newId;
    }

    /// What becomes of a chunk that a writer relies on.
    enum Reliance {
        /// It stays.
        KEPT,
        /// It is dead, and goes or has gone.
        DEAD,
        /// The pack is no longer there: look again.
        UNKNOWN
    }

    /// Called when a writer relies on a chunk in `pack`.
    Reliance rely(Hash hash, Pack pack) {
        if (pack.id() >= firstNewId) {
            return Reliance.KEPT;
        }
        publishing.lock();
        try {
            if (!decided) {
                if (foundOnce.add(hash)) {
                    found.add(hash);
                }
                return Reliance.KEPT;
            }
        } finally {
            publishing.unlock();
        }
        Candidate candidate = byPack.get(pack);
        if (candidate == null) {
            return Reliance.KEPT;
        }
        if (!pack.hold()) {
            return Reliance.UNKNOWN;
        }
        try {
            return candidate.isLive(candidate.entry(hash)) ? Reliance.KEPT : Reliance.DEAD;
        } finally {
            pack.release();
        }
    }

    /// Marks a chunk as live. Returns whether what it refers to has to be visited as well: not when it was marked
    /// before or lies in an older generation. For one thread at a time.
    public boolean mark(Hash hash) {
        for (Candidate candidate : candidates) {
            int entry = candidate.entry(hash);
            if (entry >= 0) {
                return candidate.mark(entry);
            }
        }
        return isFresh(hash) ? fresh.add(hash) : !isOld(hash);
    }

    /// Whether it was written after the sweep had begun: then chunks under it may be younger than an older copy
    /// of it.
    private boolean isFresh(Hash hash) {
        return older.isEmpty()
                || store.isYoungerThan(firstNewId, hash)
                || growing.stream().anyMatch(pack -> holds(pack, hash));
    }

    private boolean isOld(Hash hash) {
        for (Pack pack : older) {
            if (holds(pack, hash)) {
                return true;
            }
        }
        return false;
    }

    private static boolean holds(Pack pack, Hash hash) {
        return pack.find(hash) != Place.NONE;
    }

    /// Ends marking: what is not marked is dead now. Chooses the packs to be rewritten: those with enough waste,
    /// the versions counted in that `lineage` allows to store as differences, and small ones when they are many.
    public void decide(Lineage lineage) {
        working.lock();
        try {
            if (closed) {
                return;
            }
            settle();
            List<Candidate> sound = new ArrayList<>();
            for (Candidate candidate : candidates) {
                pace.accept(0);
                try {
                    candidate.survey();
                    tally.surveyed(candidate);
                    sound.add(candidate);
                } catch (CorruptException _) {
                    tally.damaged(candidate.pack().path());
                }
                // From the youngest on, until the sweep has finished: parents may be here and children in a copy.
                candidate.pack().aged(0, candidate.pack().hasRemains() || candidate.hasDead());
            }
            Successions told = new Successions(sound);
            if (store.codec().compresses()) {
                lineage.tell(told);
            }
            versions = told;
            PackRewriter writing = store.rewriter(liveBytes(sound), pace);
            rewriter = writing;
            steps.addAll(new SweepPlan(writing.packBytes(), wasteLimit).steps(sound, told));
        } finally {
            working.unlock();
        }
    }

    private long liveBytes(List<Candidate> sound) {
        long live = sound.stream().mapToLong(Candidate::liveBytes).sum();
        return live + older.stream().mapToLong(Pack::length).sum();
    }

    /// How many chunks the steps that are left have to copy, but for those in packs that turn out to be damaged.
    public long chunksToCopy() {
        working.lock();
        try {
            return steps.stream().mapToLong(Sweep::chunksIn).sum();
        } finally {
            working.unlock();
        }
    }

    /// Writes dead chunks again that writers have found, and says then that no more will be.
    private void settle() {
        int seen = 0;
        while (true) {
            List<Hash> late;
            publishing.lock();
            try {
                late = List.copyOf(found.subList(seen, found.size()));
                if (late.isEmpty()) {
                    decided = true;
                    return;
                }
            } finally {
                publishing.unlock();
            }
            late.forEach(this::rescue);
            seen += late.size();
        }
    }

    private void rescue(Hash hash) {
        for (Candidate candidate : candidates) {
            int entry = candidate.entry(hash);
            if (entry >= 0) {
                if (!candidate.isLive(entry)) {
                    store.rescue(
                            hash, candidate.pack(), candidate.pack().index().find(hash));
                }
                return;
            }
        }
    }

    /// Rewrites the next packs. Before that, the files go of those that the step before replaced, if the manifest no
    /// longer lists them: one after the other, since the syncs of others wait while a file goes.
    ///
    /// Returns whether it did; false when nothing is left to do or the sweep is closed.
    public boolean step() {
        working.lock();
        try {
            leave();
            while (!steps.isEmpty() && !closed) {
                List<Candidate> group = sound(steps.removeFirst());
                if (!group.isEmpty() && replace(group)) {
                    return true;
                }
            }
            return false;
        } finally {
            working.unlock();
        }
    }

    private void leave() {
        for (Candidate candidate : leaving) {
            candidate.release();
            pace.accept(0);
        }
        leaving = List.of();
    }

    private List<Candidate> sound(List<Candidate> group) {
        return group.stream()
                .filter(candidate -> !tally.isDamaged(candidate.pack()))
                .toList();
    }

    /// Packs of later steps, in which there may be newer versions of what is copied: as many as memory allows.
    private List<Candidate> donors(List<Candidate> group) {
        List<Candidate> donors = new ArrayList<>();
        long chunks = group.stream().mapToLong(Candidate::count).sum();
        for (List<Candidate> later : steps.reversed()) {
            for (Candidate donor : sound(later)) {
                chunks += donor.count();
                if (chunks > STEP_CHUNKS) {
                    return donors;
                }
                donors.add(donor);
            }
        }
        return donors;
    }

    private boolean replace(List<Candidate> group) {
        List<Pack> copies;
        try {
            copies = copy(group);
        } catch (CorruptException e) {
            // One pack that cannot be read must not keep the others from being cleaned: leave it out.
            Candidate bad = group.stream()
                    .filter(candidate -> candidate.pack().hasFile(e.where()))
                    .findFirst()
                    .orElseThrow(() -> e);
            tally.damaged(bad.pack().path());
            steps.addFirst(group);
            return step();
        }
        List<Pack> packs = group.stream().map(Candidate::pack).toList();
        store.list().replace(packs, copies);
        gone.addAll(packs);
        outputs.addAll(copies);
        tally.replaced(group, copies);
        leaving = group;
        return true;
    }

    private static long chunksIn(List<Candidate> group) {
        return group.stream().mapToLong(Candidate::liveChunks).sum();
    }

    private List<Pack> copy(List<Candidate> group) {
        PackRewriter writing = rewriter;
        return writing == null || chunksIn(group) == 0 ? List.of() : writing.copy(group, donors(group), versions);
    }

    /// Says what was done; if all was, the packs of this sweep grow older, which counts with the next manifest.
    public SweepResult finish() {
        working.lock();
        try {
            if (steps.isEmpty() && !closed) {
                int age = Math.min(generation + 1, OLDEST);
                candidates.stream()
                        .map(Candidate::pack)
                        .filter(pack -> !gone.contains(pack))
                        .forEach(pack -> pack.aged(age, pack.hasRemains()));
                outputs.forEach(pack -> pack.aged(age, false));
            }
            return tally.result();
        } finally {
            working.unlock();
        }
    }

    /// The whole sweep, with everything marked that `live` says.
    public SweepResult run(LiveChunks live) {
        return run(live, Lineage.NONE);
    }

    /// The same, with a lineage.
    public SweepResult run(LiveChunks live, Lineage lineage) {
        working.lock();
        try {
            if (!steps.isEmpty() || decided) {
                throw new IllegalStateException("A sweep runs once. Close it and begin another.");
            }
            candidates.forEach(candidate -> candidate.markAll(live, store.codec()));
            decide(lineage);
            while (step()) {
                // The next step.
            }
            return finish();
        } finally {
            working.unlock();
        }
    }

    /// Ends the sweep, after the step at hand if it is running. Closing again does nothing.
    @Override
    public void close() {
        closed = true;
        working.lock();
        try {
            if (!ended) {
                ended = true;
                store.endSweep();
                candidates.forEach(Candidate::release);
                older.forEach(Pack::release);
                growing.forEach(Pack::release);
                candidates = List.of();
            }
        } finally {
            working.unlock();
        }
    }
}
