package coppice.kernel.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Hash;
import coppice.kernel.history.Catalog;
import coppice.kernel.history.CommitDraft;
import coppice.kernel.history.HistoryWalk.Generations;
import coppice.kernel.history.SpaceRecord;
import coppice.kernel.platform.Disk;
import coppice.kernel.platform.DiskFile;
import coppice.kernel.platform.MemoryDisk;
import coppice.kernel.platform.Tasks;
import coppice.kernel.store.Compression;
import coppice.kernel.store.PackOptions;
import coppice.kernel.store.PackState;
import coppice.kernel.store.PackStore;
import coppice.kernel.tree.Edit;
import coppice.kernel.tree.Edits;
import coppice.kernel.tree.Tree;
import coppice.testing.property.Gen;
import coppice.testing.property.Property;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackSourceTest {
    private static PackStore store() {
        return store(new MemoryDisk());
    }

    private static PackStore store(MemoryDisk disk) {
        PackOptions options = PackOptions.standard().with(Compression.zstd(1)).withSizes(1 << 20, 5_000, 64 << 10);
        return PackStore.open(disk, Tasks.threads(), "packs", options, PackState.EMPTY);
    }

    @Test
    void movesJustWhatIsLackingFromStoreToStore() {
        Property.forAll(Gen.ints(0, 1_000_000).list(2, 10)).runs(25).check(steps -> {
            try (PackStore there = store();
                    PackStore here = store()) {
                Side from = new Side(there);
                Side to = new Side(here);
                List<Hash> commits = from.commits(steps);
                there.adopted(there.sync());
                Hash first = commits.get(commits.size() / 2);
                to.take(new PackSource(there), List.of(first), List.of(), null);
                Set<Hash> fresh = new HashSet<>(from.reachable(List.of(commits.getLast())));
                fresh.removeAll(from.reachable(List.of(first)));
                boolean descends = from.history.isAncestor(first, commits.getLast());
                Moved moved = to.take(
                        new PackSource(there), List.of(commits.getLast()), descends ? List.of(first) : List.of(), null);
                assertThat(moved.chunks()).isEqualTo(fresh.size());
                assertThat(to.proven(commits.getLast())).isEqualTo(from.proven(commits.getLast()));
                assertThat(to.proven(first)).isEqualTo(from.proven(first));
            }
        });
    }

    private static Tree rows(Side side, int count) {
        List<Edit> edits = new ArrayList<>();
        for (int row = 0; row < count; row++) {
            edits.add(Edit.put(ByteBuffer.allocate(4).putInt(row).array(), new byte[100]));
        }
        return Tree.empty(side.nodes).apply(Edits.of(edits));
    }

    private static Hash commit(Side side, Tree rows) {
        Catalog catalog = Catalog.empty(side.nodes).with("rows", SpaceRecord.of("dict", rows, null));
        return side.history.commit(CommitDraft.of(catalog.root(), List.of(), "a", 1, "m"));
    }

    @Test
    void tellsHowFarItIsInTheMidstOfALargeCommitAndEndsWhenTheListenerThrows() {
        try (PackStore there = store();
                PackStore here = store()) {
            Side from = new Side(there);
            Hash large = commit(from, rows(from, 300_000));
            Side to = new Side(here);
            List<Moved> told = new ArrayList<>();
            Progress listener = (moved, commits) -> {
                told.add(moved);
                throw new IllegalStateException("enough");
            };
            Intake broken = new Intake(to.nodes, to.history, new PackSource(there), listener);
            assertThatThrownBy(() -> broken.commits(List.of(large), List.of(), Generations.ALL, null))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("enough");
            assertThat(told).hasSize(1);
            assertThat(told.getFirst().commits()).isZero();
            long arrived = told.getFirst().chunks();
            assertThat(arrived).isPositive();
            Moved rest = to.take(new PackSource(there), List.of(large), List.of(), null);
            assertThat(rest.commits()).isEqualTo(1);
            assertThat(rest.chunks() + arrived)
                    .isEqualTo(from.reachable(List.of(large)).size());
            assertThat(to.proven(large)).containsExactly(large);
        }
    }

    @Test
    void whoWantsEverythingGetsItAtOnceAndProvesIt() {
        Property.forAll(Gen.ints(0, 1_000_000).list(2, 10)).runs(25).check(steps -> {
            try (PackStore there = store();
                    PackStore here = store()) {
                Side from = new Side(there);
                Side to = new Side(here);
                List<Hash> commits = from.commits(steps);
                boolean durable = steps.getFirst() % 4 > 0;
                if (durable) {
                    there.adopted(there.sync()); // else much of it waits in memory, and is moved one by one
                }
                Moved moved = to.takeEverything(new PackSource(there), List.of(commits.getLast()));
                assertThat(moved.chunks())
                        .isGreaterThanOrEqualTo(
                                from.reachable(List.of(commits.getLast())).size());
                if (durable) {
                    assertThat(moved.visited())
                            .as("what is proved is not walked")
                            .isLessThan(moved.chunks());
                }
                assertThat(to.proven(commits.getLast())).isEqualTo(from.proven(commits.getLast()));
                here.adopted(here.sync());
                if (durable) {
                    Moved again = to.takeEverything(new PackSource(there), List.of(commits.getLast()));
                    assertThat(again.chunks()).isZero();
                }
            }
        });
    }

    @Test
    void aDamageThatNobodyNeedsDoesNoHarm() {
        MemoryDisk disk = new MemoryDisk();
        try (PackStore there = store(disk);
                PackStore here = store()) {
            byte[] garbage = new byte[5_000];
            garbage[7] = 1;
            there.write(garbage);
            Side from = new Side(there);
            List<Hash> commits = from.commits(List.of(1, 2, 3, 4));
            there.adopted(there.sync());
            try (DiskFile pack = disk.open("packs/0000000000000001.pack", Disk.OpenMode.WRITE)) {
                pack.write(64 + 48 + 2, new byte[] {99, 99}, 0, 2);
            }
            Side to = new Side(here);
            Moved moved = to.takeEverything(new PackSource(there), List.of(commits.getLast()));
            assertThat(moved.visited()).as("all is walked").isGreaterThanOrEqualTo(moved.chunks());
            assertThat(to.proven(commits.getLast())).isEqualTo(from.proven(commits.getLast()));
        }
    }

    /// An inner node says of each child how many rows it has and which is its last key, and names it by its hash.
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void refusesATreeWithALeafThatIsNotWhatItsParentSays(boolean everything) {
        try (PackStore there = store();
                PackStore here = store()) {
            Side from = new Side(there);
            Side to = new Side(here);
            Tree rows = rows(from, 150);
            byte[] root = there.read(rows.root());
            int children = (root[4] & 0xff) | (root[5] & 0xff) << 8;
            assertThat(root[2]).as("level").isEqualTo((byte) 1);
            byte[] forged = root.clone();
            int names = 8 + 10 * children;
            System.arraycopy(root, names, forged, names + 32, 32); // the first two leaves changed places
            System.arraycopy(root, names + 32, forged, names, 32);
            Hash lie = there.write(forged);
            Hash commit = commit(from, Tree.load(from.nodes, lie));
            there.adopted(there.sync());
            assertThatThrownBy(() -> {
                        if (everything) {
                            to.takeEverything(new PackSource(there), List.of(commit));
                        } else {
                            to.take(new PackSource(there), List.of(commit), List.of(), null);
                        }
                    })
                    .isInstanceOf(CorruptException.class);
        }
    }
}
