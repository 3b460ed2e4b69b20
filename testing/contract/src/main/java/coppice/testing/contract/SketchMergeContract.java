package coppice.testing.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coppice.api.Branch;
import coppice.api.Commit;
import coppice.api.Conflict;
import coppice.api.Merge;
import coppice.api.MergeOutcome;
import coppice.api.MergePolicy;
import coppice.api.MergeRule;
import coppice.api.PickOutcome;
import coppice.api.structure.DumpFormat;
import coppice.api.structure.Sketch;
import coppice.api.structure.SketchOptions;
import coppice.api.structure.SketchQuestion;
import coppice.api.structure.SketchView;
import coppice.api.structure.TopValues;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Sketches whose branches merge: as if all had been added in one place.
@Timeout(120)
abstract class SketchMergeContract extends Contract {
    private static final SketchOptions ALL = SketchOptions.of(SketchQuestion.DISTINCT)
            .withDistinct(0.05)
            .withMembership(1_000, 0.01)
            .withFrequency(0.01, 500)
            .withQuantiles(0.02);

    /// Something that was added: which adding it was, and what.
    private record Adding(int number, long value) {}

    private static Sketch<Long> sketch(Branch branch, SketchOptions options) {
        return branch.sketch("seen", Long.class, options);
    }

    private Sketch<Long> main() {
        return sketch(db.main(), ALL);
    }

