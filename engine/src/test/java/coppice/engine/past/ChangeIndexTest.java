package coppice.engine.past;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coppice.api.Range;
import coppice.engine.delta.Delta;
import coppice.engine.past.Origins.KeyEvent;
import coppice.engine.state.Folds;
import coppice.engine.state.LosingChunks;
import coppice.engine.state.Roots;
import coppice.kernel.bytes.Bytes;
import coppice.kernel.bytes.Hash;
import coppice.kernel.history.Catalog;
import coppice.kernel.history.Commit;
import coppice.kernel.history.CommitDraft;
import coppice.kernel.history.History;
import coppice.kernel.history.SpaceRecord;
import coppice.kernel.tree.Edit;
import coppice.kernel.tree.Edits;
import coppice.kernel.tree.Nodes;
import coppice.kernel.tree.Tree;
import coppice.testing.property.Gen;
import coppice.testing.property.Property;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// With whatever index, behind as it may be, the answers are those of looking into every commit.
class ChangeIndexTest {
    /// Keys that are awkward to index: with zeros, one the beginning of another, longer than what is told apart.
    private static final List<byte[]> KEYS = List.of(
            new byte[] {0},
            new byte[] {0, 0},
            new byte[] {0, 1},
            new byte[] {0, (byte) 0xff},
            "a".getBytes(UTF_8),
            "a\0".getBytes(UTF_8),
            "b".getBytes(UTF_8),
            longKey(1),
            longKey(2),
            filled(1500),
            new byte[] {(byte) 0xff});

    private static byte[] longKey(int last) {
        byte[] key = new byte[1100];
        Arrays.fill(key, (byte) 'l');
        key[1099] = (byte) last;
        return key;
    }

    private static byte[] filled(int length) {
        byte[] key = new byte[length];
        Arrays.fill(key, (byte) 0xff);
        return key;
    }

    private final LosingChunks chunks = new LosingChunks();
    private Nodes nodes = new Nodes(chunks, 1 << 22);
    private final Roots roots = new Roots();
    private final Folds folds = new Folds();
    private History history = new History(nodes);
    private final List<Hash> commits = new ArrayList<>();

    private ChangeIndexing indexing(byte @Nullable [] remembered) {
        return new ChangeIndexing(nodes, history, roots, folds, () -> Optional.ofNullable(remembered));
    }

    private static Hash leafOf(Tree tree) {
        List<Hash> all = new ArrayList<>();
        tree.visitChunks(all::add);
        return all.getLast();
    }

    private Hash commit(List<Hash> parents, Catalog catalog) {
        Hash commit = history.commit(
                CommitDraft.of(catalog.root(), parents, "a", commits.size(), "commit " + commits.size()));
        commits.add(commit);
        return commit;
    }

    private Catalog catalog(Hash commit) {
        return Catalog.load(nodes, history.read(commit).catalog());
    }

    private Catalog with(Catalog catalog, String space, byte[] key, byte @Nullable [] value) {
        Tree before = catalog.rows(space);
        Tree rows = before.apply(Edits.of(List.of(new Edit(key, value))));
        if (key[key.length - 1] % 2 == 0) { // of some it is remembered how they were made
            byte[] written = value == null ? Delta.REMOVED : value;
            folds.add(before, Delta.EMPTY.with(new byte[][] {key}, new byte[][] {written}), rows);
        }
        return catalog.with(space, SpaceRecord.of("keys", rows, null));
    }

    /// @param back the distances back to the parents
    /// @param changes which keys change, and to what; 0 deletes
    private record Step(List<Integer> back, List<int[]> changes, boolean advances) {}

    private static Gen<List<Step>> steps(int max) {
        Gen<Integer> distances =
                Gen.frequency(Gen.constant(1).weighing(3), Gen.ints(1, 12).weighing(1));
        Gen<List<Integer>> back = Gen.frequency(
                distances.map(List::of).weighing(3), distances.list(0, 3).weighing(1));
        Gen<int[]> change =
                Gen.combine(Gen.ints(0, 2 * KEYS.size() - 1), Gen.ints(0, 3), (key, value) -> new int[] {key, value});
        Gen<Boolean> advances = Gen.frequency(
                Gen.constant(false).weighing(5), Gen.constant(true).weighing(1));
        return Gen.combine(
                        back,
                        Gen.combine(change.list(0, 4), advances, (changes, now) -> new Step(List.of(), changes, now)),
                        (parents, step) -> new Step(parents, step.changes, step.advances))
                .list(1, max);
    }

