package coppice.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Hash;
import coppice.kernel.platform.MemoryDisk;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A thousand versions of one chunk of noise, each a few bytes away from the one before, stored as groups.
class GroupTest {
    private static final PackOptions OPTIONS =
            PackOptions.standard().with(Compression.zstd(1)).withSizes(8 << 20, 5_000, 4 << 10);
    private static final int VERSIONS = 1_000;
    private static final int LENGTH = 4_000;

    private final MemoryDisk disk = new MemoryDisk();
    private final List<byte[]> versions = new ArrayList<>();
    private final List<Hash> hashes = new ArrayList<>();
    private PackState state = PackState.EMPTY;

    private PackStore open() {
        return PackStore.open(disk, new InlineTasks(), "packs", OPTIONS, state);
    }

    private void tell(Lineage.Listener to) {
        for (int i = VERSIONS - 1; i > 0; i--) {
            if (to.wants(hashes.get(i))) {
                to.replaced(hashes.get(i - 1), hashes.get(i));
            }
        }
    }

    private SweepResult sweep(PackStore store, LiveChunks live) {
        SweepResult result;
        try (Sweep sweep = store.beginSweep(Sweep.OLDEST, 0.02, _ -> {})) {
            result = sweep.run(live, this::tell);
        }
        state = store.sync();
        store.adopted(state);
        return result;
    }

    @BeforeEach
    void writeVersions() {
        SplittableRandom random = new SplittableRandom(1);
        byte[] now = Samples.random(2, LENGTH);
        try (PackStore store = open()) {
            for (int i = 0; i < VERSIONS; i++) {
                now = now.clone();
                for (int change = 0; change < 100; change++) {
                    now[(37 * i + change) % LENGTH] = (byte) random.nextInt();
                }
                versions.add(now);
                hashes.add(store.write(now));
            }
            sweep(store, _ -> true);
        }
    }

    @Test
    void storesAVersionInLittleMoreThanItsChangeAndReadsEachBack() {
        long bytes = state.packs().stream().mapToLong(PackState.Entry::length).sum();
        assertThat(bytes / VERSIONS).isBetween(100L, 300L);
        try (PackStore store = open()) {
            for (int i : new SplittableRandom(3).ints(2 * VERSIONS, 0, VERSIONS).toArray()) {
                assertThat(store.read(hashes.get(i))).isEqualTo(versions.get(i));
            }
            assertThat(store.check(damage -> {
                        throw damage;
                    }))
                    .isEqualTo(VERSIONS);
        }
    }

    @Test
    void tellsThatChunksLieInAGroup() {
        Set<String> codecs = new HashSet<>();
        Set<Hash> found = new HashSet<>();
        disk.list("packs").stream()
                .filter(name -> name.endsWith(".pack"))
                .forEach(name -> PackInspector.visitPack(disk, "packs/" + name, entry -> {
                    codecs.add(entry.codec());
                    found.add(entry.hash());
                    assertThat(entry.rawLength()).isEqualTo(LENGTH);
                }));
        assertThat(codecs).contains("group");
        assertThat(found).hasSize(VERSIONS).containsAll(hashes);
    }

    @Test
    void makesAMissingIndexAgainFromTheContentOfGroups() {
        disk.list("packs").stream()
                .filter(name -> name.endsWith(".idx"))
                .toList()
                .forEach(name -> disk.delete("packs/" + name));
        try (PackStore store = open()) {
            for (int i = 0; i < VERSIONS; i++) {
                assertThat(store.read(hashes.get(i))).isEqualTo(versions.get(i));
            }
        }
    }

    @Test
    void takesGroupsApartWhenVersionsDie() {
        Set<Hash> live = new HashSet<>();
        for (int i = 0; i < VERSIONS; i += 3) {
            live.add(hashes.get(i));
        }
        try (PackStore store = open()) {
            SweepResult result = sweep(store, live::contains);
            assertThat(result.chunksDropped()).isEqualTo(VERSIONS - live.size());
            for (int i = 0; i < VERSIONS; i++) {
                assertThat(store.contains(hashes.get(i))).isEqualTo(live.contains(hashes.get(i)));
                if (live.contains(hashes.get(i))) {
                    assertThat(store.read(hashes.get(i))).isEqualTo(versions.get(i));
                }
            }
        }
    }

    @Test
    void leavesGroupsAsTheyAreWhenThereIsNothingToWin() {
        PackState before = state;
        try (PackStore store = open()) {
            assertThat(sweep(store, _ -> true).packsReplaced()).isZero();
        }
        assertThat(state.packs()).hasSameSizeAs(before.packs());
    }

    @Test
    void keepsOneVersionOfAGroupAlone() {
        Hash last = hashes.getLast();
        try (PackStore store = open()) {
            sweep(store, last::equals);
            assertThat(store.read(last)).isEqualTo(versions.getLast());
            assertThat(store.statistics().chunks()).isEqualTo(1);
        }
        assertThat(state.packs().getFirst().length()).isEqualTo(PackHeader.LENGTH + PackRecord.HEADER + LENGTH);
    }

    @Test
    void readsGroupsWithoutCompressingAndTakesThemApartThen() {
        PackOptions raw = OPTIONS.with(Compression.none());
        try (PackStore store = PackStore.open(disk, new InlineTasks(), "packs", raw, state)) {
            Set<Hash> live = Set.copyOf(hashes.subList(5, 15));
            sweep(store, live::contains);
            for (int i = 5; i < 15; i++) {
                assertThat(store.read(hashes.get(i))).isEqualTo(versions.get(i));
            }
        }
        assertThat(state.packs().getFirst().rawBytes()).isEqualTo(10L * LENGTH);
    }

    @Test
    void neverAnswersWronglyWhicheverByteOfAGroupIsDamaged() {
        String pack = "packs/"
                + disk.list("packs").stream()
                        .filter(name -> name.endsWith(".pack"))
                        .findFirst()
                        .orElseThrow();
        int length = Damage.content(disk, pack).length;
        for (int at = 0; at < length; at += 997) {
            Damage.flipBit(disk, pack, 8L * at + at % 8);
            List<CorruptException> damage = new ArrayList<>();
            try (PackStore store = open()) {
                store.check(damage::add);
                for (int i = 0; i < VERSIONS; i += 50) {
                    try {
                        assertThat(store.read(hashes.get(i))).isEqualTo(versions.get(i));
                    } catch (CorruptException _) {
                        assertThat(damage).isNotEmpty();
                    }
                }
            } catch (CorruptException e) {
                damage.add(e);
            }
            assertThat(damage).as("byte %s", at).isNotEmpty();
            Damage.flipBit(disk, pack, 8L * at + at % 8);
        }
    }

    @Test
    void refusesTablesOfLengthsThatDoNotAddUp() {
        byte[][] tables = {{1, 2}, {3, 0, 9}, {(byte) 0x80, (byte) 0x80, (byte) 0x80, 1}, {2, 2, 9}, {1, 1, 9}};
        for (byte[] table : tables) {
            assertThatThrownBy(() -> Group.Table.read("test", 0, table, 0, table.length, 2, 3))
                    .isInstanceOf(CorruptException.class);
        }
        Group.Table sound = Group.Table.read("test", 0, new byte[] {1, 2, 9}, 0, 3, 2, 3);
        assertThat(sound.ends()).containsExactly(1, 3);
        assertThat(sound.frame()).isEqualTo(2);
    }
}
