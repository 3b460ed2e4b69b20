package coppice.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.kernel.bytes.Hash;
import coppice.kernel.platform.MemoryDisk;
import coppice.testing.property.Gen;
import coppice.testing.property.Property;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Chunks that refer to chunks, under sweeps of all generations: whatever is reached from a root stays.
class SweepGenerationsTest {
    private static final PackOptions OPTIONS = PackOptions.standard().withSizes(64 << 10, 40, 4 << 10);

    @Test
    void keepsWhatRootsReachThroughSweepsOfAnyGenerationAndCrashes() {
        Property.forAll(Gen.longs(0, 1L << 40)).runs(60).check(seed -> {
            try (Life life = new Life(seed)) {
                for (int step = 0; step < 120; step++) {
                    life.step();
                }
            }
        });
    }

    /// A store, and a graph of chunks in it of which all is known.
    private static final class Life implements AutoCloseable {
        private final SplittableRandom random;
        private final MemoryDisk disk = new MemoryDisk();
        private final Map<Hash, byte[]> contents = new HashMap<>();
        private final Map<Hash, List<Hash>> children = new HashMap<>();
        /// Everything ever written, in order: what is dead may be written again.
        private final List<Hash> ever = new ArrayList<>();

        private final Map<Hash, Hash> olderVersion = new HashMap<>();
        private Set<Hash> roots = new TreeSet<>();
        private Set<Hash> durableRoots = new TreeSet<>();
        private PackState state = PackState.EMPTY;
        private PackStore store;

        Life(long seed) {
            random = new SplittableRandom(seed);
            store = open();
        }

        private PackStore open() {
            return PackStore.open(disk, new InlineTasks(), "packs", OPTIONS, state);
        }

        void step() {
            switch (random.nextInt(12)) {
                case 0, 1 -> checkpoint();
                case 2 -> store.merge();
                case 3, 4 -> sweep();
                case 5 -> crash();
                case 6, 7 -> dropRoot();
                default -> writeSome();
            }
            checkReachable();
        }

        private void checkpoint() {
            state = store.sync();
            store.adopted(state);
            durableRoots = new TreeSet<>(roots);
        }

        private void crash() {
            store.close();
            store = open();
            roots = new TreeSet<>(durableRoots);
        }

        private void dropRoot() {
            if (!roots.isEmpty()) {
                roots.remove(pick(new ArrayList<>(roots)));
            }
        }

        private void writeSome() {
            for (int i = random.nextInt(4); i >= 0; i--) {
                if (!ever.isEmpty() && random.nextInt(3) == 0) {
                    Hash again = pick(ever);
                    writeAgain(again, reachable());
                    roots.add(again);
                } else {
                    roots.add(writeTree(random.nextInt(4), new ArrayList<>(reachable())));
                }
            }
        }

        /// Writes a new tree, whose nodes may refer to what is reachable.
        private Hash writeTree(int height, List<Hash> reachable) {
            List<Hash> refs = new ArrayList<>();
            for (int i = height == 0 ? 0 : 1 + random.nextInt(3); i > 0; i--) {
                boolean share = !reachable.isEmpty() && random.nextInt(2) == 0;
                refs.add(share ? pick(reachable) : writeTree(height - 1, reachable));
            }
            byte[] content = new byte[100 + 32 * refs.size()];
            Hash older = ever.isEmpty() || random.nextBoolean() ? null : pick(ever);
            if (older != null) {
                byte[] before = contents.get(older);
                System.arraycopy(before, 0, content, 0, Math.min(before.length, 100));
            }
            content[random.nextInt(100)] = (byte) random.nextInt();
            for (int i = 0; i < refs.size(); i++) {
                refs.get(i).write(content, 100 + 32 * i);
            }
            Hash hash = store.write(content);
            if (contents.put(hash, content) == null) {
                children.put(hash, refs);
                ever.add(hash);
                if (older != null) {
                    olderVersion.put(hash, older);
                }
            }
            return hash;
        }

        /// Writes what was written before, as a writer does who arrives at the same tree again: children first, and
        /// nothing of what he knows to be there.
        private void writeAgain(Hash hash, Set<Hash> reachable) {
            if (!reachable.contains(hash)) {
                children.get(hash).forEach(child -> writeAgain(child, reachable));
                store.write(contents.get(hash).clone());
            }
        }

        private void sweep() {
            int generation = random.nextInt(Sweep.OLDEST + 1);
            double waste = random.nextBoolean() ? 0.3 : 0.05;
            try (Sweep sweep = store.beginSweep(generation, waste, _ -> {})) {
                maybeWrite();
                mark(sweep, reachable());
                maybeWrite();
                sweep.decide(this::tell);
                while (random.nextInt(8) != 0 && sweep.step()) {
                    maybeWrite();
                    if (random.nextBoolean()) {
                        checkpoint();
                    }
                    if (random.nextInt(10) == 0) {
                        return;
                    }
                }
                assertThat(sweep.finish().damagedPacks()).isEmpty();
                if (random.nextBoolean()) {
                    checkpoint();
                }
            }
        }

        private void maybeWrite() {
            if (random.nextInt(3) == 0) {
                writeSome();
            }
            if (random.nextInt(4) == 0) {
                dropRoot();
            }
        }

        /// As an engine does: what a mark says no to is not looked into.
        private void mark(Sweep sweep, Set<Hash> all) {
            Deque<Hash> open = new ArrayDeque<>(roots);
            durableRoots.forEach(open::push);
            Set<Hash> visited = new HashSet<>();
            while (!open.isEmpty()) {
                Hash next = open.pop();
                if (sweep.mark(next)) {
                    visited.add(next);
                    children.get(next).forEach(open::push);
                }
            }
            assertThat(visited.size()).isLessThanOrEqualTo(ever.size() + all.size());
        }

        private void tell(Lineage.Listener to) {
            for (Hash newer : ever.reversed()) {
                Hash older = olderVersion.get(newer);
                if (older != null && to.wants(newer)) {
                    to.replaced(older, newer);
                }
            }
        }

        private Set<Hash> reachable() {
            Set<Hash> all = new TreeSet<>();
            Deque<Hash> open = new ArrayDeque<>(roots);
            while (!open.isEmpty()) {
                Hash next = open.pop();
                if (all.add(next)) {
                    children.get(next).forEach(open::push);
                }
            }
            return all;
        }

        private void checkReachable() {
            for (Hash hash : reachable()) {
                assertThat(store.contains(hash)).isTrue();
                assertThat(store.read(hash)).isEqualTo(contents.get(hash));
            }
        }

        private Hash pick(List<Hash> from) {
            return from.get(random.nextInt(from.size()));
        }

        @Override
        public void close() {
            checkpoint();
            assertThat(store.check(damage -> {
                        throw damage;
                    }))
                    .isEqualTo(store.statistics().chunks());
            store.close();
        }
    }
}
