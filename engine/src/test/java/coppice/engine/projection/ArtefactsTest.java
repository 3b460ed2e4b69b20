package coppice.engine.projection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.api.Range;
import coppice.engine.delta.Delta;
import coppice.engine.log.SpaceWrites;
import coppice.engine.state.DeltaEdits;
import coppice.engine.state.Folds;
import coppice.engine.state.LosingChunks;
import coppice.engine.state.Roots;
import coppice.engine.state.SpaceState;
import coppice.kernel.bytes.Hash;
import coppice.kernel.platform.Tasks;
import coppice.kernel.store.MemoryChunks;
import coppice.kernel.tree.Edit;
import coppice.kernel.tree.Edits;
import coppice.kernel.tree.Nodes;
import coppice.kernel.tree.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArtefactsTest {
    private static final List<String> WORDS = List.of("ant", "bee", "cat", "dog");

    private final Nodes nodes = new Nodes(new MemoryChunks(), 1 << 22);
    private final Roots roots = new Roots();
    private final Folds folds = new Folds();

    private Artefacts artefacts(long batchBytes) {
        return new Artefacts(new Deriving(nodes, roots, Tasks.threads(), 2, batchBytes));
    }

    private static Tree of(Artefacts artefacts, Words words, Tree input) {
        return artefacts.of(words, List.of(input), Ticker.NONE);
    }

    private static String text(SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(4); i > 0; i--) {
            text.append(WORDS.get(random.nextInt(WORDS.size()))).append(' ');
        }
        return text.toString();
    }

    private static SpaceState write(SpaceState state, SplittableRandom random) {
        int writes = 1 + random.nextInt(random.nextInt(10) == 0 ? 200 : 5);
        byte[][] keys = new byte[writes][];
        byte[][] values = new byte[writes][];
        for (int i = 0; i < writes; i++) {
            keys[i] = "k%03d".formatted(random.nextInt(300)).getBytes(UTF_8);
            values[i] = random.nextInt(3) == 0 ? Delta.REMOVED : text(random).getBytes(UTF_8);
        }
        return state.with(new SpaceWrites("s", keys, values));
    }

    /// A space lives, is folded, forks and goes back; whichever of its states is asked for has what follows from
    /// it.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void anyStateHasItsEntriesWhateverWasAskedForBefore(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Words words = new Words(seed % 2 == 0 ? Range.all() : Range.between(utf("k050"), utf("k200")));
        LiveArtefact live = new LiveArtefact(words, artefacts(seed % 3 == 0 ? 300 : 1 << 20), roots, folds);
        List<SpaceState> states = new ArrayList<>(List.of(SpaceState.of(roots, Tree.empty(nodes))));
        for (int step = 0; step < 150; step++) {
            SpaceState from = states.get(random.nextInt(4) == 0 ? random.nextInt(states.size()) : states.size() - 1);
            states.add(
                    switch (random.nextInt(6)) {
                        case 0 -> from.frozen();
                        case 1 -> folded(from, random.nextBoolean());
                        default -> write(from, random);
                    });
            SpaceState asked = states.get(random.nextInt(states.size()));
            assertThat(Words.shown(live.of(asked))).isEqualTo(words.expected(asked));
        }
    }

    /// A state with what was put aside in its tree, by a fold that is remembered or not.
    private SpaceState folded(SpaceState from, boolean remembers) {
        Tree tree = from.base().apply(new DeltaEdits(from.aside()));
        if (remembers) {
            folds.add(from.base(), from.aside(), tree);
        }
        return from.folded(tree);
    }

    private static byte[] utf(String text) {
        return text.getBytes(UTF_8);
    }

    private Tree rows(int count) {
        return Tree.empty(nodes)
                .apply(Edits.of(IntStream.range(0, count)
                        .mapToObj(i -> Edit.put(utf("k%06d".formatted(i)), utf("w" + i % 7)))
                        .toList()));
    }

    private static Tree changed(Tree tree, int row, String text) {
        return tree.apply(Edits.of(List.of(Edit.put(utf("k%06d".formatted(row)), utf(text)))));
    }

    @Test
    void theEntriesOfANearStateCostWhatDiffers() {
        Words words = new Words(Range.all());
        Artefacts artefacts = artefacts(1 << 20);
        Tree before = rows(20_000);
        Tree entries = of(artefacts, words, before);
        assertThat(entries.count()).isEqualTo(20_000);
        long looks = words.looks.get();
        Tree after = changed(changed(before, 7, "new"), 9_999, "other words");
        Tree advanced = of(artefacts, words, after);
        assertThat(words.looks.get() - looks).isEqualTo(4); // each row before and after
        assertThat(advanced).isEqualTo(of(artefacts(1 << 20), words, after)); // the root of a clean build
    }

    @Test
    void comingBackToAStateCostsNothing() {
        Words words = new Words(Range.all());
        Artefacts artefacts = artefacts(1 << 20);
        Tree before = rows(1_000);
        Tree entries = of(artefacts, words, before);
        of(artefacts, words, changed(before, 7, "new"));
        long looks = words.looks.get();
        assertThat(of(artefacts, words, before)).isEqualTo(entries);
        assertThat(words.looks.get()).isEqualTo(looks);
    }

    @Test
    void ofTheStatesThatAreKnownTheNearestIsTheOneToBeginWith() {
        Words words = new Words(Range.all());
        Artefacts artefacts = artefacts(1 << 20);
        Tree near = rows(20_000);
        of(artefacts, words, near);
        of(artefacts, words, Tree.empty(nodes).apply(Edits.of(List.of(Edit.put(utf("x"), utf("far"))))));
        long looks = words.looks.get();
        of(artefacts, words, changed(near, 3, "new"));
        assertThat(words.looks.get() - looks).isEqualTo(2);
    }

    @Test
    void whatHasChangedAllOverIsMadeAnew() {
        Words words = new Words(Range.all());
        Artefacts artefacts = artefacts(1 << 20);
        of(artefacts, words, rows(4_000));
        long looks = words.looks.get();
        Tree other = Tree.empty(nodes)
                .apply(Edits.of(IntStream.range(0, 4_000)
                        .mapToObj(i -> Edit.put(utf("k%06d".formatted(i)), utf("all new")))
                        .toList()));
        assertThat(of(artefacts, words, other).count()).isEqualTo(8_000);
        assertThat(words.looks.get() - looks).isLessThan(4_000 + 2 * 1_000 + 10);
    }

    @Test
    void entriesThatDoNotFitIntoMemoryComeToTheSame() {
        Words words = new Words(Range.all());
        Tree source = rows(5_000);
        assertThat(of(artefacts(2_000), words, source)).isEqualTo(of(artefacts(1 << 24), words, source));
    }

    @Test
    void onlyTheLatestAreRemembered() {
        Words words = new Words(Range.all());
        Artefacts artefacts = artefacts(1 << 20);
        Tree first = rows(10);
        of(artefacts, words, first);
        Tree tree = first;
        for (int i = 0; i < Line.REMEMBERED; i++) {
            tree = changed(tree, 3, "version " + i);
            of(artefacts, words, tree);
        }
        assertThat(artefacts.known(words)).hasSize(Line.REMEMBERED);
        assertThat(artefacts.find(words, List.of(first))).isEmpty();
        assertThat(artefacts.find(words, List.of(tree))).isPresent();
    }

    @Test
    void aFoldCostsWhatWasWrittenAlsoSeveralAndBack() {
        Words words = new Words(Range.all());
        Artefacts artefacts = artefacts(1 << 20);
        LiveArtefact live = new LiveArtefact(words, artefacts, roots, folds);
        SpaceState first = SpaceState.of(roots, rows(20_000));
        SpaceState entries = live.of(first);
        SpaceState now = first;
        for (int fold = 0; fold < 3; fold++) {
            now = folded(one(now, fold).frozen(), true);
        }
        long looks = words.looks.get();
        assertThat(live.isNear(List.of(now))).isTrue();
        assertThat(live.lag(List.of(now), 10)).isBetween(3L, 10L);
        assertThat(words.looks.get()).isEqualTo(looks);
        assertThat(live.ready(List.of(now.base()))).isEmpty();
        assertThat(Words.shown(live.of(now))).isEqualTo(words.expected(now));
        assertThat(words.looks.get() - looks).isEqualTo(2 * 3);
        assertThat(live.ready(List.of(now.base()))).isPresent();
        assertThat(live.of(now).base()).isEqualTo(entries.base());

        LiveArtefact other = new LiveArtefact(words, artefacts(1 << 20), roots, folds);
        other.of(now);
        looks = words.looks.get();
        assertThat(Words.shown(other.of(first))).isEqualTo(words.expected(first));
        assertThat(words.looks.get() - looks).isEqualTo(2 * 3);
    }

    @Test
    void whereASweepTookTheTreeBeforeAFoldThatOfNowIsEnough() {
        LosingChunks chunks = new LosingChunks();
        Nodes few = new Nodes(chunks, 1 << 14);
        Words words = new Words(Range.all());
        LiveArtefact live = new LiveArtefact(
                words, new Artefacts(new Deriving(few, roots, Tasks.threads(), 1, 1 << 20)), roots, folds);
        Tree tree = Tree.empty(few)
                .apply(Edits.of(IntStream.range(0, 20_000)
                        .mapToObj(i -> Edit.put(utf("k%06d".formatted(i)), utf("w" + i % 7)))
                        .toList()));
        SpaceState first = SpaceState.of(roots, tree);
        live.of(first);
        SpaceState now = folded(one(first, 9_999).frozen(), true);
        tree.visitChunks(chunks.lost::add);
        now.base().visitChunks(chunk -> {
            chunks.lost.remove(chunk);
            return true;
        });
        for (var cursor = now.base().cursor(); cursor.next(); ) {
            assertThat(cursor.keyLength()).isPositive(); // so that nothing of the other tree is in memory any more
        }
        long looks = words.looks.get();
        assertThat(Words.shown(live.of(now))).isEqualTo(words.expected(now));
        assertThat(words.looks.get() - looks).isGreaterThanOrEqualTo(20_000); // as there was nothing to go on from
    }

    private static SpaceState one(SpaceState state, int row) {
        return state.with(new SpaceWrites("s", new byte[][] {utf("k%06d".formatted(row))}, new byte[][] {utf("new")}));
    }

    @Test
    void whatIsReadyInMemoryIsSettledAsIfItWereMadeFromTheTree() {
        Words words = new Words(Range.all());
        Artefacts artefacts = artefacts(1 << 20);
        LiveArtefact live = new LiveArtefact(words, artefacts, roots, folds);
        SpaceState first = SpaceState.of(roots, rows(20_000));
        live.of(first);
        SpaceState now = one(folded(one(first, 1).frozen(), true), 2);
        live.of(now);
        assertThat(artefacts.find(words, List.of(now.base()))).isEmpty();
        Tree settled = live.settled(List.of(now.base()));
        assertThat(settled).isEqualTo(of(artefacts(1 << 20), words, now.base()));
        assertThat(artefacts.find(words, List.of(now.base()))).contains(settled);
        long looks = words.looks.get();
        assertThat(live.of(now).base()).isEqualTo(settled);
        assertThat(words.looks.get() - looks).isLessThanOrEqualTo(2);
    }

    @Test
    void whatALiveSpaceBuildsOnIsKeptWhenItIsForgottenElsewhere() {
        Words words = new Words(Range.all());
        Artefacts artefacts = artefacts(1 << 20);
        LiveArtefact live = new LiveArtefact(words, artefacts, roots, folds);
        Tree tree = rows(10);
        SpaceState entries = live.of(SpaceState.of(roots, tree));
        Tree other = tree;
        for (int i = 0; i < Line.REMEMBERED; i++) {
            other = changed(other, 3, "version " + i);
            of(artefacts, words, other);
        }
        assertThat(artefacts.find(words, List.of(tree))).isEmpty();
        assertThat(roots.held()).contains(new Roots.OfTree(entries.base().root()));
    }

    @Test
    void whatIsRememberedIsKeptAndWhatIsForgottenIsNot() {
        Words words = new Words(Range.all());
        Artefacts artefacts = artefacts(1 << 20);
        Tree tree = rows(10);
        Tree entries = of(artefacts, words, tree);
        assertThat(roots.held()).contains(new Roots.OfTree(entries.root()));
        for (int i = 0; i < Line.REMEMBERED; i++) {
            tree = changed(tree, 3, "version " + i);
            of(artefacts, words, tree);
        }
        assertThat(roots.held()).doesNotContain(new Roots.OfTree(entries.root()));
    }

    private static Map<String, byte[]> saved(Artefacts artefacts) {
        Map<String, byte[]> all = new TreeMap<>();
        artefacts.unsaved().forEach((step, bytes) -> bytes.ifPresent(some -> all.put(step, some)));
        return all;
    }

    @Test
    void whatIsRememberedOverARestartIsThereAgain() {
        Words words = new Words(Range.all());
        Artefacts artefacts = artefacts(1 << 20);
        Tree tree = rows(5_000);
        Tree entries = of(artefacts, words, tree);
        Map<String, byte[]> saved = saved(artefacts);
        assertThat(artefacts.unsaved()).isEmpty();
        Artefacts next = artefacts(1 << 20);
        next.resume(saved);
        long looks = words.looks.get();
        assertThat(of(next, words, tree)).isEqualTo(entries);
        assertThat(of(next, words, changed(tree, 3, "new")).count()).isEqualTo(5_000);
        assertThat(words.looks.get() - looks).isEqualTo(2);
        assertThat(roots.held()).contains(new Roots.OfTree(entries.root()), new Roots.OfTree(tree.root()));
    }

    @Test
    void whatIsNotAllThereAnyMoreIsMadeAnew() {
        Words words = new Words(Range.all());
        Artefacts artefacts = artefacts(1 << 20);
        Tree tree = rows(5_000);
        of(artefacts, words, tree);
        Nodes others = new Nodes(new MemoryChunks(), 1 << 22);
        Artefacts next = new Artefacts(new Deriving(others, new Roots(), Tasks.threads(), 1, 1 << 20));
        next.resume(saved(artefacts));
        assertThat(next.known(words)).isEmpty();
        next.resume(Map.of(words.name().toString(), utf("\u0001 is no list"), "no name", utf("x")));
        assertThat(next.known(words)).isEmpty();
    }

    @Test
    void whatIsForgottenIsToBeForgottenOverARestart() {
        Words words = new Words(Range.all());
        Artefacts artefacts = artefacts(1 << 20);
        of(artefacts, words, rows(10));
        assertThat(saved(artefacts)).containsOnlyKeys(words.name().toString());
        artefacts.forget(words);
        assertThat(artefacts.unsaved()).containsEntry(words.name().toString(), Optional.empty());
        assertThat(roots.held()).isEmpty();
    }

    @Test
    void ofManyStepsThoseGoThatNobodyAsksFor() {
        Words words = new Words(Range.all());
        Artefacts artefacts = artefacts(1 << 20);
        Tree tree = rows(10);
        of(artefacts, words, tree);
        byte[] known = saved(artefacts).get(words.name().toString());
        Map<String, byte[]> remembered = new TreeMap<>();
        for (int i = 0; i < Artefacts.STEPS_MAX + 5; i++) {
            remembered.put(Hash.of(utf("step " + i)).toString(), known);
        }
        artefacts.resume(remembered);
        Map<String, Optional<byte[]>> unsaved = artefacts.unsaved();
        assertThat(unsaved).hasSize(6).doesNotContainKey(words.name().toString());
        assertThat(unsaved.values()).allMatch(Optional::isEmpty);
        assertThat(artefacts.unsaved()).isEmpty();
        assertThat(artefacts.find(words, List.of(tree))).isPresent();
    }

    @Test
    void theTickerCanEndIt() {
        Words words = new Words(Range.all());
        Artefacts artefacts = artefacts(1 << 20);
        AtomicLong rows = new AtomicLong();
        Ticker ticker = more -> {
            if (rows.addAndGet(more) >= 100) {
                throw new IllegalStateException("enough");
            }
        };
        assertThatThrownBy(() -> artefacts.of(words, List.of(rows(1_000)), ticker))
                .hasMessage("enough");
        assertThat(artefacts.known(words)).isEmpty();
        assertThat(of(artefacts, words, rows(1_000)).count()).isEqualTo(1_000);
    }

    /// All of it, as what is wrong may have been passed on to others.
    @Test
    void whatDoesNotFollowFromTheRowsIsFoundAndForgotten() {
        Words words = new Words(Range.all());
        Artefacts artefacts = artefacts(1 << 20);
        Tree right = rows(100);
        Tree entries = of(artefacts, words, right);
        Tree other = changed(right, 3, "new");
        artefacts.resume(Map.of(
                words.name().toString(),
                KnownFormat.write(List.of(new Artefacts.Known(List.of(other.root()), entries.root())))));
        assertThat(of(artefacts, words, other)).isEqualTo(entries);
        List<String> wrong = new ArrayList<>();
        artefacts.audit(words, (made, known) -> wrong.add(made + " " + known));
        assertThat(artefacts.known(words)).isEmpty();
        assertThat(artefacts.unsaved()).hasSize(1);
        Tree made = of(artefacts, words, other);
        assertThat(made).isNotEqualTo(entries);
        assertThat(wrong).containsExactly(made.root() + " " + entries.root());
        artefacts.audit(words, (again, known) -> wrong.add("more"));
        assertThat(wrong).hasSize(1);
    }
}
