package coppice.kernel.store;

import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Hash;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Chunks on their way from one store to another, as they are stored: read in the order in which they lie, a whole
/// stretch at a time, proved, and appended as they are. A group of versions stays one if all of it moves.
///
/// Any number of threads do the work. Memory: some 150 bytes a chunk, and a stretch for each thread. The sources'
/// packs are held meanwhile: nothing that is wanted goes away.
public final class Haul implements AutoCloseable {
    private static final int STRETCH_BYTES = 1 << 20;

    /// So much is appended together, or the longest stretch.
    private static final int APPENDED_BYTES = 512 << 10;

    /// What is not wanted is read along, up to here, where that saves a read.
    private static final int GAP_BYTES = 8 << 10;

    private final PackStore from;
    private final PackStore to;
    private final List<? extends Wanted> wanted;
    private final ReentrantLock planning = new ReentrantLock();
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();
    private @Nullable List<Stretch> stretches; // guarded by planning
    private volatile @Nullable RuntimeException failure;
    private volatile boolean cancelled;

    /// Records that were proved, to be appended together. For one thread.
    private static final class Outgoing {
        private final PackStore to;
        private final byte[] bytes;
        private final List<Hash> names = new ArrayList<>();
        private int[] ends = new int[64];
        private int filled;

        Outgoing(PackStore to, int capacity) {
            this.to = to;
            this.bytes = new byte[capacity];
        }

        void add(byte[] from, int at, int length, Hash name) {
            if (filled + length > bytes.length) {
                append();
            }
            System.arraycopy(from, at, bytes, filled, length);
            filled += length;
            if (names.size() == ends.length) {
                ends = Arrays.copyOf(ends, 2 * ends.length);
            }
            ends[names.size()] = filled;
            names.add(name);
        }

        void append() {
            if (!names.isEmpty()) {
                to.append(new Records(bytes, Arrays.copyOf(ends, names.size())), names);
                names.clear();
                filled = 0;
            }
        }
    }

    /// A wanted chunk and where it lies; no pack where it waits to be written there.
    private record Item(Wanted wanted, @Nullable Pack pack, long place) {}

    /// Chunks that are read together; without a pack a chunk that is asked for by its name.
    private record Stretch(@Nullable Pack pack, List<Item> items) {
        long start() {
            return Place.offset(items.getFirst().place);
        }

        int length() {
            return (int) (end(items.getLast()) - start());
        }

        boolean takes(Item item) {
            return pack == item.pack
                    && pack != null
                    && Place.offset(item.place) - end(items.getLast()) <= GAP_BYTES
                    && end(item) - start() <= STRETCH_BYTES;
        }

        private static long end(Item item) {
            return Place.offset(item.place) + Place.length(item.place);
        }
    }

    /// @param wanted chunks that are in one store, and not in the other
    public Haul(PackStore from, PackStore to, List<? extends Wanted> wanted) {
        this.from = from;
        this.to = to;
        this.wanted = wanted;
    }

    /// Works until nothing is left that nobody works on. What fails for one thread ends it for all; [#finish()] tells.
    public void work() {
        try {
            List<Stretch> all = planned();
            int longest = longest(all);
            byte[] buffer = new byte[longest];
            long expected = Math.min(APPENDED_BYTES, all.size() * (long) longest);
            Outgoing out = new Outgoing(to, Math.max(longest, (int) expected));
            int moved = 0;
            for (int i = next.getAndIncrement(); i < all.size() && !cancelled; i = next.getAndIncrement()) {
                move(all.get(i), buffer, out);
                moved++;
            }
            out.append();
            done.addAndGet(moved);
        } catch (RuntimeException e) {
            cancelled = true;
            failure = e;
        }
    }

    private static int longest(List<Stretch> all) {
        return all.stream()
                .filter(stretch -> stretch.pack != null)
                .mapToInt(Stretch::length)
                .max()
                .orElse(0);
    }

    /// Ends it early.
    public void cancel() {
        cancelled = true;
    }

    /// Proves that all has been moved. Called when nobody works any more.
    ///
    /// @throws CorruptException when something was not what it must be
    /// @throws MissingChunkException when something was not there
    /// @throws coppice.kernel.platform.StorageException when something could not be read or written
    public void finish() {
        RuntimeException why = failure;
        if (why != null) {
            throw why;
        }
        if (done.get() < planned().size()) {
            throw new IllegalStateException("Moving chunks was broken off");
        }
    }

    /// Lets the sources' packs go, when nobody works any more.
    @Override
    public void close() {
        planning.lock();
        try {
            List<Stretch> all = stretches;
            if (all != null) {
                stretches = List.of();
                all.stream().map(Stretch::pack).distinct().forEach(Haul::release);
            }
        } finally {
            planning.unlock();
        }
    }

    private static void release(@Nullable Pack pack) {
        if (pack != null) {
            pack.release();
        }
    }

