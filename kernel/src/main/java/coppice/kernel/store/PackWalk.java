package coppice.kernel.store;

import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Hash;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// The way of a [PackCheck] through one pack. When all of it has been read, its index is compared with it.
///
/// The index must lead to each record, and to nothing else. Both sides are summed up without regard to order, so
/// that an index that is right costs no lookup for each record; where the sums differ, every record is looked up.
final class PackWalk {
    private static final long MIX = 0x9E3779B97F4A7C15L;

    private final Pack pack;
    private final ChunkCodec codec;
    private final PackVisitor visitor;
    private final PackIndex index;
    private final long end;
    private final AtomicInteger holds = new AtomicInteger(1);
    private final Sum records = new Sum();
    private long position = PackHeader.LENGTH;
    private volatile boolean linedUp = true;
    private long @Nullable [] places;

    /// Begins to read a pack that the caller holds; [#release] ends that hold too.
    PackWalk(Pack pack, ChunkCodec codec, PackVisitor visitor) {
        this.pack = pack;
        this.codec = codec;
        this.visitor = visitor;
        // The index first: a pack that is sealed meanwhile has grown up to its length by then.
        this.index = pack.index();
        this.end = pack.length();
    }

    /// An order-independent sum of hashes and places.
    private static final class Sum {
        private final LongAdder first = new LongAdder();
        private final LongAdder second = new LongAdder();

        void add(long prefix, long next, long place) {
            first.add((prefix ^ place) * MIX);
            second.add((next + Long.rotateLeft(place, 32)) * MIX);
        }

        boolean equalTo(Sum other) {
            return first.sum() == other.first.sum() && second.sum() == other.second.sum();
        }
    }

    String path() {
        return pack.path();
    }

    /// Where the next stretch begins.
    long position() {
        return position;
    }

    /// Reads as many whole records as fit into a buffer, and remembers that somebody checks them until [#release].
    ///
    /// @return their length; 0 at the end
    int take(byte[] buffer) {
        while (position < end) {
            int length = 0;
            try {
                length = read(buffer);
            } catch (CorruptException damage) {
                linedUp = false;
                visitor.damaged(new PackDamage(PackDamage.Kind.RECORDS, null, damage));
                position = nextPlace();
            }
            if (length > 0) {
                position += length;
                holds.incrementAndGet();
                return length;
            }
        }
        return 0;
    }

    /// The length of the whole records from the position on; the first of them must be sane.
    private int read(byte[] buffer) {
        int available = (int) Math.min(buffer.length, end - position);
        pack.file().read(position, buffer, 0, available);
        int at = 0;
        while (at < available) {
            if (available - at < PackRecord.HEADER) {
                if (at > 0) {
                    return at;
                }
                throw new CorruptException(
                        path(), position, "a record or the end", available + " bytes, too few for a record");
            }
            int length;
            try {
                length = PackRecord.checkHeader(path(), position + at, buffer, at, end);
            } catch (CorruptException damage) {
                if (at == 0) {
                    throw damage;
                }
                return at;
            }
            if (at + length > available) {
                return at;
            }
            at += length;
        }
        return at;
    }

    /// The next place behind the position where a record begins, as the index knows.
    private long nextPlace() {
        long[] known = places;
        if (known == null) {
            known = knownPlaces();
            places = known;
        }
        int next = Arrays.binarySearch(known, position + 1);
        next = next < 0 ? -next - 1 : next;
        return next < known.length ? known[next] : end;
    }

    private long[] knownPlaces() {
        long[] all = new long[index.count()];
        int[] count = {0};
        try {
            index.forEach((_, _, place) -> {
                if (count[0] < all.length) {
                    all[count[0]++] = Place.offset(place);
                }
            });
        } catch (CorruptException _) {
            // Told when the index is compared; what it said until then is of use.
        }
        long[] sorted = Arrays.copyOf(all, count[0]);
        Arrays.sort(sorted);
        return sorted;
    }

    /// Says that there is a record. For any thread.
    void met(Hash hash, long place) {
        records.add(hash.prefix(), hash.second(), place);
    }

    /// Says that there is a group of chunks whose names cannot be known. For any thread.
    void missed() {
        linedUp = false;
    }

    /// Ends the interest of one thread; the last one compares the index.
    void release() {
        if (holds.decrementAndGet() == 0) {
            try {
                if (index instanceof IndexReader reader) {
                    compare(reader);
                }
            } finally {
                pack.release();
            }
        }
    }

    private void compare(IndexReader reader) {
        try {
            Sum entries = new Sum();
            reader.check(entries::add);
            if (linedUp && !entries.equalTo(records)) {
                lookUpEach(reader);
            }
        } catch (CorruptException damage) {
            visitor.damaged(new PackDamage(PackDamage.Kind.INDEX, null, damage));
        }
    }

    /// A chunk that was written twice has the place of the first record only; anything else is wrong.
    private void lookUpEach(IndexReader reader) {
        int[] led = {0};
        PackScan.scan(
                pack.file(),
                end,
                codec,
                (hash, place, _) -> {
                    long found = reader.find(hash);
                    if (found == Place.NONE || Place.offset(found) > Place.offset(place)) {
                        throw new CorruptException(
                                path(),
                                Place.offset(place),
                                "a record to which the index leads",
                                found == Place.NONE
                                        ? "chunk " + hash + ", which is not in it"
                                        : "chunk " + hash + ", which it has at byte " + Place.offset(found));
                    }
                    led[0] += found == place ? 1 : 0;
                },
                _ -> {});
        if (led[0] != reader.count()) {
            throw new CorruptException(
                    reader.path(), -1, reader.count() + " entries that lead to records", led[0] + " that do");
        }
    }
}