    private Hash make(Step step) {
        Set<Hash> parents = new HashSet<>();
        for (int distance : step.back) {
            if (commits.size() >= distance) {
                parents.add(commits.get(commits.size() - distance));
            }
        }
        Catalog catalog = parents.isEmpty()
                ? Catalog.empty(nodes)
                : catalog(List.copyOf(parents).getFirst());
        for (int[] change : step.changes) {
            byte[] value = change[1] == 0 ? null : new byte[] {(byte) change[1]};
            String space = change[0] % 2 == 0 ? "s" : "t";
            catalog = with(catalog, space, KEYS.get(change[0] / 2), value);
        }
        return commit(List.copyOf(parents), catalog);
    }

    @Test
    void theAnswersDoNotDependOnHowFarTheIndexIs() {
        Property.forAll(steps(50)).runs(40).check(steps -> {
            commits.clear();
            ChangeIndexing indexing = indexing(null);
            Origins plain = indexing(null).origins();
            for (Step step : steps) {
                Hash made = make(step);
                if (step.advances) {
                    indexing.advance(List.of(made), 1, () -> {});
                    indexing = indexing(indexing.encoded());
                }
            }
            for (Hash head : commits.subList(Math.max(0, commits.size() - 4), commits.size())) {
                compare(indexing.origins(), plain, head);
            }
        });
    }

    private void compare(Origins indexed, Origins plain, Hash head) {
        for (String space : List.of("s", "t", "never")) {
            TreeMap<byte[], byte @Nullable []> values = new TreeMap<>(Bytes::compare);
            for (byte[] key : KEYS) {
                assertThat(events(indexed, head, space, key)).isEqualTo(events(plain, head, space, key));
                values.put(key, catalog(head).rows(space).get(key));
            }
            assertThat(indexed.blame(head, space, values)).isEqualTo(plain.blame(head, space, values));
            for (Range range : List.of(
                    Range.all(), Range.prefix("a"), Range.between(KEYS.get(1), KEYS.get(7)), Range.from(longKey(2)))) {
                assertThat(touching(indexed, space, range)).isEqualTo(touching(plain, space, range));
                assertThat(touched(indexed, head, space, range)).isEqualTo(touched(plain, head, space, range));
            }
        }
        for (Hash name : commits) {
            String digits = name.toString();
            for (int length : new int[] {1, 4, 7, 64}) {
                assertThat(indexed.find(digits.substring(0, length), List.of(head), 1000))
                        .isEqualTo(plain.find(digits.substring(0, length), List.of(head), 1000));
            }
        }
    }

    private List<Hash> touched(Origins origins, Hash head, String space, Range range) {
        List<Hash> found = new ArrayList<>();
        origins.touched(List.of(head), List.of(commits.getFirst()), space, range)
                .orElseThrow()
                .forEachRemaining(commit -> found.add(commit.name()));
        return found;
    }

    private static List<String> events(Origins origins, Hash head, String space, byte[] key) {
        List<String> all = new ArrayList<>();
        origins.events(head, space, key)
                .forEachRemaining((KeyEvent event) -> all.add(event.name() + " "
                        + event.before().stream()
                                .map(before -> before.map(Arrays::toString).orElse("-"))
                                .toList()
                        + " > " + Arrays.toString(event.after())));
        return all;
    }

    private List<Hash> touching(Origins origins, String space, Range range) {
        Touches touches = origins.touching(space, range);
        List<Hash> found = new ArrayList<>();
        for (Hash name : commits) {
            Commit commit = history.read(name);
            if (touches.test(name, commit)) {
                found.add(name);
            }
        }
        return found;
    }

    @Test
    void aCommitThatChangedThousandsOfKeysIsAskedItself() {
        Catalog empty = Catalog.empty(nodes);
        var builder = Tree.builder(nodes);
        for (int i = 0; i < IndexEntries.LISTED_MAX + 1; i++) {
            builder.add("%05d".formatted(i).getBytes(UTF_8), new byte[] {1});
        }
        Hash wide = commit(List.of(), empty.with("s", SpaceRecord.of("keys", builder.finish(), null)));
        Hash narrow = commit(List.of(wide), with(catalog(wide), "s", "00007".getBytes(UTF_8), new byte[] {2}));
        ChangeIndexing indexing = indexing(null);
        indexing.advance(List.of(narrow), 1, () -> {});
        assertThat(indexing.current().runs().getLast().count()).isEqualTo(6);
        assertThat(events(indexing.origins(), narrow, "s", "00007".getBytes(UTF_8)))
                .extracting(event -> event.substring(0, 64))
                .containsExactly(narrow.toString(), wide.toString());
        compare(indexing.origins(), indexing(null).origins(), narrow);
    }

