package coppice.engine.state;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coppice.engine.delta.Delta;
import coppice.engine.delta.DeltaCursor;
import coppice.engine.log.SpaceWrites;
import coppice.kernel.history.Catalog;
import coppice.kernel.store.MemoryChunks;
import coppice.kernel.tree.Nodes;
import coppice.kernel.tree.Tree;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FoldsTest {
    private final Nodes nodes = new Nodes(new MemoryChunks(), 1 << 22);
    private final Roots roots = new Roots();
    private final Folds folds = new Folds();
    private final Tree empty = Tree.empty(nodes);

    private static Delta of(String key, String value) {
        return Delta.EMPTY.with(new byte[][] {key.getBytes(UTF_8)}, new byte[][] {value.getBytes(UTF_8)});
    }

    private Tree fold(Tree before, Delta changes) {
        Tree after = before.apply(new DeltaEdits(changes));
        folds.add(before, changes, after);
        return after;
    }

    private static Map<String, String> shown(Delta delta) {
        Map<String, String> all = new TreeMap<>();
        for (DeltaCursor cursor = delta.cursor(); cursor.next(); ) {
            all.put(new String(cursor.key(), UTF_8), new String(cursor.value(), UTF_8));
        }
        return all;
    }

    @Test
    void theChangesOfSeveralFoldsAreTheLatestOfEachKey() {
        Tree one = fold(empty, of("a", "1"));
        Tree two = fold(one, of("b", "2"));
        Tree three = fold(two, of("a", "3"));
        assertThat(folds.between(empty, three)).map(FoldsTest::shown).contains(Map.of("a", "3", "b", "2"));
        assertThat(folds.between(one, three)).map(FoldsTest::shown).contains(Map.of("a", "3", "b", "2"));
        assertThat(folds.between(three, three)).contains(Delta.EMPTY);
        assertThat(folds.between(three, one)).isEmpty();
    }

    @Test
    void whereEachChangeMadeADifferenceIsKnown() {
        BranchState none = BranchState.of(
                Tree.empty(nodes).root(),
                Catalog.empty(nodes).tree().root(),
                Spaces.of(nodes, roots, Catalog.empty(nodes)),
                1);
        BranchState first = folded(none, of("a", "1"));
        BranchState changed = folded(first, of("a", "2").over(of("b", "1")));
        assertThat(folds.exactly(tree(first), tree(changed)))
                .map(FoldsTest::shown)
                .contains(Map.of("a", "2", "b", "1"));
        assertThat(folds.exactly(tree(none), tree(changed))).isEmpty();
        BranchState partly = folded(first, of("a", "1").over(of("b", "2")));
        assertThat(folds.between(tree(first), tree(partly))).isPresent();
        assertThat(folds.exactly(tree(first), tree(partly))).isEmpty();
    }

    private BranchState folded(BranchState state, Delta changes) {
        BranchState frozen = state.with(List.of(SpaceWrites.of("s", changes))).frozen();
        return frozen.folded(folds.fold(frozen));
    }

    private static Tree tree(BranchState state) {
        return state.space("s").base();
    }

    @Test
    void goingRoundInCirclesEnds() {
        Tree one = fold(empty, of("a", "1"));
        Tree two = fold(one, of("a", "2"));
        fold(two, of("a", "1"));
        assertThat(folds.between(fold(empty, of("c", "1")), two)).isEmpty();
        assertThat(folds.between(two, one)).map(FoldsTest::shown).contains(Map.of("a", "1"));
    }

    @Test
    void statesMeetOverTheOlderTree() {
        SpaceState before = SpaceState.of(roots, fold(empty, of("a", "1")));
        SpaceState after = SpaceState.of(roots, fold(before.base(), of("b", "2")));
        Folds.Pair there = folds.overOneTree(before, after).orElseThrow();
        assertThat(there.one()).isSameAs(before);
        assertThat(there.other().base()).isEqualTo(before.base());
        assertThat(there.other().get("b".getBytes(UTF_8))).isEqualTo("2".getBytes(UTF_8));
        assertThat(there.other().count()).isEqualTo(2);
        Folds.Pair back = folds.overOneTree(after, before).orElseThrow();
        assertThat(back.other()).isSameAs(before);
        assertThat(back.one().whole()).isEqualTo(after.base());
        assertThat(folds.overOneTree(after, SpaceState.of(roots, empty.apply(new DeltaEdits(of("x", "y"))))))
                .isEmpty();
    }

    @Test
    void theOldestGiveWayAndNoneIsKeptFromASweep() {
        Tree first = fold(empty, of("a", "1"));
        Tree second = fold(first, of("b", "0"));
        Tree last = second;
        for (int i = 0; i < 300; i++) {
            last = fold(last, of("c", "" + i));
        }
        assertThat(folds.between(first, second)).isEmpty();
        assertThat(folds.between(second, last)).isEmpty();
        assertThat(roots.held()).isEmpty();
        Tree large = fold(last, of("d", "x".repeat(7 << 20)));
        Tree larger = fold(large, of("e", "x".repeat(7 << 20)));
        assertThat(folds.between(last, large)).isEmpty();
        assertThat(folds.between(large, larger)).isPresent();
        Tree largest = fold(larger, of("f", "x".repeat(9 << 20)));
        assertThat(folds.between(larger, largest)).isEmpty();
    }
}
