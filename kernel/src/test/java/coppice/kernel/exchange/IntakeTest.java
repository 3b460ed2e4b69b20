package coppice.kernel.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Hash;
import coppice.kernel.history.Catalog;
import coppice.kernel.history.Commit;
import coppice.kernel.history.CommitDraft;
import coppice.kernel.history.ShallowException;
import coppice.kernel.history.SpaceRecord;
import coppice.kernel.store.MissingChunkException;
import coppice.kernel.tree.ChunkWalk;
import coppice.kernel.tree.Edit;
import coppice.kernel.tree.Edits;
import coppice.kernel.tree.Tree;
import coppice.testing.property.Gen;
import coppice.testing.property.Property;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IntakeTest {
    /// Numbers of which each makes a commit.
    private static final Gen<List<Integer>> STEPS = Gen.ints(0, 1_000_000).list(1, 14);

    private final Side theirs = new Side();
    private final Side ours = new Side();

    @Test
    void whatIsTakenInIsCompleteAndNothingMovesThatIsHere() {
        Property.forAll(STEPS).runs(60).check(steps -> {
            Side from = new Side();
            Side to = new Side();
            List<Hash> commits = from.commits(steps);
            List<Hash> haves = List.of();
            Set<Hash> here = new HashSet<>();
            for (int upTo = 1 + steps.getFirst() % 5; upTo < commits.size() + 5; upTo += 1 + steps.size() / 3) {
                Hash want = commits.get(Math.min(upTo, commits.size()) - 1);
                Moved moved = to.take(from.chunks::read, List.of(want), haves, null);
                Set<Hash> needed = from.reachable(List.of(want));
                Set<Hash> fresh = new HashSet<>(needed);
                fresh.removeAll(here);
                assertThat(moved.chunks()).isEqualTo(fresh.size());
                here.addAll(needed);
                assertThat(to.proven(want)).isEqualTo(from.proven(want));
                haves = List.of(want);
            }
        });
    }

    @Test
    void anAttemptThatBrokeOffIsFinishedByTheNext() {
        Property.forAll(Gen.combine(STEPS, Gen.ints(0, 400), (steps, after) -> new Broken(steps, after)))
                .runs(60)
                .check(broken -> {
                    Side from = new Side();
                    Side to = new Side();
                    List<Hash> commits = from.commits(broken.steps());
                    List<Hash> wants = List.of(commits.getLast());
                    long chunks = from.reachable(wants).size();
                    Vanishing source = new Vanishing(from, broken.after());
                    if (broken.after() < chunks) {
                        assertThatThrownBy(() -> to.take(source, wants, List.of(), null))
                                .isInstanceOf(IllegalStateException.class);
                        source.left = Integer.MAX_VALUE;
                        Moved rest = to.take(source, wants, List.of(), null);
                        assertThat(rest.chunks()).isEqualTo(chunks - broken.after());
                        assertThat(to.proven(wants.getFirst())).isEqualTo(from.proven(wants.getFirst()));
                    }
                });
    }

    private record Broken(List<Integer> steps, int after) {}

    private static final class Vanishing implements ChunkWalk.Source {
        private final Side from;
        private int left;

        Vanishing(Side from, int left) {
            this.from = from;
            this.left = left;
        }

        @Override
        public byte[] read(Hash hash) {
            if (left-- <= 0) {
                throw new IllegalStateException("gone");
            }
            return from.chunks.read(hash);
        }
    }

    @Test
    void aSmallChangeOfALargeTreeIsFoundWithoutLookingAtTheRest() {
        Hash first = theirs.history.commit(CommitDraft.of(catalog(20_000, -1).root(), List.of(), "a", 1, "large"));
        Hash second =
                theirs.history.commit(CommitDraft.of(catalog(20_000, 777).root(), List.of(first), "a", 2, "small"));
        Moved all = ours.take(theirs.chunks::read, List.of(first), List.of(), null);
        Moved change = ours.take(theirs.chunks::read, List.of(second), List.of(first), null);
        assertThat(all.chunks()).isGreaterThan(300);
        // Commit, closure, catalog, and one path in the space.
        assertThat(change.visited()).isLessThan(8);
        assertThat(change.chunks()).isEqualTo(change.visited());
        assertThat(change.commits()).isEqualTo(1);
    }

    private Catalog catalog(int rows, int changed) {
        Edit[] edits = new Edit[rows];
        for (int row = 0; row < rows; row++) {
            byte[] key = {(byte) (row >> 16), (byte) (row >> 8), (byte) row};
            edits[row] = Edit.put(key, new byte[row == changed ? 91 : 90]);
        }
        Tree tree = Tree.empty(theirs.nodes).apply(Edits.of(List.of(edits)));
        return Catalog.empty(theirs.nodes).with("rows", SpaceRecord.of("dict", tree, null));
    }

    @Test
    void aCommitThatLiesAboutItsAncestorsIsRefused() {
        Hash first = theirs.commits(List.of(1)).getFirst();
        Commit honest = theirs.history.prepare(
                CommitDraft.of(theirs.history.read(first).catalog(), List.of(first), "a", 2, "m"));
        Hash forged = theirs.history.write(new Commit(
                honest.catalog(),
                honest.parents(),
                2,
                honest.closure(),
                "a",
                2,
                "a",
                2,
                "m",
                honest.metadata(),
                honest.signature()));
        assertThatThrownBy(() -> ours.take(theirs.chunks::read, List.of(forged), List.of(), null))
                .isInstanceOf(CorruptException.class)
                .hasMessageContaining("generation");
        Hash unrelated = theirs.history.write(new Commit(
                honest.catalog(),
                honest.parents(),
                1,
                theirs.history.read(first).closure(),
                "a",
                2,
                "a",
                2,
                "m",
                honest.metadata(),
                honest.signature()));
        // By its closure it has no ancestors, so its parent is not even looked for.
        assertThatThrownBy(() -> new Side().take(theirs.chunks::read, List.of(unrelated), List.of(), null))
                .isInstanceOfAny(CorruptException.class, MissingChunkException.class);
    }

    @Test
    void aSpaceThatLiesAboutItsCountIsRefused() {
        SpaceRecord honest = catalog(10, -1).space("rows").orElseThrow();
        Catalog forged = Catalog.empty(theirs.nodes).with("rows", honest.with(honest.root(), 11));
        Hash commit = theirs.history.commit(CommitDraft.of(forged.root(), List.of(), "a", 1, "m"));
        assertThatThrownBy(() -> ours.take(theirs.chunks::read, List.of(commit), List.of(), null))
                .isInstanceOf(CorruptException.class)
                .hasMessageContaining("rows");
    }

    @Test
    void aShallowHistoryHoldsTheUpperGenerationsAndCanBeDeepened() {
        Property.forAll(STEPS).runs(60).check(steps -> {
            Side from = new Side();
            List<Hash> commits = from.commits(steps);
            Hash head = commits.getLast();
            long top = from.history.read(head).generation();
            Side to = new Side();
            to.floor = top / 2 + 1;
            if (to.floor > top) {
                return;
            }
            to.take(from.chunks::read, List.of(head), List.of(), null);
            List<Hash> here = to.proven(head);
            assertThat(here)
                    .isEqualTo(from.proven(head).stream()
                            .filter(commit -> from.history.read(commit).generation() >= to.floor)
                            .toList());
            // What is not here is an ancestor all the same.
            from.proven(head).forEach(commit -> {
                if (here.contains(commit)) {
                    assertThat(to.history.isAncestor(commit, head)).isTrue();
                } else {
                    assertThatThrownBy(() -> to.history.read(commit)).isInstanceOf(ShallowException.class);
                }
            });
            assertThat(to.history.ancestorCount(head)).isEqualTo(from.history.ancestorCount(head));
            assertThat(to.reachable(List.of(head))).isSubsetOf(from.reachable(List.of(head)));
            deepen(from, to, head, 0);
            assertThat(to.proven(head)).isEqualTo(from.proven(head));
        });
    }

    private static void deepen(Side from, Side to, Hash head, long floor) {
        long ceiling = to.floor;
        to.floor = floor;
        Intake intake = new Intake(to.nodes, to.history, from.chunks::read, Progress.NONE);
        intake.commits(
                List.of(head), List.of(), new coppice.kernel.history.HistoryWalk.Generations(floor, ceiling), head);
    }
}