    /// Two first commits, each of one of these, whose names begin with the same four bytes.
    private List<Commit> alike(Catalog one, Catalog other) {
        List<Catalog> catalogs = List.of(one, other);
        List<Map<Integer, Commit>> known = List.of(new HashMap<>(), new HashMap<>());
        for (int i = 0; ; i++) {
            Commit commit = history.prepare(CommitDraft.of(catalogs.get(i % 2).root(), List.of(), "a", i, "alike"));
            int start = new Mark(0, Hash.of(commit.encode())).start();
            known.get(i % 2).put(start, commit);
            Commit found = known.get((i + 1) % 2).get(start);
            if (found != null) {
                return List.of(found, commit);
            }
        }
    }

    @Test
    void commitsWhoseMarksAreAlikeAreToldApart() {
        Catalog empty = Catalog.empty(nodes);
        byte[] key = KEYS.get(4);
        List<Commit> alike = alike(with(empty, "s", key, new byte[] {1}), with(empty, "t", key, new byte[] {2}));
        alike.forEach(commit -> commits.add(history.write(commit)));
        Catalog both = with(catalog(commits.getFirst()), "s", key, new byte[] {1});
        Hash merged = commit(List.copyOf(commits), with(both, "t", key, new byte[] {2}));
        ChangeIndexing atOnce = indexing(null);
        atOnce.advance(List.of(merged), 1, () -> {});
        compare(atOnce.origins(), indexing(null).origins(), merged);
        ChangeIndexing oneByOne = indexing(null);
        commits.forEach(commit -> oneByOne.advance(List.of(commit), 1, () -> {}));
        compare(oneByOne.origins(), indexing(null).origins(), merged);
        assertThat(atOnce.current().marksOfSpace("s").getFirst()).toIterable().hasSize(2);
    }

    /// A line of commits, each of which changes one of 500 keys.
    private Hash line(int length) {
        Catalog catalog = Catalog.empty(nodes);
        Hash head = commit(List.of(), catalog);
        for (int i = 0; i < length; i++) {
            catalog = with(catalog, "s", "%03d".formatted(i % 500).getBytes(UTF_8), ("" + i).getBytes(UTF_8));
            head = commit(List.of(head), catalog);
        }
        return head;
    }

    @Test
    void aQuestionReadsNotTheWholeHistory() {
        Hash head = line(5000);
        ChangeIndexing indexing = indexing(null);
        indexing.advance(List.of(head), 128, () -> {});
        nodes = new Nodes(chunks, 1 << 22);
        history = new History(nodes);
        ChangeIndexing cold = indexing(indexing.encoded());
        byte[] key = "123".getBytes(UTF_8);
        chunks.reads = 0;
        TreeMap<byte[], byte @Nullable []> values = new TreeMap<>(Bytes::compare);
        values.put(key, catalog(head).rows("s").get(key));
        assertThat(cold.origins().blame(head, "s", values)).containsValue(commits.get(4624));
        assertThat(chunks.reads).isLessThan(60);
        chunks.reads = 0;
        assertThat(events(cold.origins(), head, "s", key)).hasSize(10);
        assertThat(chunks.reads).isLessThan(200);
    }

    @Test
    void theIndexStaysInFewRunsAndIsWrittenFewTimes() {
        Hash head = line(3000);
        ChangeIndexing indexing = indexing(null);
        for (int i = 0; i < commits.size(); i += 50) {
            indexing.advance(List.of(commits.get(i)), 1, () -> {});
        }
        indexing.advance(List.of(head), 1, () -> {});
        assertThat(indexing.current().runs()).hasSizeLessThan(7);
        assertThat(indexing.current().runs().stream().mapToLong(Tree::count).sum())
                .isEqualTo(2 * 3000 + 3001);
        assertThat(indexing.current().covered().count()).isEqualTo(3001);
        assertThat(indexing.advance(List.of(head), 1, () -> {})).isFalse();
    }

    @Test
    void whatIsRememberedOfAnIndexWhoseChunksAreGoneIsAsGoodAsNothing() {
        Hash head = line(300);
        ChangeIndexing indexing = indexing(null);
        indexing.advance(List.of(head), 1, () -> {});
        byte[] remembered = indexing.encoded();
        assertThat(indexing(remembered).current().runs()).hasSize(1);
        assertThat(indexing(Arrays.copyOf(remembered, remembered.length - 1))
                        .current()
                        .runs())
                .isEmpty();
        chunks.lost.add(leafOf(indexing.current().runs().getFirst()));
        ChangeIndexing damaged = indexing(remembered);
        assertThat(damaged.current().runs()).isEmpty();
        chunks.lost.clear();
        assertThat(events(damaged.origins(), head, "s", "299".getBytes(UTF_8))).hasSize(1);
        indexing.forget(() -> {});
        assertThat(events(indexing.origins(), head, "s", "299".getBytes(UTF_8))).hasSize(1);
    }
}