    /// What it has, but for what depends on the order in which it came to be.
    private static List<String> parts(SketchView<Long> sketch) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            sketch.dump(out, DumpFormat.LINES);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toString(UTF_8)
                .lines()
                .filter(line -> !line.contains("\"totals\""))
                .toList();
    }

    private void merge(String from, String into) {
        assertThat(db.merge(from, Merge.into(into))).isInstanceOf(MergeOutcome.Merged.class);
    }

    private Branch branch(String name) {
        return db.branch(name, db.head());
    }

    @FunctionalInterface
    private interface Check {
        void that(Branch branch, Set<Adding> added, String where);
    }

    /// A random history of three branches that add and merge in any order and direction.
    private void history(int seed, SketchOptions options, int steps, Check check) {
        SplittableRandom random = new SplittableRandom(seed);
        db.space("other").put("seed", "" + seed);
        db.commit("seed");
        List<String> names = List.of("b" + seed + "a", "b" + seed + "b", "b" + seed + "c");
        Map<String, Set<Adding>> added = new LinkedHashMap<>();
        names.forEach(this::branch);
        for (int step = 0; step < steps; step++) {
            String name = names.get(random.nextInt(names.size()));
            String other = names.get(random.nextInt(names.size()));
            int number = step * 100;
            if (random.nextInt(3) > 0 || name.equals(other)) {
                List<Adding> news = IntStream.range(0, 1 + random.nextInt(20))
                        .mapToObj(i -> new Adding(number + i, (long) Math.pow(random.nextDouble(0.5, 6), 3)))
                        .toList();
                sketch(db.branch(name), options)
                        .addAll(news.stream().map(Adding::value).toList());
                db.branch(name).commit("add");
                added.computeIfAbsent(name, _ -> new HashSet<>()).addAll(news);
            } else {
                assertThat(db.merge(other, Merge.into(name))).isNotInstanceOf(MergeOutcome.Conflicted.class);
                added.computeIfAbsent(name, _ -> new HashSet<>()).addAll(added.getOrDefault(other, Set.of()));
            }
            check.that(
                    db.branch(name),
                    added.getOrDefault(name, Set.of()),
                    "seed " + seed + ", step " + step + ", branch " + name);
        }
    }

    @Test
    void anyHistoryLeavesWhatAddingInOnePlaceDoes() {
        for (int seed = 0; seed < 6; seed++) {
            Sketch<Long> model = db.branch("model" + seed, db.head()).sketch("seen", Long.class, ALL);
            history(seed, ALL, 25, (branch, added, where) -> {
                model.clear();
                model.addAll(added.stream().map(Adding::value).toList());
                SketchView<Long> merged = sketch(branch, ALL);
                assertThat(merged.count()).as(where).isEqualTo(added.size());
                if (!added.isEmpty()) {
                    assertThat(parts(merged)).as(where).isEqualTo(parts(model));
                }
            });
        }
    }

    @Test
    void whatWasAddedMoreOftenThanTheFloorIsTrackedAfterAnyHistory() {
        SketchOptions few = SketchOptions.of(SketchQuestion.FREQUENCY).withFrequency(0.001, 4);
        for (int seed = 100; seed < 110; seed++) {
            history(seed, few, 40, (branch, added, where) -> {
                TopValues<Long> top = sketch(branch, few).top(100);
                Set<Long> tracked =
                        top.values().stream().map(TopValues.Frequent::value).collect(Collectors.toSet());
                Map<Long, Long> times =
                        added.stream().collect(Collectors.groupingBy(Adding::value, Collectors.counting()));
                times.forEach((value, count) -> assertThat(tracked.contains(value) || count <= top.floor())
                        .as("%s: %d was added %d times, and the floor is %d", where, value, count, top.floor())
                        .isTrue());
                assertThat(top.floor()).as(where).isLessThanOrEqualTo(added.size());
            });
        }
    }

    @Test
    void whatOneSideLetGoIsBelowTheMergedFloor() {
        SketchOptions one = SketchOptions.of(SketchQuestion.FREQUENCY).withFrequency(0.001, 1);
        sketch(db.main(), one).add(1L, 50);
        sketch(db.main(), one).add(2L, 40);
        db.commit("two");
        Branch draft = branch("draft");
        sketch(draft, one).add(3L);
        draft.commit("a third, so only the first stays");
        assertThat(sketch(draft, one).top(9).values()).hasSize(1);
        sketch(db.main(), one).add(1L);
        db.commit("the first again");
        merge("draft", "main");
        TopValues<Long> top = sketch(db.main(), one).top(9);
        assertThat(top.values()).extracting(TopValues.Frequent::value).containsExactly(1L);
        assertThat(top.floor()).isGreaterThanOrEqualTo(40);
    }

    @Test
    void whatAMergeAddedToStaysThoughAThirdSideLetItGo() {
        SketchOptions one = SketchOptions.of(SketchQuestion.FREQUENCY).withFrequency(0.001, 1);
        Sketch<Long> ours = sketch(db.main(), one);
        ours.add(1L, 50);
        ours.add(2L, 40);
        db.commit("two");
        Branch more = branch("more");
        sketch(more, one).add(2L, 30);
        more.commit("thirty");
        ours.add(2L);
        db.commit("one");
        Branch less = branch("less");
        sketch(less, one).add(3L);
        less.commit("a third, so only the first stays");
        merge("more", "main");
        merge("less", "main");
        assertThat(ours.frequency(2L).value()).isEqualTo(71);
        assertThat(ours.top(9).values()).extracting(TopValues.Frequent::value).contains(2L);
    }

    @Test
    void branchesThatAddTheSameAddUpAndSeeItOnce() {
        main().add(7L, 10);
        db.commit("ten");
        Branch draft = branch("draft");
        sketch(draft, ALL).add(7L);
        sketch(draft, ALL).add(8L);
        draft.commit("one more");
        main().add(7L);
        main().add(8L);
        db.commit("one more here");
        merge("draft", "main");
        assertThat(main().frequency(7L).value()).isEqualTo(12);
        assertThat(main().frequency(8L).value()).isEqualTo(2);
        assertThat(main().count()).isEqualTo(14);
        assertThat(main().distinct().value()).isEqualTo(2);
        merge("main", "draft");
        assertThat(parts(sketch(draft, ALL))).isEqualTo(parts(main()));
    }

    @Test
    void sketchesThatBothSidesBeganMerge() {
        db.space("other").put("k", "v");
        db.commit("base");
        Branch draft = branch("draft");
        sketch(draft, ALL).addAll(List.of(1L, 2L));
        draft.commit("theirs");
        main().addAll(List.of(2L, 3L));
        db.commit("ours");
        merge("draft", "main");
        assertThat(main().distinct().value()).isEqualTo(3);
        assertThat(main().frequency(2L).value()).isEqualTo(2);
        assertThat(main().top(3).values())
                .extracting(TopValues.Frequent::value)
                .startsWith(2L)
                .contains(1L, 3L);
    }

    @Test
    void picksAndRevertsCountWhatTheirCommitDid() {
        main().add(1L, 5);
        db.commit("five");
        Branch draft = branch("draft");
        sketch(draft, ALL).add(2L, 3);
        draft.commit("three");
        sketch(draft, ALL).add(1L, 7);
        Commit seven = draft.commit("seven");
        main().add(1L);
        db.commit("one");
        assertThat(db.main().edits().cherryPick(seven.id().hex())).isInstanceOf(PickOutcome.Picked.class);
        assertThat(main().frequency(1L).value()).isEqualTo(13);
        assertThat(main().frequency(2L).value()).isZero();
        assertThat(main().count()).isEqualTo(13);
        assertThat(db.main().edits().revert("HEAD")).isInstanceOf(PickOutcome.Picked.class);
        assertThat(main().frequency(1L).value()).isEqualTo(6);
        assertThat(main().count()).isEqualTo(6);
    }

    @Test
    void toClearTakesOffWhatWasSeen() {
        main().addAll(LongStream.range(0, 100).boxed().toList());
        db.commit("hundred");
        Branch draft = branch("draft");
        sketch(draft, ALL).clear();
        draft.commit("none");
        main().add(1_000L, 3);
        db.commit("three");
        merge("draft", "main");
        assertThat(main().count()).isEqualTo(3);
        assertThat(main().frequency(1_000L).value()).isEqualTo(3);
        assertThat(main().mightContain(1_000L)).isTrue();
        assertThat(main().quantile(0.5).orElseThrow()).isBetween(980.0, 1_020.0);
    }

    @Test
    void otherOptionsOfOneNameConflictAndTheOnesThatStayHaveTheirOwnRows() {
        SketchOptions small = ALL.withFrequency(0.1, 5).withQuantiles(0.1);
        db.space("other").put("k", "v");
        db.commit("base");
        Branch draft = branch("draft");
        sketch(draft, small).addAll(List.of(1L, 2L, 3L));
        draft.commit("theirs");
        main().addAll(List.of(3L, 4L));
        db.commit("ours");
        MergeOutcome outcome = db.merge("draft", Merge.into("main"));
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        MergeOutcome.Conflicted.class,
                        conflicted -> assertThat(conflicted.conflicts())
                                .extracting(Conflict::space)
                                .containsExactly("seen"));
        db.mergePolicies().add(MergeRule.of("seen", MergePolicy.sketches().otherwise(MergePolicy.ours())));
        merge("draft", "main");
        Sketch<Long> alone = db.branch("alone", db.head()).sketch("alone", Long.class, ALL);
        alone.addAll(List.of(3L, 4L));
        assertThat(parts(main())).isEqualTo(parts(alone));
    }
}
