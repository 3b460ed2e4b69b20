package coppice.engine.views;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.Range;
import coppice.api.projection.ProjectionStatus;
import coppice.engine.live.Settings;
import coppice.engine.projection.Artefacts;
import coppice.engine.projection.Node;
import coppice.engine.projection.Results;
import coppice.engine.state.BranchState;
import coppice.engine.state.Roots;
import coppice.engine.storage.Gate;
import coppice.engine.storage.Storage;
import coppice.engine.upkeep.Checkpoint;
import coppice.kernel.bytes.Hash;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Makes projections ready in the background, the most urgent state first, and remembers what is known of them
/// over a restart. Nobody depends on it: who asks before it is ready has it made. Safe for all threads.
///
/// Chunks are made durable before the setting that names them. A crash in between, or before the setting is
/// durable, leaves older artefacts, or none, and some chunks for the next sweep.
public final class Refreshing {
    /// How often it is asked whether something is to be made.
    public static final Duration PERIOD = Duration.ofMillis(250);

    /// The area of the settings that names what is known, by the names of steps.
    public static final String AREA = "artefacts";

    /// The area of the settings that says for how many versions back projections are kept ready.
    public static final String OPTIONS_AREA = "refreshing";

    /// The area of the settings that has the states for which a projection is not to be made, by its name.
    public static final String CANCELLED_AREA = "cancelled";

    private static final String VERSIONS = "versions";
    private static final String PAUSED = "paused";

    /// What was made is remembered at every so-many-th look: that costs syncs.
    private static final int SAVE_EVERY = 8;

    /// So many requests wait at most; the oldest give way.
    private static final int REQUESTS_MAX = 64;

    private final Storage storage;
    private final Checkpoint checkpoint;
    private final Settings settings;
    private final Catalogue catalogue;
    private final Results results;
    private final Artefacts artefacts;
    private final Gate gate;
    private final Targets targets;
    private final ReentrantLock saving = new ReentrantLock();
    private final Set<Cancelled> cancelled = ConcurrentHashMap.newKeySet();
    private final Map<String, Long> rates = new ConcurrentHashMap<>();
    private final Queue<Request> requests = new ConcurrentLinkedQueue<>();
    private volatile boolean isPaused;
    private volatile boolean isResumed;
    private final Map<String, Making> makings = new ConcurrentHashMap<>();
    private volatile Seen seen = new Seen(-1, -1, -1);
    private int looks; // of the background alone

    /// A state for which a projection is not to be made by the background.
    private record Cancelled(String projection, Hash catalog) {
        static List<Cancelled> read(String projection, byte[] states) {
            return IntStream.range(0, states.length / Hash.BYTES)
                    .mapToObj(i -> new Cancelled(projection, Hash.read(states, i * Hash.BYTES)))
                    .toList();
        }
    }

    /// What somebody waits for.
    private record Request(Defined defined, BranchState state, Roots.Hold hold) {}

    /// What the background has looked at.
    private record Seen(long lsn, long checkpoints, int definitions) {}

