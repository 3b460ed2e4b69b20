package coppice.kernel.store;

import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Hash;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The live chunks of some packs by their number in [Links], while the packs are rewritten: where they lie, in
/// which order to read them, and their checked content. Keeps the last record and the last group. Not
/// thread-safe.
final class ChunkSource {
    private static final int ENTRY_BITS = 22;
    private static final int ENTRY_MASK = (1 << ENTRY_BITS) - 1;

    private final List<Candidate> sources;
    private final Links links;
    private final ChunkCodec codec;
    /// By number; [Place#NONE] for what is dead.
    private final long[] places;

    private int recordSource = -1;
    private long recordOffset = -1;
    private byte[] record = {};
    private @Nullable Hash name;

    ChunkSource(List<Candidate> sources, Links links, ChunkCodec codec) {
        this.sources = sources;
        this.links = links;
        this.codec = codec;
        this.places = new long[links.count()];
        for (int source = 0; source < sources.size(); source++) {
            Candidate from = sources.get(source);
            int first = links.first(source);
            int[] entry = {0};
            from.pack().index().forEach((_, _, place) -> {
                int now = entry[0]++;
                places[first + now] = from.isKept(now) ? place : Place.NONE;
            });
        }
    }

    /// The live chunks of a source as they lie in its file; members of a group stand together.
    int[] inFileOrder(int source) {
        int first = links.first(source);
        long[] keys = new long[sources.get(source).count()];
        int live = 0;
        for (int entry = 0; entry < keys.length; entry++) {
            if (places[first + entry] != Place.NONE) {
                keys[live++] = Place.offset(places[first + entry]) << ENTRY_BITS | entry;
            }
        }
        Arrays.sort(keys, 0, live);
        int[] order = new int[live];
        for (int i = 0; i < live; i++) {
            order[i] = first + (int) (keys[i] & ENTRY_MASK);
        }
        return order;
    }

    /// Links the live members of the groups that are there already, as they are in order of age.
    void linkGroups(Links to) {
        for (int source = 0; source < sources.size(); source++) {
            int[] order = inFileOrder(source);
            int from = 0;
            while (from < order.length) {
                int end = from + 1;
                while (end < order.length && Place.offset(places[order[end]]) == Place.offset(places[order[from]])) {
                    end++;
                }
                linkMembers(to, order, from, end);
                from = end;
            }
        }
    }

    private void linkMembers(Links to, int[] order, int from, int end) {
        long[] members = new long[end - from];
        for (int i = from; i < end; i++) {
            members[i - from] = (long) Place.member(places[order[i]]) << Integer.SIZE | order[i];
        }
        Arrays.sort(members);
        for (int i = 1; i < members.length; i++) {
            to.link((int) members[i], (int) members[i - 1]);
        }
    }

    boolean isInGroup(int chunk) {
        return Place.isInGroup(places[chunk]);
    }

    /// How many chunks the group has of which this one is the newest, if all of them follow it in the chain;
    /// else 0.
    int wholeGroup(int chunk, Links chain) {
        long place = places[chunk];
        if (!Place.isInGroup(place) || Place.member(place) != 0) {
            return 0;
        }
        int count = PackRecord.count(record(chunk), 0);
        int source = links.source(chunk);
        int next = chunk;
        for (int member = 1; member < count; member++) {
            next = chain.older(next);
            if (next < 0 || links.source(next) != source || places[next] != place + member) {
                return 0;
            }
        }
        return count;
    }

    /// Whether little would be won by putting more into the group of a chunk.
    boolean isLargeGroup(int chunk) {
        return PackRecord.rawLength(record(chunk), 0) > Group.BYTES_MAX / 2;
    }

    /// The checked record that holds a chunk, as it is stored. Not to be changed.
    byte[] record(int chunk) {
        int source = links.source(chunk);
        long offset = Place.offset(places[chunk]);
        if (recordSource != source || recordOffset != offset) {
            record = sources.get(source).pack().readRecord(places[chunk]);
            recordSource = source;
            recordOffset = offset;
        }
        return record;
    }

    /// The names of all chunks of the group of a chunk, in order.
    List<Hash> groupNames(int chunk) {
        Group group = group(chunk);
        List<Hash> names = new ArrayList<>(group.count());
        for (int member = 0; member < group.count(); member++) {
            names.add(Hash.of(group.chunk(member)));
        }
        return names;
    }

    /// The content of a chunk, checked against its name; see [#name()].
    byte[] read(int chunk) {
        Pack pack = sources.get(links.source(chunk)).pack();
        long place = places[chunk];
        byte[] bytes;
        Hash expected;
        if (Place.isInGroup(place)) {
            bytes = group(chunk).chunk(Place.member(place));
            expected = null;
        } else {
            byte[] stored = record(chunk);
            bytes = codec.decode(pack.path(), Place.offset(place), stored, 0, stored.length);
            expected = PackRecord.hash(stored, 0);
        }
        Hash actual = Hash.of(bytes);
        if (expected == null ? pack.index().find(actual) != place : !expected.equals(actual)) {
            throw new CorruptException(
                    pack.path(), Place.offset(place), "the content of a chunk of the index", "SHA-256 " + actual);
        }
        name = actual;
        return bytes;
    }

    /// The name of the chunk that was read last.
    Hash name() {
        Hash last = name;
        if (last == null) {
            throw new IllegalStateException("Nothing has been read yet.");
        }
        return last;
    }

    private Group group(int chunk) {
        Pack pack = sources.get(links.source(chunk)).pack();
        return pack.readGroup(places[chunk], codec);
    }
}
