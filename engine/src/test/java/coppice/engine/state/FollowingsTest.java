package coppice.engine.state;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coppice.api.Entry;
import coppice.engine.delta.Delta;
import coppice.engine.log.SpaceWrites;
import coppice.kernel.store.MemoryChunks;
import coppice.kernel.tree.Nodes;
import coppice.kernel.tree.Tree;
import coppice.structure.ground.Following;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FollowingsTest {
    private static final int MANY = 40_000;

    private final Nodes nodes = new Nodes(new MemoryChunks(), 1 << 20);
    private final Roots roots = new Roots();
    private final Followings followings = new Followings(roots, Long.MAX_VALUE);
    private final Copying copying = new Copying("copy");

    /// All rows as text, and how they came about.
    private static final class Copying implements Following<Map<String, String>> {
        private final String name;
        private int made;
        private final List<Integer> steps = new ArrayList<>();
        private boolean isRefusing;

        Copying(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Map<String, String> of(Iterator<Entry> rows) {
            made++;
            Map<String, String> all = new TreeMap<>();
            rows.forEachRemaining(row -> all.put(row.keyText(), new String(row.value(), UTF_8)));
            return all;
        }

        @Override
        public Optional<Map<String, String>> with(Map<String, String> before, List<Differing> rows) {
            if (isRefusing) {
                return Optional.empty();
            }
            steps.add(rows.size());
            Map<String, String> all = new TreeMap<>(before);
            for (Differing row : rows) {
                String key = new String(row.key(), UTF_8);
                byte[] value = row.value();
                if (value == null) {
                    all.remove(key);
                } else {
                    all.put(key, new String(value, UTF_8));
                }
            }
            return Optional.of(all);
        }

        @Override
        public long bytes(Map<String, String> all) {
            return all.size();
        }
    }

    private SpaceState empty() {
        return SpaceState.of(roots, Tree.empty(nodes));
    }

    private static SpaceState with(SpaceState state, String key, String value) {
        byte[] stored = value.isEmpty() ? Delta.REMOVED : value.getBytes(UTF_8);
        return state.with(new SpaceWrites("s", new byte[][] {key.getBytes(UTF_8)}, new byte[][] {stored}));
    }

    private static SpaceState folded(SpaceState state) {
        SpaceState frozen = state.frozen();
        return frozen.folded(frozen.base().apply(new DeltaEdits(frozen.aside())));
    }

    private Map<String, String> of(SpaceState state) {
        return followings.of("s", state, copying, true);
    }

    @Test
    void statesAreMadeOfTheNearestThatIsKnown() {
        SpaceState first = with(with(empty(), "a", "1"), "b", "2");
        SpaceState second = with(first, "c", "3");
        SpaceState elsewhere = with(with(with(first, "x", "1"), "y", "2"), "z", "3");
        assertThat(of(first)).hasSize(2);
        of(elsewhere);
        assertThat(of(second)).containsEntry("c", "3").hasSize(3);
        assertThat(copying.made).isEqualTo(1);
        assertThat(copying.steps).containsExactly(3, 1); // not four from elsewhere
        of(first);
        of(second);
        of(elsewhere);
        assertThat(copying.steps).hasSize(2);
    }

    @Test
    void foldingMakesNothingAnew() {
        SpaceState state = with(with(empty(), "a", "1"), "b", "2");
        of(state);
        assertThat(of(folded(state))).hasSize(2);
        assertThat(of(with(folded(state), "a", ""))).containsOnlyKeys("b");
        assertThat(copying.made).isEqualTo(1);
        assertThat(copying.steps).containsExactly(1);
    }

    @Test
    void whatATransactionHasWrittenIsNotKept() {
        SpaceState state = with(empty(), "a", "1");
        of(state);
        SpaceState own = with(state, "b", "2");
        assertThat(followings.of("s", own, copying, false)).hasSize(2);
        assertThat(followings.of("s", own, copying, false)).hasSize(2);
        assertThat(copying.steps).containsExactly(1, 1);
    }

    @Test
    void whatDiffersTooMuchAndWhatCannotBeBroughtForwardIsMadeAnew() {
        SpaceState state = with(empty(), "a", "1");
        of(state);
        SpaceState large = state;
        for (int i = 0; i < MANY; i++) {
            large = with(large, "k" + i, "v");
        }
        assertThat(of(folded(large))).hasSize(MANY + 1);
        assertThat(copying.steps).isEmpty();
        assertThat(copying.made).isEqualTo(2);
        copying.isRefusing = true;
        assertThat(of(with(large, "b", "2"))).hasSize(MANY + 2);
        assertThat(copying.made).isEqualTo(3);
    }

    @Test
    void theLatestFewStatesAreKnown() {
        List<SpaceState> states = new ArrayList<>();
        SpaceState state = empty();
        for (int i = 0; i < 9; i++) {
            state = with(state, "k" + i, "v");
            states.add(state);
            of(state);
        }
        int steps = copying.steps.size();
        of(states.getLast());
        of(states.get(1));
        assertThat(copying.steps).hasSize(steps);
        of(states.getFirst());
        assertThat(copying.steps).hasSize(steps + 1);
    }

    @Test
    void whatWasNotAskedForOfLateGoesWhenAllTakesTooMuch() {
        Followings few = new Followings(roots, 3);
        Copying other = new Copying("other");
        SpaceState state = with(with(empty(), "a", "1"), "b", "2");
        few.of("s", state, copying, true);
        few.of("s", state, other, true);
        few.of("s", state, other, true);
        assertThat(other.made).isEqualTo(1);
        few.of("s", state, copying, true);
        assertThat(copying.made).isEqualTo(2);
    }

    @Test
    void anyHistoryGivesWhatAllRowsDo() {
        SplittableRandom random = new SplittableRandom(5);
        List<SpaceState> states = new ArrayList<>(List.of(empty()));
        for (int step = 0; step < 500; step++) {
            SpaceState state = states.get(random.nextInt(states.size()));
            state = random.nextInt(10) == 0 ? folded(state) : state;
            for (int i = random.nextInt(20); i > 0; i--) {
                state = with(state, "k" + random.nextInt(60), random.nextInt(3) == 0 ? "" : "v" + step);
            }
            assertThat(of(state)).isEqualTo(new Copying("again").of(rows(state)));
            states.add(state);
            if (states.size() > 12) {
                states.remove(random.nextInt(states.size()));
            }
        }
        assertThat(copying.made).isLessThan(50);
    }

    private static Iterator<Entry> rows(SpaceState state) {
        List<Entry> rows = new ArrayList<>();
        StateCursor cursor = state.scan(coppice.api.Range.all());
        while (cursor.next()) {
            rows.add(new Entry(cursor.key(), cursor.value()));
        }
        return rows.iterator();
    }
}
