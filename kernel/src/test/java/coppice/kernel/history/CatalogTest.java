package coppice.kernel.history;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.kernel.CountingChunks;
import coppice.kernel.bytes.Hash;
import coppice.kernel.history.CatalogResolver.SpaceConflict;
import coppice.kernel.history.CatalogResolver.SpaceResolution;
import coppice.kernel.tree.Edit;
import coppice.kernel.tree.Edits;
import coppice.kernel.tree.MergeConflict;
import coppice.kernel.tree.Nodes;
import coppice.kernel.tree.Resolution;
import coppice.kernel.tree.Tree;
import coppice.kernel.tree.TreeBuilder;
import coppice.kernel.tree.TreeDiff;
import coppice.testing.property.Gen;
import coppice.testing.property.Property;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CatalogTest {
    /// Space name, key and value as texts of one letter or digit: small, so that sides meet.
    private record Write(String space, int key, int value) {
        void on(Map<String, Integer> map) {
            if (value == 0) {
                map.remove(space + key);
            } else {
                map.put(space + key, value);
            }
        }
    }

    private record Three(Map<String, Integer> base, Map<String, Integer> ours, Map<String, Integer> theirs) {}

    private static final CatalogResolver UNDECIDED = (space, conflict) -> new Resolution.Unresolved();

    private final CountingChunks chunks = new CountingChunks();
    private final Nodes nodes = new Nodes(chunks, 64 << 20);

    private static Gen<List<Write>> writes() {
        Gen<String> spaces = Gen.element("a", "b", "c", "d");
        return Gen.combine(
                        spaces,
                        Gen.combine(Gen.ints(0, 5), Gen.ints(0, 3), List::of),
                        (space, at) -> new Write(space, at.get(0), at.get(1)))
                .list(0, 20);
    }

    private static Gen<Three> threes() {
        return Gen.combine(
                writes().map(writes -> written(Map.of(), writes)),
                Gen.combine(writes(), writes(), List::of),
                (base, sides) -> new Three(base, written(base, sides.get(0)), written(base, sides.get(1))));
    }

    private static Map<String, Integer> written(Map<String, Integer> map, List<Write> writes) {
        Map<String, Integer> copy = new TreeMap<>(map);
        writes.forEach(write -> write.on(copy));
        return copy;
    }

    /// A catalog built from nothing.
    private Catalog build(Map<String, Integer> map) {
        Map<String, SpaceRecord> records = new HashMap<>();
        for (String space : List.of("a", "b", "c", "d")) {
            TreeBuilder builder = Tree.builder(nodes);
            new TreeMap<>(map).forEach((key, value) -> {
                if (key.startsWith(space)) {
                    builder.add(key.substring(1).getBytes(US_ASCII), bytes(value));
                }
            });
            records.put(space, SpaceRecord.of("dict", builder.finish(), null));
        }
        return Catalog.empty(nodes).with(records);
    }

    private static byte[] bytes(int value) {
        return new byte[] {(byte) value};
    }

    private static @Nullable Integer integer(byte @Nullable [] value) {
        return value == null ? null : (int) value[0];
    }

    private static String line(String space, String key, Object base, Object ours, Object theirs) {
        return space + key + " " + base + " " + ours + " " + theirs;
    }

    private static String line(String space, MergeConflict conflict) {
        return line(
                space,
                new String(conflict.key(), US_ASCII),
                integer(conflict.base()) + "",
                integer(conflict.ours()) + "",
                integer(conflict.theirs()) + "");
    }

    @Test
    void mergesSpaceBySpaceAndKeyByKey() {
        Property.forAll(threes()).runs(400).check(three -> {
            List<String> conflicts = new ArrayList<>();
            Map<String, Integer> merged = new TreeMap<>();
            TreeSet<String> keys = new TreeSet<>(three.base().keySet());
            keys.addAll(three.ours().keySet());
            keys.addAll(three.theirs().keySet());
            for (String key : keys) {
                Integer base = three.base().get(key);
                Integer ours = three.ours().get(key);
                Integer theirs = three.theirs().get(key);
                Integer result = Objects.equals(base, ours) ? theirs : ours;
                if (!Objects.equals(ours, theirs) && !Objects.equals(base, ours) && !Objects.equals(base, theirs)) {
                    conflicts.add(line(key.substring(0, 1), key.substring(1), base + "", ours + "", theirs + ""));
                    result = ours;
                }
                if (result != null) {
                    merged.put(key, result);
                }
            }
            List<String> found = new ArrayList<>();
            CatalogResolver resolver = (space, conflict) -> {
                found.add(line(space, conflict));
                return new Resolution.Ours();
            };
            Catalog base = build(three.base());
            Catalog ours = build(three.ours());
            Catalog theirs = build(three.theirs());
            CatalogMerge result = ours.merge(base, theirs, resolver);
            assertThat(found).isEqualTo(conflicts);
            assertThat(result.catalog()).isEqualTo(build(merged));
            assertThat(result.conflicts()).isEqualTo(conflicts.size());
            assertThat(result.unresolved()).isZero();
            found.clear();
            assertThat(ours.mergeConflicts(base, theirs, resolver)).isEqualTo(conflicts.size());
            assertThat(found).isEqualTo(conflicts);
        });
    }

    @Test
    void theDiffTellsSpacesAndTheirRows() {
        Property.forAll(threes()).check(three -> {
            Catalog before = build(three.ours());
            CatalogDiff diff = before.diff(build(three.theirs()));
            Map<String, Integer> replayed = new TreeMap<>(three.ours());
            List<String> names = new ArrayList<>();
            while (diff.next()) {
                names.add(diff.name());
                assertThat(diff.before()).isNotEqualTo(diff.after());
                TreeDiff rows = diff.rows();
                long count = 0;
                while (rows.next()) {
                    count++;
                    String key = diff.name() + new String(rows.key(), US_ASCII);
                    assertThat(replayed.get(key)).isEqualTo(integer(rows.before()));
                    Integer after = integer(rows.after());
                    if (after == null) {
                        replayed.remove(key);
                    } else {
                        replayed.put(key, after);
                    }
                }
                assertThat(diff.rowCount().total()).isEqualTo(count).isPositive();
            }
            assertThat(replayed).isEqualTo(three.theirs());
            assertThat(names).isSorted().doesNotHaveDuplicates();
        });
    }

    private SpaceRecord space(String kind, int value, @Nullable Hash schema) {
        return SpaceRecord.of(
                kind, Tree.empty(nodes).apply(Edits.of(List.of(Edit.put(bytes(1), bytes(value))))), schema);
    }

    private CatalogMerge merge(
            @Nullable SpaceRecord base,
            @Nullable SpaceRecord ours,
            @Nullable SpaceRecord theirs,
            SpaceResolution resolution) {
        CatalogResolver resolver = new CatalogResolver() {
            @Override
            public Resolution row(String space, MergeConflict conflict) {
                return new Resolution.Theirs();
            }

            @Override
            public SpaceResolution space(SpaceConflict conflict) {
                assertThat(conflict).isEqualTo(new SpaceConflict("s", conflict.base(), ours, theirs));
                return resolution;
            }
        };
        return catalog(ours).merge(catalog(base), catalog(theirs), resolver);
    }

    private Catalog catalog(@Nullable SpaceRecord space) {
        return space == null ? Catalog.empty(nodes) : Catalog.empty(nodes).with("s", space);
    }

    @Test
    void spacesOfDifferentKindsConflictAsAWhole() {
        SpaceRecord dict = space("dict", 1, null);
        SpaceRecord queue = space("queue", 2, null);
        CatalogMerge open = merge(null, dict, queue, SpaceResolution.UNRESOLVED);
        assertThat(open).isEqualTo(new CatalogMerge(catalog(dict), 1, 1));
        assertThat(merge(null, dict, queue, SpaceResolution.OURS)).isEqualTo(new CatalogMerge(catalog(dict), 1, 0));
        assertThat(merge(null, dict, queue, SpaceResolution.THEIRS)).isEqualTo(new CatalogMerge(catalog(queue), 1, 0));
        SpaceRecord changed = space("dict", 3, null);
        assertThat(merge(dict, queue, changed, SpaceResolution.THEIRS))
                .isEqualTo(new CatalogMerge(catalog(changed), 1, 0));
        assertThat(merge(dict, queue, dict, SpaceResolution.UNRESOLVED))
                .isEqualTo(new CatalogMerge(catalog(queue), 0, 0));
    }

    @Test
    void aSpaceThatBothBeganAnewAsAnotherKindIsMergedWithoutTheOldOne() {
        SpaceRecord old = space("dict", 1, null);
        SpaceRecord ours = space("queue", 2, null);
        SpaceRecord theirs = space("queue", 3, null);
        assertThat(merge(old, ours, theirs, SpaceResolution.UNRESOLVED))
                .isEqualTo(new CatalogMerge(catalog(theirs), 1, 0));
    }

    @Test
    void aSchemaThatOneSideChangedIsTakenAndOneThatBothChangedConflicts() {
        Hash first = Example.hash(1);
        Hash second = Example.hash(2);
        SpaceRecord base = space("table", 1, first);
        SpaceRecord newRows = space("table", 2, first);
        SpaceRecord newSchema = space("table", 1, second);
        Catalog both = catalog(space("table", 2, second));
        assertThat(merge(base, newRows, newSchema, SpaceResolution.UNRESOLVED)).isEqualTo(new CatalogMerge(both, 0, 0));
        assertThat(merge(base, newSchema, newRows, SpaceResolution.UNRESOLVED)).isEqualTo(new CatalogMerge(both, 0, 0));
        SpaceRecord otherSchema = space("table", 2, Example.hash(3));
        assertThat(merge(base, newSchema, otherSchema, SpaceResolution.UNRESOLVED))
                .isEqualTo(new CatalogMerge(catalog(newSchema), 1, 1));
    }

    @Test
    void aRemovedTableStaysRemovedUnlessItsRowsOrItsSchemaWereChanged() {
        SpaceRecord base = space("table", 1, Example.hash(1));
        SpaceRecord changed = space("table", 2, Example.hash(1));
        SpaceRecord altered = space("table", 1, Example.hash(2));
        CatalogMerge removed = new CatalogMerge(catalog(null), 0, 0);
        assertThat(merge(base, null, base, SpaceResolution.UNRESOLVED)).isEqualTo(removed);
        assertThat(merge(base, base, null, SpaceResolution.UNRESOLVED)).isEqualTo(removed);
        // The test's resolver decides rows for their side.
        assertThat(merge(base, null, changed, SpaceResolution.UNRESOLVED))
                .isEqualTo(new CatalogMerge(catalog(changed), 1, 0));
        assertThat(merge(base, changed, null, SpaceResolution.UNRESOLVED))
                .isEqualTo(new CatalogMerge(catalog(null), 1, 0));
        assertThat(merge(base, null, altered, SpaceResolution.THEIRS))
                .isEqualTo(new CatalogMerge(catalog(altered), 1, 0));
        assertThat(merge(base, null, altered, SpaceResolution.UNRESOLVED))
                .isEqualTo(new CatalogMerge(catalog(null), 1, 1));
        assertThat(merge(base, altered, null, SpaceResolution.THEIRS)).isEqualTo(new CatalogMerge(catalog(null), 1, 0));
    }

    @Test
    void aSpaceWithoutRowsAndSchemaIsNotInTheCatalog() {
        Catalog empty = Catalog.empty(nodes);
        SpaceRecord nothing = SpaceRecord.of("dict", Tree.empty(nodes), null);
        assertThat(empty.with("s", nothing)).isEqualTo(empty);
        assertThat(empty.with("s", space("dict", 1, null)).with("s", nothing)).isEqualTo(empty);
        assertThat(empty.with("s", space("dict", 1, null)).without("s")).isEqualTo(empty);
        SpaceRecord table = SpaceRecord.of("table", Tree.empty(nodes), Example.hash(1));
        assertThat(empty.with("s", table).space("s")).contains(table);
        assertThat(empty.rows("s")).isEqualTo(Tree.empty(nodes));
    }

    @Test
    void namesHaveLimits() {
        Catalog empty = Catalog.empty(nodes);
        SpaceRecord some = space("dict", 1, null);
        String longest = "n".repeat(Catalog.NAME_BYTES_MAX);
        assertThat(empty.with(longest, some).spaces()).containsExactly(new Catalog.Space(longest, some));
        for (String bad : List.of("", longest + "n", "\ud800")) {
            assertThatThrownBy(() -> empty.with(bad, some)).isInstanceOf(IllegalArgumentException.class);
            assertThat(empty.with("?", some).space(bad))
                    .satisfies(found -> assertThat(found.isPresent()).isEqualTo(bad.equals("\ud800")));
        }
        for (String kind : List.of("", "Dict", "a b", "k".repeat(33))) {
            assertThatThrownBy(() -> new SpaceRecord(kind, Example.hash(1), 0, null))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> new SpaceRecord("dict", Example.hash(1), -1, null))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private Hash commit(History history, Map<String, Integer> map, Hash... parents) {
        return history.commit(CommitDraft.of(build(map).root(), List.of(parents), "a", 0, ""));
    }

    @Test
    void crossedMergesAreMergedOnTheirMergedBases() {
        History history = new History(nodes);
        Hash root = commit(history, Map.of("a1", 1));
        Hash left = commit(history, Map.of("a1", 2), root);
        Hash right = commit(history, Map.of("a1", 1, "b1", 1), root);
        Map<String, Integer> both = Map.of("a1", 2, "b1", 1);
        Hash leftMerged = commit(history, both, left, right);
        Hash rightMerged = commit(history, both, right, left);
        Map<String, Integer> after = Map.of("a1", 3, "b1", 1);
        Hash ours = commit(history, after, leftMerged);
        assertThat(history.mergeBases(ours, rightMerged)).containsExactlyInAnyOrder(left, right);
        Catalog base = history.mergeBase(ours, rightMerged, UNDECIDED);
        assertThat(base).isEqualTo(build(both));
        CatalogMerge merged = build(after).merge(base, build(both), (space, conflict) -> new Resolution.Unresolved());
        assertThat(merged).isEqualTo(new CatalogMerge(build(after), 0, 0));
        // The single base that has not got the change would have shown a conflict that there is not.
        assertThat(build(after)
                        .mergeConflicts(
                                build(Map.of("a1", 1, "b1", 1)),
                                build(both),
                                (space, conflict) -> new Resolution.Unresolved()))
                .isEqualTo(1);
        assertThat(history.mergeBase(left, right, UNDECIDED)).isEqualTo(build(Map.of("a1", 1)));
        assertThat(history.mergeBase(left, commit(history, Map.of("c1", 1)), UNDECIDED))
                .isEqualTo(Catalog.empty(nodes));
    }

    @Test
    void whatCrossedBasesDisagreeOnCountsAsChangedByBothSides() {
        History history = new History(nodes);
        Hash root = commit(history, Map.of("a1", 1, "a2", 1, "a3", 1));
        Hash left = commit(history, Map.of("a1", 2, "a2", 2, "a3", 1), root);
        Hash right = commit(history, Map.of("a1", 3, "a3", 1), root);
        // Ours goes back to what it was before either; theirs decided for one of them.
        Map<String, Integer> ours = Map.of("a1", 1, "a2", 2, "a3", 2);
        Map<String, Integer> theirs = Map.of("a1", 3, "a3", 1);
        Catalog base =
                history.mergeBase(commit(history, ours, left, right), commit(history, theirs, right, left), UNDECIDED);
        List<String> conflicts = new ArrayList<>();
        build(ours).mergeConflicts(base, build(theirs), (space, conflict) -> {
            assertThat(Disagreement.is(conflict.base())).isTrue();
            assertThat(Disagreement.is(conflict.ours())).isFalse();
            conflicts.add(space + new String(conflict.key(), US_ASCII));
            return new Resolution.Unresolved();
        });
        assertThat(conflicts).containsExactly("a1", "a2");
    }

    @Test
    void equalSpacesAreNotReadByDiffAndMerge() {
        Map<String, SpaceRecord> many = new HashMap<>();
        for (int space = 0; space < 2_000; space++) {
            many.put("space" + space, new SpaceRecord("dict", Example.hash(space % 200), 5, null));
        }
        Catalog base = Catalog.empty(nodes).with(many);
        Catalog ours = base.with("space7", space("dict", 1, null));
        Catalog theirs = base.with("space1990", space("dict", 2, null));
        Nodes cold = new Nodes(chunks, 64 << 20);
        chunks.reset();
        CatalogMerge merged = Catalog.load(cold, ours.root())
                .merge(Catalog.load(cold, base.root()), Catalog.load(cold, theirs.root()), (space, conflict) -> {
                    throw new AssertionError("no conflict expected");
                });
        assertThat(merged.catalog()).isEqualTo(ours.with("space1990", space("dict", 2, null)));
        assertThat(chunks.reads()).isLessThanOrEqualTo(3 * 2 * (base.tree().height() + 2L));
    }
}
