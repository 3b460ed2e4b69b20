package coppice.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.kernel.bytes.Hash;
import coppice.kernel.platform.Disk.OpenMode;
import coppice.kernel.platform.DiskFile;
import coppice.testing.property.Gen;
import coppice.testing.property.Property;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/// Asks a list of packs with and without a filter over all of them.
class JointFilterTest {
    private static final long AMPLE = 1 << 20;

    private final FaultyDisk disk = new FaultyDisk();
    private final PackFolder folder = new PackFolder(disk, "packs", 0);
    private SplittableRandom random = new SplittableRandom(1);
    private long lastId;

    JointFilterTest() {
        folder.prepare();
    }

    private List<Hash> names(int count) {
        List<Hash> names = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            names.add(Hash.of(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong()));
        }
        return names;
    }

    private PackWriter growing(List<Hash> names) {
        PackWriter writer = PackWriter.create(folder, ++lastId);
        append(writer, names);
        return writer;
    }

    /// Says that a pack has chunks; what is in them is of no interest here.
    private static void append(PackWriter writer, List<Hash> names) {
        long[] places = new long[names.size()];
        for (int i = 0; i < places.length; i++) {
            places[i] = Place.of(writer.length(), 50);
        }
        writer.filled(names, places, 50, 50);
    }

    private Pack sealed(List<Hash> names) {
        Pack pack = growing(names).pack();
        pack.seal();
        return pack;
    }

    private PackList listOf(long filterBytes, int packs, int chunks) {
        PackList list = new PackList(filterBytes);
        for (int i = 0; i < packs; i++) {
            list.add(sealed(names(chunks)));
        }
        return list;
    }

    private int readsToAsk(PackList list, int batches) {
        int before = disk.indexReads();
        for (int i = 0; i < batches; i++) {
            assertThat(list.mayHold(names(100)).isEmpty()).isTrue();
        }
        return disk.indexReads() - before;
    }

    private static BitSet all(int count) {
        BitSet all = new BitSet();
        all.set(0, count);
        return all;
    }

    @Test
    void sparesNearlyAllReadsOfIndexes() {
        PackList alone = listOf(0, 40, 1_000);
        assertThat(readsToAsk(alone, 100)).isGreaterThan(2_000);
        assertThat(readsToAsk(alone, 100)).isGreaterThan(2_000);
        PackList together = listOf(AMPLE, 40, 1_000);
        assertThat(readsToAsk(together, 100)).isLessThan(1_500);
        assertThat(readsToAsk(together, 100)).isLessThan(10);
    }

    @Test
    void readsNoIndexForWhoHardlyAsks() {
        JointFilter filter = new JointFilter(AMPLE);
        Pack[] packs = listOf(0, 10, 2_000).packs().toArray(Pack[]::new);
        filter.asked(199, packs);
        assertThat(disk.indexReads()).isZero();
        assertThat(filter.cover().packs()).isEmpty();
        filter.asked(1, packs);
        assertThat(filter.cover().packs()).hasSize(1);
    }

    @Test
    void takesInAsManyOfTheSmallestPacksAsItHasRoomFor() {
        JointFilter filter = new JointFilter(2 * 3_500);
        PackList list = new PackList(0);
        list.add(sealed(names(3_000)));
        List<Pack> small = List.of(sealed(names(1_000)), sealed(names(1_100)), sealed(names(1_200)));
        small.forEach(list::add);
        for (int i = 0; i < 100; i++) {
            filter.asked(1_000, list.packs().toArray(Pack[]::new));
        }
        assertThat(small).allMatch(filter.cover()::has);
        assertThat(filter.cover().packs()).hasSize(3);
    }

    @Test
    void takesInNewPacksAndForgetsThoseThatAreGone() {
        JointFilter filter = new JointFilter(AMPLE);
        PackList list = new PackList(0);
        for (int i = 0; i < 50; i++) {
            List<Hash> names = names(500);
            list.replace(list.packs(), List.of(sealed(names)));
            filter.asked(500, list.packs().toArray(Pack[]::new));
            assertThat(filter.cover().packs())
                    .containsExactly(list.packs().getFirst().id());
            assertThat(filter.cover().among(names)).isEqualTo(all(500));
            assertThat(filter.cover().chunks()).isLessThanOrEqualTo(1_000);
        }
    }

    @Test
    void leavesOutAPackOfWhichTheIndexCannotBeRead() {
        PackList list = listOf(AMPLE, 5, 1_000);
        List<Hash> names = names(1_000);
        Pack damaged = sealed(names);
        list.add(damaged);
        try (DiskFile file = disk.open(folder.indexPath(damaged.id()), OpenMode.WRITE)) {
            file.write(file.size() - 1, new byte[] {77}, 0, 1);
        }
        List<Hash> readable = names.stream().filter(name -> name.prefix() > 0).toList(); // of the first blocks
        for (int i = 0; i < 10; i++) {
            assertThat(list.mayHold(readable)).isEqualTo(all(readable.size()));
        }
    }

    @Test
    void errsOnceInAThousandOrSoWhenFull() {
        BlockFilter filter = BlockFilter.sized(100_000, 16);
        names(100_000).forEach(name -> filter.add(name.prefix(), name.second()));
        assertThat(names(100_000).stream().filter(filter::mayHold)).hasSizeBetween(50, 200);
    }

    @Test
    void findsWhatPacksHaveAndNothingElseHoweverTheyComeAndGo() {
        Property.forAll(Gen.combine(Gen.longs(0, 1 << 30), Gen.element(0L, 100L, 3_000L, AMPLE), Run::new))
                .check(run -> {
                    random = new SplittableRandom(run.seed);
                    PackList list = new PackList(run.filterBytes);
                    Map<Pack, List<Hash>> held = new LinkedHashMap<>();
                    PackWriter growing = growing(names(3));
                    list.add(growing.pack());
                    held.put(growing.pack(), new ArrayList<>());
                    for (int i = 0; i < 60; i++) {
                        growing = change(list, held, growing);
                        List<Hash> asked = names(20);
                        held.values().forEach(asked::addAll);
                        BitSet expected = all(asked.size());
                        expected.clear(0, 20);
                        assertThat(list.mayHold(asked)).isEqualTo(expected);
                    }
                });
    }

    private record Run(long seed, long filterBytes) {}

    private PackWriter change(PackList list, Map<Pack, List<Hash>> held, PackWriter growing) {
        List<Hash> names = names(1 + random.nextInt(random.nextInt(1, 300)));
        switch (random.nextInt(5)) {
            case 0, 1 -> {
                append(growing, names);
                held.get(growing.pack()).addAll(names);
            }
            case 2 -> {
                growing.pack().seal();
                PackWriter next = growing(names);
                list.add(next.pack());
                held.put(next.pack(), names);
                return next;
            }
            case 3 -> {
                Pack pack = sealed(names);
                list.add(pack);
                held.put(pack, names);
            }
            default -> replace(list, held);
        }
        return growing;
    }

    /// Puts one pack into the place of some, with half of what they had.
    private void replace(PackList list, Map<Pack, List<Hash>> held) {
        List<Pack> old = list.packs().stream()
                .filter(pack -> pack.sealed() && random.nextInt(3) == 0)
                .toList();
        List<Hash> kept = new ArrayList<>();
        old.forEach(pack ->
                held.remove(pack).stream().filter(_ -> random.nextBoolean()).forEach(kept::add));
        List<Pack> fresh = kept.isEmpty() ? List.of() : List.of(sealed(kept));
        fresh.forEach(pack -> held.put(pack, kept));
        list.replace(old, fresh);
        old.forEach(Pack::drop);
    }

    @Test
    void missesNothingWhilePacksComeAndGo() throws Exception {
        PackList list = new PackList(AMPLE);
        List<Hash> kept = names(2_000);
        list.add(sealed(kept));
        AtomicBoolean changing = new AtomicBoolean(true);
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            List<Future<Long>> askers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                List<Hash> asked = kept.subList(600 * i, 600 * i + 600);
                askers.add(threads.submit(() -> ask(list, asked, changing)));
            }
            try {
                for (int i = 0; i < 300; i++) {
                    list.add(sealed(names(50)));
                    if (i % 3 == 0) {
                        List<Pack> old = list.packs();
                        list.replace(old, List.of(sealed(kept)));
                        old.forEach(Pack::drop);
                    }
                }
            } finally {
                changing.set(false);
            }
            for (Future<Long> asker : askers) {
                assertThat(asker.get()).isPositive();
            }
        }
    }

    private static long ask(PackList list, List<Hash> asked, AtomicBoolean changing) {
        long rounds = 0;
        do {
            assertThat(list.mayHold(asked)).isEqualTo(all(asked.size()));
            rounds++;
        } while (changing.get());
        return rounds;
    }
}
