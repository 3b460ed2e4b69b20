package coppice.kernel.store;

import coppice.kernel.bytes.CorruptException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/// Joins sealed packs of like size when eight of them have gathered, as in size-tiered merging: a chunk is
/// copied once per factor of eight that its pack grows, or of four where more would not fit into one. There are at
/// most seven packs per size class, besides those that are longer than about a quarter of a full one. Generations
/// stay apart.
final class PackMerge {
    static final int FACTOR = 8;

    /// Fewer are not worth being copied: a full pack grows with the store, and all would be copied again and again.
    static final int LEAST = 4;

    private final long packBytes;
    private final int packChunks;
    private final PackRewriter rewriter;
    private final PackList list;
    private final Set<String> damaged;

    /// @param damaged packs to leave alone, to which those are added that turn out so
    PackMerge(PackRewriter rewriter, PackList list, Set<String> damaged) {
        this.packBytes = rewriter.packBytes();
        this.packChunks = rewriter.packChunks();
        this.rewriter = rewriter;
        this.list = list;
        this.damaged = damaged;
    }

    SweepResult run() {
        int replaced = 0;
        int written = 0;
        long kept = 0;
        long reclaimed = 0;
        for (List<Pack> group = nextGroup(); !group.isEmpty(); group = nextGroup()) {
            List<Pack> merged = mergeSound(group);
            if (merged.isEmpty()) {
                continue;
            }
            replaced += group.size();
            written += merged.size();
            kept += count(merged);
            reclaimed += bytes(group) - bytes(merged);
        }
        return new SweepResult(replaced, written, kept, 0, kept, 0, reclaimed, List.copyOf(damaged));
    }

    private static long bytes(List<Pack> packs) {
        return packs.stream().mapToLong(pack -> pack.entry().fileBytes()).sum();
    }

    private static long count(List<Pack> packs) {
        return packs.stream().mapToLong(pack -> pack.index().count()).sum();
    }

    /// No packs when one of the group turned out to be damaged; it is not chosen again.
    private List<Pack> mergeSound(List<Pack> group) {
        try {
            return merge(group);
        } catch (CorruptException e) {
            Pack bad = group.stream()
                    .filter(pack -> pack.hasFile(e.where()))
                    .findFirst()
                    .orElseThrow(() -> e);
            damaged.add(bad.path());
            return List.of();
        }
    }

    private List<Pack> merge(List<Pack> group) {
        List<Pack> held = new ArrayList<>();
        try {
            for (Pack pack : group) {
                if (!pack.hold()) {
                    throw new IllegalStateException("The chunk store is closed. Open the database again.");
                }
                held.add(pack);
            }
            List<Pack> merged =
                    rewriter.copy(group.stream().map(Candidate::whole).toList(), List.of(), null);
            boolean remains = group.stream().anyMatch(Pack::hasRemains);
            merged.forEach(pack -> pack.aged(group.getFirst().generation(), remains));
            list.replace(group, merged);
            return merged;
        } finally {
            held.forEach(Pack::release);
        }
    }

    /// The shortest packs of the smallest size class that has enough of them to be worth it, as many as fit into one.
    private List<Pack> nextGroup() {
        TreeMap<Integer, List<Pack>> classes = new TreeMap<>();
        for (Pack pack : list.packs()) {
            if (pack.sealed()
                    && !damaged.contains(pack.path())
                    && pack.length() <= packBytes / 2
                    && pack.index().count() <= packChunks / 2) {
                classes.computeIfAbsent(sizeClass(pack), _ -> new ArrayList<>()).add(pack);
            }
        }
        for (List<Pack> packs : classes.values()) {
            if (packs.size() >= FACTOR) {
                packs.sort(Comparator.comparingLong(Pack::length));
                List<Pack> group = fitting(packs);
                if (group.size() >= LEAST) {
                    group.sort(Comparator.comparingLong(Pack::id));
                    return group;
                }
            }
        }
        return List.of();
    }

    private static int sizeClass(Pack pack) {
        // Three bits are one factor of eight; there are less than 22 such factors in a length.
        return pack.generation() * 22 + (Long.SIZE - Long.numberOfLeadingZeros(pack.length())) / 3;
    }

    private List<Pack> fitting(List<Pack> packs) {
        List<Pack> group = new ArrayList<>();
        long bytes = 0;
        long chunks = 0;
        for (Pack pack : packs) {
            bytes += pack.length();
            chunks += pack.index().count();
            if (bytes > packBytes || chunks > packChunks) {
                break;
            }
            group.add(pack);
        }
        return group;
    }
}