    /// Says that the background is to make something else, or nothing.
    private static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Stopped() {
            super("Stopped", null, false, false);
        }
    }

    /// @param results makes projections
    /// @param artefacts what is known of them
    Refreshing(
            Storage storage,
            Targets targets,
            Checkpoint checkpoint,
            Settings settings,
            Catalogue catalogue,
            Results results,
            Artefacts artefacts,
            Gate gate) {
        this.storage = storage;
        this.checkpoint = checkpoint;
        this.settings = settings;
        this.catalogue = catalogue;
        this.results = results;
        this.artefacts = artefacts;
        this.gate = gate;
        this.targets = targets;
    }

    /// Takes up what was remembered. Before it is needed, and before the first sweep.
    public void resume() {
        if (isResumed) {
            return;
        }
        storage.roots().writing(() -> {
            saving.lock();
            try {
                if (!isResumed) {
                    artefacts.resume(settings.all(AREA));
                    isPaused = settings.find(OPTIONS_AREA, PAUSED).isPresent();
                    settings.all(CANCELLED_AREA)
                            .forEach((name, states) -> cancelled.addAll(Cancelled.read(name, states)));
                    isResumed = true;
                }
            } finally {
                saving.unlock();
            }
            return true;
        });
    }

    /// Runs by the clock.
    public void run() {
        try {
            resume();
            makeRequested();
            if (!isPaused) {
                makeAll();
            }
            if (++looks % SAVE_EVERY == 0) {
                save();
            }
        } catch (RuntimeException e) {
            // Nobody waits for it. The next look begins where this one ended, and who asks has it made.
        }
    }

    private void makeRequested() {
        for (Request request = requests.poll(); request != null; request = requests.poll()) {
            if (!results.isReady(request.defined().result(), request.state())) {
                make(request.defined(), request.state(), gate::ensureOpen);
            }
            drop(request);
        }
    }

    private void makeAll() {
        Seen now = new Seen(storage.journal().appended(), checkpoint.count(), System.identityHashCode(catalogue.all()));
        if (now.equals(seen)) {
            return;
        }
        for (BranchState state : targets.states(versions())) {
            for (Defined defined : catalogue.all().values()) {
                if (isPending(defined, state) && !isPaused) {
                    make(defined, state, () -> {
                        gate.ensureOpen();
                        if (isPaused || isCancelled(defined, state)) {
                            throw new Stopped();
                        }
                    });
                }
            }
        }
        seen = now;
    }

    private boolean isPending(Defined defined, BranchState state) {
        return !isCancelled(defined, state) && !results.isReady(defined.result(), state);
    }

    private boolean isCancelled(Defined defined, BranchState state) {
        return cancelled.contains(
                new Cancelled(defined.name(), state.foldedSpaces().root()));
    }

    private void make(Defined defined, BranchState state, Runnable check) {
        Making making = new Making(storage.clock(), check, rows(defined.result(), state));
        makings.put(defined.name(), making);
        try {
            check.run();
            results.of(defined.result(), state, making);
            rates.put(defined.name(), making.finished());
        } catch (Stopped _) {
            // what it came to is thrown away
        } finally {
            makings.remove(defined.name(), making);
        }
    }

    /// About how many rows the spaces have that a node is made from, all in all. To count them would have writers
    /// keep count from then on.
    private static long rows(Node node, BranchState state) {
        return switch (node) {
            case Node.OfSpace(String space) -> state.space(space).estimate(Range.all());
            case Node.Made made ->
                made.inputs().stream().mapToLong(input -> rows(input, state)).sum();
        };
    }

    /// Remembers what is known and is not remembered yet, durably.
    public void save() {
        if (isResumed) {
            settle();
        }
        saving.lock();
        try {
            Map<String, Optional<byte[]>> unsaved = isResumed ? artefacts.unsaved() : Map.of();
            if (!unsaved.isEmpty()) {
                checkpoint.keepChunks();
                settings.putAll(Map.of(AREA, unsaved));
            }
        } finally {
            saving.unlock();
        }
    }

    /// Puts into trees what is ready in memory.
    private void settle() {
        storage.followings().keep();
        for (BranchState state : targets.states(versions())) {
            for (Defined defined : catalogue.all().values()) {
                if (results.isReady(defined.result(), state)) {
                    results.settled(defined.result(), state);
                }
            }
        }
    }

    /// Remembers what is known before the database is closed.
    public void close() {
        try {
            save();
        } catch (RuntimeException _) {
            // What is not remembered is made again; and a database that was closed says so elsewhere.
        }
    }

    /// How far a projection is.
    public ProjectionStatus status(Defined defined) {
        resume();
        List<BranchState> states = targets.states(versions());
        long fresh = states.stream()
                .filter(state -> results.isNear(defined.result(), state))
                .count();
        List<BranchState> pending = states.stream()
                .filter(state -> !isCancelled(defined, state) && !results.isNear(defined.result(), state))
                .toList();
        Optional<Making> making = Optional.ofNullable(makings.get(defined.name()));
        long rate = making.map(Making::rate).filter(now -> now > 0).orElse(rates.getOrDefault(defined.name(), 0L));
        long rows = pending.stream()
                .mapToLong(state -> rows(defined.result(), state))
                .sum();
        long left = Math.max(0, rows - making.map(Making::rows).orElse(0L));
        boolean isKnown = !pending.isEmpty() && rate > 0;
        return new ProjectionStatus(
                defined.name(),
                states.size(),
                fresh,
                pending.size(),
                making.map(one -> new ProjectionStatus.Making(one.rows(), one.of())),
                isPaused,
                states.stream()
                        .findFirst()
                        .filter(state -> results.isNear(defined.result(), state))
                        .map(state -> results.of(defined.result(), state).count()),
                rate,
                isKnown ? Optional.of(Duration.ofMillis(left * 1_000 / rate)) : Optional.empty());
    }

    /// Makes a projection for all states for which it is to be ready.
    public void rebuild(Defined defined) {
        resume();
        uncancel(defined);
        for (BranchState state : targets.states(versions())) {
            if (!results.isReady(defined.result(), state)) {
                make(defined, state, gate::ensureOpen);
            }
        }
        save();
    }

    /// Takes what is pending of a projection out of the background's queue.
    public void cancel(Defined defined) {
        resume();
        ByteArrayOutputStream states = new ByteArrayOutputStream();
        for (BranchState state : targets.states(versions())) {
            Hash root = state.foldedSpaces().root();
            cancelled.add(new Cancelled(defined.name(), root));
            states.writeBytes(root.toBytes());
        }
        settings.put(CANCELLED_AREA, defined.name(), states.toByteArray());
    }

    private void uncancel(Defined defined) {
        cancelled.removeIf(one -> one.projection().equals(defined.name()));
        settings.remove(CANCELLED_AREA, defined.name());
    }

    /// Makes the background rest, or go on, also after a restart.
    public void pause(boolean rests) {
        resume();
        isPaused = rests;
        if (rests) {
            settings.put(OPTIONS_AREA, PAUSED, "1".getBytes(UTF_8));
        } else {
            settings.remove(OPTIONS_AREA, PAUSED);
        }
        seen = new Seen(-1, -1, -1);
    }

    /// Has a projection made for a state next, also where that was cancelled.
    void request(Defined defined, BranchState state) {
        Roots.Hold hold = storage.roots().hold(state, state.roots());
        requests.add(new Request(defined, state, hold));
        if (requests.size() > REQUESTS_MAX) {
            drop(requests.poll());
        }
    }

    private static void drop(@Nullable Request request) {
        if (request != null) {
            request.hold().release();
        }
    }

    /// For how many versions back projections are kept ready.
    public void keepVersions(int versions) {
        if (versions < 0) {
            throw new IllegalArgumentException("Projections are kept ready for 0 versions or more, not " + versions);
        }
        settings.put(OPTIONS_AREA, VERSIONS, Integer.toString(versions).getBytes(UTF_8));
    }

    private int versions() {
        return settings.find(OPTIONS_AREA, VERSIONS)
                .map(bytes -> Integer.parseInt(new String(bytes, UTF_8)))
                .orElse(0);
    }

    /// Forgets what is known of a projection that is gone, so far as no other has the same.
    public void forget(Defined gone) {
        resume();
        uncancel(gone);
        forgetMade(gone);
    }

    /// Forgets what was made of a definition that is not taken up.
    void forgetMade(Defined refused) {
        results.forget(
                refused.result(),
                catalogue.all().values().stream().map(Defined::result).toList());
    }
}
