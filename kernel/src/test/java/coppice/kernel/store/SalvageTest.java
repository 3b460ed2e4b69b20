package coppice.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.kernel.bytes.Hash;
import coppice.kernel.platform.MemoryDisk;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A sealed pack and a growing one.
class SalvageTest {
    private static final PackOptions OPTIONS = Samples.SMALL.with(Compression.none());
    private static final String SEALED = "packs/0000000000000001.pack";
    private static final String INDEX = "packs/0000000000000001.idx";

    private final MemoryDisk disk = new MemoryDisk();
    private final Map<Hash, byte[]> first = new LinkedHashMap<>();
    private final Map<Hash, byte[]> second = new LinkedHashMap<>();
    private final List<PackDamage> damages = new ArrayList<>();
    private PackState state = PackState.EMPTY;

    @BeforeEach
    void write() {
        try (PackStore store = PackStore.open(disk, new InlineTasks(), "packs", OPTIONS, PackState.EMPTY)) {
            Samples.chunks(1, 9).forEach(chunk -> first.put(store.write(chunk), chunk));
            store.beginSweep().close(); // seals
            state = store.sync();
            Samples.chunks(2, 5).forEach(chunk -> second.put(store.write(chunk), chunk));
            state = store.sync();
        }
        assertThat(disk.exists(INDEX)).isTrue();
    }

    private Salvage salvage(Optional<PackState> known) {
        damages.clear();
        return Salvage.of(disk, new InlineTasks(), "packs", OPTIONS, known, 1, new PackVisitor() {
            @Override
            public void sound(Hash hash, byte[] bytes, int length) {
                assertThat(Hash.of(bytes, 0, length)).isEqualTo(hash);
            }

            @Override
            public void damaged(PackDamage damage) {
                damages.add(damage);
            }

            @Override
            public void read(long bytes) {}
        });
    }

    /// What a store has of the chunks.
    private List<Hash> held(PackStore store) {
        List<Hash> held = new ArrayList<>();
        for (Map<Hash, byte[]> chunks : List.of(first, second)) {
            chunks.forEach((hash, chunk) -> {
                if (store.contains(hash)) {
                    assertThat(store.read(hash)).isEqualTo(chunk);
                    held.add(hash);
                }
            });
        }
        return held;
    }

    private List<Hash> all() {
        List<Hash> all = new ArrayList<>(first.keySet());
        all.addAll(second.keySet());
        return all;
    }

    private List<Hash> reopened(PackState after) {
        try (PackStore store = PackStore.open(disk, new InlineTasks(), "packs", OPTIONS, after)) {
            assertThat(store.check(damage -> {
                        throw damage;
                    }))
                    .isEqualTo(held(store).size());
            return held(store);
        }
    }

    @Test
    void ofSoundPacksNothingIsGivenUp() {
        try (Salvage salvage = salvage(Optional.of(state))) {
            assertThat(salvage.isDamaged()).isFalse();
            assertThat(damages).isEmpty();
            assertThat(salvage.givenUp()).isEmpty();
            assertThat(salvage.staleIndexes()).isEmpty();
            assertThat(held(salvage.store())).isEqualTo(all());
        }
    }

    @Test
    void whatIsLeftOfADamagedPackGoesToANewOne() {
        Damage.flipBit(disk, SEALED, 8L * (PackHeader.LENGTH + PackRecord.HEADER + 5));
        List<Hash> left = all().subList(1, all().size());
        PackState after;
        try (Salvage salvage = salvage(Optional.of(state))) {
            assertThat(salvage.isDamaged()).isTrue();
            assertThat(damages).extracting(PackDamage::chunk).containsExactly(all().getFirst());
            assertThat(held(salvage.store())).isEqualTo(left);
            after = salvage.finish(false);
            assertThat(salvage.givenUp()).containsExactly(SEALED, INDEX);
        }
        disk.delete(SEALED);
        disk.delete(INDEX);
        assertThat(reopened(after)).isEqualTo(left);
    }

    @Test
    void aChunkThatIsBroughtBackIsFoundByASweepOfTheYoung() {
        Damage.flipBit(disk, SEALED, 8L * (PackHeader.LENGTH + PackRecord.HEADER + 5));
        PackState after;
        try (Salvage salvage = salvage(Optional.of(state))) {
            salvage.store().write(first.values().iterator().next());
            after = salvage.finish(true);
            assertThat(after.packs()).allMatch(pack -> pack.generation() == 0);
        }
        assertThat(reopened(after)).isEqualTo(all());
    }

    @Test
    void anIndexThatIsGoneOrDamagedCostsNothing() {
        Damage.flipBit(disk, INDEX, 8L * 40);
        try (Salvage salvage = salvage(Optional.of(state))) {
            assertThat(damages).extracting(PackDamage::kind).containsExactly(PackDamage.Kind.INDEX);
            assertThat(salvage.staleIndexes()).containsExactly(INDEX);
            assertThat(held(salvage.store())).isEqualTo(all());
        }
        disk.delete(INDEX);
        try (Salvage salvage = salvage(Optional.of(state))) {
            assertThat(held(salvage.store())).isEqualTo(all());
            assertThat(salvage.givenUp()).isEmpty();
        }
    }

    @Test
    void aPackThatIsGoneIsTold() {
        disk.delete(SEALED);
        try (Salvage salvage = salvage(Optional.of(state))) {
            assertThat(damages)
                    .singleElement()
                    .satisfies(damage -> assertThat(damage.what().found()).isEqualTo("no such file"));
            assertThat(held(salvage.store())).isEqualTo(List.copyOf(second.keySet()));
        }
    }

    @Test
    void withoutAManifestEveryPackCounts() {
        try (Salvage salvage = salvage(Optional.empty())) {
            assertThat(held(salvage.store())).isEqualTo(all());
            assertThat(salvage.staleIndexes()).containsExactly(INDEX);
            disk.delete(INDEX);
            assertThat(reopened(salvage.finish(false))).isEqualTo(all());
        }
    }

    @Test
    void whatNoManifestListsIsLookedThroughWhereSomethingIsDamaged() {
        PackState older = new PackState(state.nextId(), state.packs().subList(0, 1));
        try (Salvage salvage = salvage(Optional.of(older))) {
            assertThat(held(salvage.store())).isEqualTo(List.copyOf(first.keySet()));
        }
        Damage.flipBit(disk, SEALED, 8L * (PackHeader.LENGTH + PackRecord.HEADER + 5));
        try (Salvage salvage = salvage(Optional.of(older))) {
            assertThat(held(salvage.store())).isEqualTo(all().subList(1, all().size()));
        }
    }
}
