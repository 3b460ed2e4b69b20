package coppice.kernel.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.kernel.CountingChunks;
import coppice.kernel.history.Refs.Update;
import coppice.kernel.tree.Nodes;
import coppice.testing.property.Gen;
import coppice.testing.property.Property;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RefsTest {
    private final CountingChunks chunks = new CountingChunks();
    private final Nodes nodes = new Nodes(chunks, 1 << 20);

    private static RefValue at(int commit) {
        return RefValue.branch(Example.hash(commit), commit, 0);
    }

    private static Refs done(Update update) {
        return ((Update.Done) update).refs();
    }

    @Test
    void aRefIsMadeMovedAndRemovedByCompareAndSet() {
        Refs none = Refs.empty(nodes);
        Refs made = done(none.compareAndSet("main", null, at(1)));
        assertThat(made.get("main")).contains(at(1));
        Refs moved = done(made.compareAndSet("main", at(1), at(2)));
        assertThat(moved.get("main")).contains(at(2));
        assertThat(made.get("main")).contains(at(1));
        assertThat(done(moved.compareAndSet("main", at(2), null))).isEqualTo(none);
    }

    @Test
    void whoExpectsSomethingElseIsTold() {
        Refs refs = Refs.empty(nodes).with("main", at(1));
        assertThat(refs.compareAndSet("main", null, at(2))).isEqualTo(new Update.Refused(at(1)));
        assertThat(refs.compareAndSet("main", at(2), at(3))).isEqualTo(new Update.Refused(at(1)));
        assertThat(refs.compareAndSet("other", at(1), at(3))).isEqualTo(new Update.Refused(null));
        assertThat(refs.compareAndSet("main", at(1), at(1))).isEqualTo(new Update.Done(refs));
    }

    @Test
    void badNamesCanBeAskedForAndNotMade() {
        Refs refs = Refs.empty(nodes);
        assertThat(refs.get("")).isEmpty();
        assertThat(refs.get("x".repeat(10_000))).isEmpty();
        assertThat(refs.list("x".repeat(10_000))).isEmpty();
        assertThatThrownBy(() -> refs.with("a..b", at(1))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> refs.compareAndSet("a b", null, at(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("holds a space");
    }

    @Test
    void listsByPrefixInOrder() {
        Refs refs = Refs.empty(nodes).withAll(Map.of("a/2", at(2), "a/1", at(1), "ab", at(3), "b", at(4), "a", at(5)));
        assertThat(refs.list("a/")).extracting(Refs.Ref::name).containsExactly("a/1", "a/2");
        assertThat(refs.list("")).extracting(Refs.Ref::name).containsExactly("a", "a/1", "a/2", "ab", "b");
        assertThat(refs.list("c")).isEmpty();
        assertThat(refs.count()).isEqualTo(5);
    }

    @Test
    void behaveLikeAMapWhateverTheOrderOfChanges() {
        Gen<Map.Entry<String, Integer>> steps = Gen.combine(
                Gen.strings(1, 3).filter(name -> RefName.problem(name).isEmpty()), Gen.ints(0, 5), Map::entry);
        Property.forAll(steps.list(0, 60)).check(list -> {
            Map<String, RefValue> model = new TreeMap<>();
            Refs refs = Refs.empty(nodes);
            for (Map.Entry<String, Integer> step : list) {
                RefValue next = step.getValue() == 0 ? null : at(step.getValue());
                RefValue expected = model.get(step.getKey());
                refs = done(refs.compareAndSet(step.getKey(), expected, next));
                if (next == null) {
                    model.remove(step.getKey());
                } else {
                    model.put(step.getKey(), next);
                }
                assertThat(refs.get(step.getKey())).isEqualTo(Optional.ofNullable(next));
            }
            assertThat(refs).isEqualTo(Refs.empty(nodes).withAll(model));
            assertThat(refs.list("")).hasSize(model.size());
            assertThat(Refs.load(nodes, refs.root())).isEqualTo(refs);
        });
    }

    @Test
    void openingReadsOneNodeAndALookupOnePath() {
        Map<String, RefValue> many = new HashMap<>();
        for (int ref = 0; ref < 20_000; ref++) {
            many.put("branch/" + ref, at(ref));
        }
        Refs refs = Refs.empty(nodes).withAll(many);
        chunks.reset();
        Refs opened = Refs.load(new Nodes(chunks, 1 << 20), refs.root());
        assertThat(chunks.reads()).isEqualTo(1);
        assertThat(opened.count()).isEqualTo(20_000);
        assertThat(opened.get("branch/777")).contains(at(777));
        assertThat(chunks.reads()).isEqualTo(opened.tree().height());
    }

    @Test
    void aTagNamesACommitAndNothingElse() {
        assertThatThrownBy(() -> new RefValue(RefValue.Kind.TAG, Example.hash(1), Example.hash(2), null, 0, 0, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RefValue(RefValue.Kind.POINTER, Example.hash(1), null, Example.tagNote(), 0, 0, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RefValue.branch(Example.hash(1), -1, 0)).isInstanceOf(IllegalArgumentException.class);
        RefValue moved = at(1).moved(Example.hash(2), Example.hash(3), 9, 7);
        assertThat(moved)
                .isEqualTo(new RefValue(RefValue.Kind.BRANCH, Example.hash(2), Example.hash(3), null, 9, 0, 7));
        assertThat(List.of(moved, at(1))).doesNotHaveDuplicates();
    }
}