    private List<Stretch> planned() {
        planning.lock();
        try {
            List<Stretch> known = stretches;
            if (known == null) {
                known = plan();
                stretches = known;
            }
            return known;
        } finally {
            planning.unlock();
        }
    }

    /// Holds each pack that something is in.
    private List<Stretch> plan() {
        Wanted[] sorted = wanted.toArray(Wanted[]::new);
        Arrays.sort(sorted, Comparator.comparing(Wanted::hash));
        long[] places = new long[sorted.length];
        List<Pack> packs = new ArrayList<>();
        int[] found = from.list().locate(Arrays.stream(sorted).map(Wanted::hash).toList(), places, packs);
        List<Item> items = new ArrayList<>(sorted.length);
        for (int i = 0; i < sorted.length; i++) {
            items.add(new Item(sorted[i], found[i] < 0 ? null : packs.get(found[i]), places[i]));
        }
        items.sort(Comparator.comparingLong((Item item) -> item.pack == null ? -1 : item.pack.id())
                .thenComparingLong(item -> Place.offset(item.place))
                .thenComparingInt(item -> Place.member(item.place)));
        List<Stretch> plan = new ArrayList<>();
        for (Item item : items) {
            if (plan.isEmpty() || !plan.getLast().takes(item)) {
                plan.add(new Stretch(item.pack, new ArrayList<>()));
            }
            plan.getLast().items.add(item);
        }
        return plan;
    }

    private void move(Stretch stretch, byte[] buffer, Outgoing out) {
        Pack pack = stretch.pack;
        if (pack == null) {
            for (Item item : stretch.items) {
                StoredChunk stored = from.readStored(item.wanted.hash());
                item.wanted.check(stored.chunk());
                to.writeStored(stored);
            }
            return;
        }
        pack.file().read(stretch.start(), buffer, 0, stretch.length());
        List<Item> items = stretch.items;
        for (int i = 0; i < items.size(); ) {
            int same = i + 1;
            while (same < items.size() && Place.offset(items.get(same).place) == Place.offset(items.get(i).place)) {
                same++;
            }
            int at = (int) (Place.offset(items.get(i).place) - stretch.start());
            int length = record(pack, items.get(i), buffer, at);
            if (Place.isInGroup(items.get(i).place)) {
                group(pack, items.subList(i, same), buffer, at, length);
            } else {
                alone(pack, items.get(i), buffer, at, length);
                out.add(buffer, at, length, items.get(i).wanted.hash());
            }
            i = same;
        }
    }

    /// Checks the record of an item, which lies in a buffer, and returns its length.
    private static int record(Pack pack, Item item, byte[] buffer, int at) {
        long position = Place.offset(item.place);
        int length = Place.length(item.place);
        int framed = PackRecord.checkHeader(pack.path(), position, buffer, at, position + length);
        if (framed != length) {
            throw new CorruptException(pack.path(), position, "a record of " + length + " bytes", "one of " + framed);
        }
        PackRecord.checkSum(pack.path(), position, buffer, at, length);
        return length;
    }

    private void alone(Pack pack, Item item, byte[] buffer, int at, int length) {
        long position = Place.offset(item.place);
        byte[] chunk = from.codec().decode(pack.path(), position, buffer, at, length);
        Hash name = PackRecord.hash(buffer, at);
        Pack.checkHash(pack.path(), position, name, chunk);
        check(pack, item, name, chunk);
    }

    private static void check(Pack pack, Item item, Hash name, byte[] chunk) {
        if (!name.equals(item.wanted.hash())) {
            throw new CorruptException(
                    pack.path(), Place.offset(item.place), "chunk " + item.wanted.hash(), "chunk " + name);
        }
        item.wanted.check(chunk);
    }

    /// The members of a group that are wanted: the whole record if they are all, else each for itself.
    private void group(Pack pack, List<Item> items, byte[] buffer, int at, int length) {
        long position = Place.offset(items.getFirst().place);
        Group cached = from.codec().groups().find(pack.id(), position);
        Group group = cached == null ? from.codec().decodeGroup(pack.path(), position, buffer, at, length) : cached;
        if (cached == null && items.size() < group.count()) {
            from.codec().groups().keep(pack.id(), position, group); // the next version of a thing lies beside it
        }
        List<Hash> names = new ArrayList<>(items.size());
        for (Item item : items) {
            if (Place.member(item.place) >= group.count()) {
                throw new CorruptException(
                        pack.path(), position, "more than " + Place.member(item.place) + " chunks", "" + group.count());
            }
            byte[] chunk = group.chunk(Place.member(item.place));
            Hash name = Hash.of(chunk);
            check(pack, item, name, chunk);
            names.add(name);
            if (items.size() < group.count()) {
                to.writeShared(name, chunk);
            }
        }
        if (items.size() == group.count()) {
            to.appendGroup(Arrays.copyOfRange(buffer, at, at + length), names);
        }
    }
}
