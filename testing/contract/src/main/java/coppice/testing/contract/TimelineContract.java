package coppice.testing.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coppice.api.BisectOutcome;
import coppice.api.BlamePage;
import coppice.api.Change;
import coppice.api.ChangeCount;
import coppice.api.ChangePage;
import coppice.api.Commit;
import coppice.api.CommitPage;
import coppice.api.Database;
import coppice.api.DiffQuery;
import coppice.api.HistoryView;
import coppice.api.KeyVersion;
import coppice.api.LogQuery;
import coppice.api.Range;
import coppice.api.Verdict;
import coppice.api.Version;
import coppice.testing.contract.Timeline.Step;
import coppice.testing.property.Property;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Whatever is asked of a random history is what a search of everything finds.
abstract class TimelineContract extends Contract {
    private static final Comparator<Timeline.Version> NEWEST_FIRST = Comparator.<Timeline.Version>comparingLong(
                    version -> version.commit().generation())
            .thenComparing(version -> version.commit().id())
            .reversed();
    private static final Comparator<Timeline.Version> BY_TIME = Comparator.<Timeline.Version, Instant>comparing(
                    version -> version.commit().time())
            .thenComparing(NEWEST_FIRST.reversed())
            .reversed();

    private interface Check {
        void accept(HistoryView history, Timeline timeline, List<Timeline.Version> heads) throws Exception;
    }

    private void inRandomHistories(int runs, Check check) {
        Property.forAll(Timeline.steps(60)).runs(runs).check((List<Step> steps) -> {
            try (Database fresh = subject().open(OPTIONS)) {
                Timeline timeline = new Timeline(fresh);
                timeline.run(steps);
                List<Timeline.Version> heads = timeline.branches.stream()
                        .map(name -> timeline.at(fresh.branch(name).head()))
                        .toList();
                check.accept(fresh.history(), timeline, heads);
            }
        });
    }

    private static String id(Timeline.Version version) {
        return version.commit().id().hex();
    }

    private static List<Timeline.Version> changing(Timeline.Version head, String row) {
        return head.withAncestors().stream()
                .filter(version -> version.changed(row))
                .sorted(NEWEST_FIRST)
                .toList();
    }

    private static Optional<String> text(Optional<byte[]> value) {
        return value.map(bytes -> new String(bytes, UTF_8));
    }

    @Test
    void theHistoryOfAKeyHoldsEveryCommitThatChangedIt() {
        inRandomHistories(20, (history, timeline, heads) -> {
            for (Timeline.Version head : heads) {
                for (String row : rowsEver(timeline)) {
                    String space = row.substring(0, 1);
                    List<String> expected = changing(head, row).stream()
                            .map(version -> version.commit().message() + ": "
                                    + version.parents().stream()
                                            .findFirst()
                                            .map(parent -> parent.rows().get(row)) + " > "
                                    + Optional.ofNullable(version.rows().get(row)))
                            .toList();
                    List<String> actual = new ArrayList<>();
                    for (KeyVersion version : history.versions(id(head), space, utf8(row.substring(2)))) {
                        actual.add(version.commit().message() + ": " + text(version.before()) + " > "
                                + text(version.after()));
                    }
                    assertThat(actual).isEqualTo(expected);
                }
            }
        });
    }

    private static Set<String> rowsEver(Timeline timeline) {
        Set<String> rows = new TreeSet<>(Set.of("s/never"));
        timeline.versions.values().forEach(version -> rows.addAll(version.rows().keySet()));
        return rows;
    }

    private static Optional<Timeline.Version> blamed(Timeline.Version head, String row) {
        return changing(head, row).stream()
                .filter(version ->
                        Objects.equals(version.rows().get(row), head.rows().get(row)))
                .findFirst();
    }

    @Test
    void blameNamesTheNewestCommitThatGaveAKeyItsValue() {
        inRandomHistories(20, (history, timeline, heads) -> {
            for (Timeline.Version head : heads) {
                for (String row : rowsEver(timeline)) {
                    assertThat(history.blame(id(head), row.substring(0, 1), utf8(row.substring(2))))
                            .isEqualTo(blamed(head, row).map(Timeline.Version::commit));
                }
                List<String> expected = head.rows().keySet().stream()
                        .filter(row -> row.startsWith("s/"))
                        .map(row -> row.substring(2) + " "
                                + blamed(head, row).orElseThrow().commit().id())
                        .toList();
                assertThat(pages(history, head, Range.all())).isEqualTo(expected);
                assertThat(pages(history, head, Range.all().reversed())).isEqualTo(expected.reversed());
            }
        });
    }

    private static List<String> pages(HistoryView history, Timeline.Version head, Range range) {
        List<String> all = new ArrayList<>();
        Optional<Range> rest = Optional.of(range);
        while (rest.isPresent()) {
            BlamePage page = history.blame(id(head), "s", rest.get(), 2);
            page.keys()
                    .forEach(line -> all.add(
                            new String(line.key(), UTF_8) + " " + line.commit().id()));
            rest = page.next();
        }
        return all;
    }

    @Test
    void aLogHoldsWhatItsQuerySays() {
        inRandomHistories(12, (history, timeline, heads) -> {
            Timeline.Version a = heads.getFirst();
            Timeline.Version b = heads.getLast();
            Set<Timeline.Version> ofA = a.withAncestors();
            Set<Timeline.Version> ofB = b.withAncestors();
            Set<Timeline.Version> onlyB = without(ofB, ofA);
            Set<Timeline.Version> either = new HashSet<>(onlyB);
            either.addAll(without(ofA, ofB));
            Set<Timeline.Version> all = new HashSet<>();
            heads.forEach(head -> all.addAll(head.withAncestors()));
            check(history, LogQuery.of(id(b)), ofB);
            check(history, LogQuery.of(id(a) + ".." + id(b)), onlyB);
            check(history, LogQuery.of(id(a) + "..." + id(b)), either);
            check(history, LogQuery.ofAll(timeline.branches), all);
            check(history, LogQuery.of(id(a)).without(id(b)), without(ofA, ofB));
            check(history, LogQuery.of(id(a)).alongFirstParents(), firstParents(a));
        });
    }

    private static Set<Timeline.Version> without(Set<Timeline.Version> all, Set<Timeline.Version> some) {
        Set<Timeline.Version> rest = new HashSet<>(all);
        rest.removeAll(some);
        return rest;
    }

    private static Set<Timeline.Version> firstParents(Timeline.Version head) {
        Set<Timeline.Version> line = new HashSet<>(Set.of(head));
        for (Timeline.Version at = head;
                !at.parents().isEmpty();
                at = at.parents().getFirst()) {
            line.add(at.parents().getFirst());
        }
        return line;
    }

    private static void check(HistoryView history, LogQuery query, Set<Timeline.Version> expected) {
        List<Commit> byGeneration = expected.stream()
                .sorted(NEWEST_FIRST)
                .map(Timeline.Version::commit)
                .toList();
        for (LogQuery.Order order : LogQuery.Order.values()) {
            LogQuery ordered = query.in(order);
            List<Commit> whole = new ArrayList<>();
            history.log(ordered).forEach(whole::add);
            assertThat(whole).as("all, by %s", order).containsExactlyInAnyOrderElementsOf(byGeneration);
            assertThat(paged(history, ordered)).as("page by page, by %s", order).isEqualTo(whole);
            Set<Object> seen = new HashSet<>();
            whole.forEach(commit -> {
                assertThat(commit.parents()).as("children first, by %s", order).noneMatch(seen::contains);
                seen.add(commit.id());
            });
            if (order == LogQuery.Order.GENERATION) {
                assertThat(whole).isEqualTo(byGeneration);
            } else if (order == LogQuery.Order.TIME && !query.firstParent()) {
                assertThat(whole).isEqualTo(byTime(expected));
            }
        }
        for (String row : List.of("s/k0", "s/k3", "t/k1")) {
            List<Commit> touching = expected.stream()
                    .filter(version -> version.changed(row))
                    .sorted(NEWEST_FIRST)
                    .map(Timeline.Version::commit)
                    .toList();
            LogQuery filtered = query.touching(row.substring(0, 1), utf8(row.substring(2)));
            assertThat(history.log(filtered)).containsExactlyElementsOf(touching);
            assertThat(paged(history, filtered)).isEqualTo(touching);
        }
    }

    private static List<Commit> paged(HistoryView history, LogQuery query) {
        List<Commit> all = new ArrayList<>();
        Optional<LogQuery> rest = Optional.of(query);
        while (rest.isPresent()) {
            CommitPage page = history.page(rest.get(), 3);
            all.addAll(page.commits());
            rest = page.token().map(query::resume);
            assertThat(rest).isEqualTo(page.next());
        }
        return all;
    }

    /// Again and again the newest of those without a child among the rest.
    private static List<Commit> byTime(Set<Timeline.Version> all) {
        Set<Timeline.Version> rest = new HashSet<>(all);
        List<Commit> ordered = new ArrayList<>();
        while (!rest.isEmpty()) {
            Timeline.Version next = rest.stream()
                    .filter(version ->
                            rest.stream().noneMatch(child -> child.parents().contains(version)))
                    .min(BY_TIME)
                    .orElseThrow();
            ordered.add(next.commit());
            rest.remove(next);
        }
        return ordered;
    }

    @Test
    void aDiffInPagesIsTheWholeDiff() {
        inRandomHistories(20, (history, timeline, heads) -> {
            List<Timeline.Version> versions = List.copyOf(timeline.versions.values());
            for (int i = 0; i < versions.size(); i += 3) {
                Timeline.Version from = versions.get(i);
                Timeline.Version to = heads.get(i % heads.size());
                DiffQuery query = DiffQuery.between(id(from), id(to));
                checkDiff(history, query, from, to, row -> true);
                checkDiff(history, query.reversed(), to, from, row -> true);
                checkDiff(history, query.in("s"), from, to, row -> row.startsWith("s/"));
                checkDiff(
                        history,
                        query.keys(Range.between(utf8("k1"), utf8("k4"))),
                        from,
                        to,
                        row -> row.substring(2).compareTo("k1") >= 0
                                && row.substring(2).compareTo("k4") < 0);
                checkDiff(
                        history,
                        query.in("s").after("s", utf8("k2")),
                        from,
                        to,
                        row -> row.startsWith("s/") && row.compareTo("s/k2") > 0);
            }
        });
    }

    private static void checkDiff(
            HistoryView history, DiffQuery query, Timeline.Version from, Timeline.Version to, Predicate<String> shown) {
        Set<String> rows = new TreeSet<>(from.rows().keySet());
        rows.addAll(to.rows().keySet());
        List<String> expected = rows.stream()
                .filter(shown)
                .filter(row -> !Objects.equals(from.rows().get(row), to.rows().get(row)))
                .map(row -> change(row, from.rows().get(row), to.rows().get(row)))
                .toList();
        assertThat(shown(history.diff(query))).isEqualTo(expected);
        List<Change> paged = new ArrayList<>();
        Optional<DiffQuery> rest = Optional.of(query);
        while (rest.isPresent()) {
            ChangePage page = history.page(rest.get(), 2);
            paged.addAll(page.changes());
            rest = page.token().map(query::resume);
        }
        assertThat(shown(paged)).isEqualTo(expected);
        assertThat(history.count(query).stream().mapToLong(ChangeCount::total).sum())
                .isEqualTo(expected.size());
        for (ChangeCount count : history.count(query)) {
            Stream<String> ofSpace = expected.stream().filter(line -> line.startsWith(count.space() + "/", 1));
            assertThat(ofSpace.map(line -> line.substring(0, 1)).sorted().toList())
                    .isEqualTo(Stream.of(
                                    "+".repeat((int) count.added()), "-".repeat((int) count.removed()), "~".repeat((int)
                                                    count.modified()))
                            .flatMap(signs -> signs.chars().mapToObj(Character::toString))
                            .toList());
        }
    }

    private static String change(String row, @Nullable String before, @Nullable String after) {
        if (before == null) {
            return "+" + row + "=" + after;
        }
        return after == null ? "-" + row + "=" + before : "~" + row + "=" + before + ">" + after;
    }

    @Test
    void showTellsWhatACommitChangedAgainstItsFirstParent() {
        inRandomHistories(10, (history, timeline, heads) -> {
            for (Timeline.Version version : timeline.versions.values()) {
                if (heads.stream().anyMatch(head -> head.withAncestors().contains(version))) {
                    var shown = history.show(id(version));
                    assertThat(shown.commit()).isEqualTo(version.commit());
                    assertThat(shown.counts()).isEqualTo(history.count(shown.changes()));
                    Timeline.Version before = version.parents().isEmpty()
                            ? new Timeline.Version(version.commit(), List.of(), Map.of())
                            : version.parents().getFirst();
                    checkDiff(history, shown.changes(), before, version, row -> true);
                }
            }
        });
    }

    @Test
    void bisectFindsTheFirstBadCommit() {
        inRandomHistories(20, (history, timeline, heads) -> {
            Timeline.Version bad = heads.getFirst();
            Timeline.Version good =
                    bad.withAncestors().stream().min(NEWEST_FIRST.reversed()).orElseThrow();
            List<Timeline.Version> between = List.copyOf(without(bad.withAncestors(), Set.of(good)));
            for (int i = 0; i < between.size(); i += 4) {
                Timeline.Version culprit = between.get(i);
                List<Commit> tested = new ArrayList<>();
                BisectOutcome outcome = history.bisect(id(good), id(bad), state -> {
                    tested.add(state.commit());
                    return timeline.at(state.commit()).withAncestors().contains(culprit) ? Verdict.BAD : Verdict.GOOD;
                });
                assertThat(outcome).isEqualTo(new BisectOutcome.Found(culprit.commit()));
                assertThat(tested).doesNotHaveDuplicates().hasSizeLessThan(between.size());
            }
        });
    }

    @Test
    void bisectPassesOverWhatCannotBeTested() {
        inRandomHistories(12, (history, timeline, heads) -> {
            Timeline.Version bad = heads.getFirst();
            Timeline.Version good =
                    bad.withAncestors().stream().min(NEWEST_FIRST.reversed()).orElseThrow();
            List<Timeline.Version> between = List.copyOf(without(bad.withAncestors(), Set.of(good)));
            for (int i = 0; i < between.size(); i += 5) {
                Timeline.Version culprit = between.get(i);
                int skipping = i;
                BisectOutcome outcome = history.bisect(id(good), id(bad), state -> {
                    Timeline.Version version = timeline.at(state.commit());
                    if ((between.indexOf(version) + skipping) % 3 == 0) {
                        return Verdict.SKIP;
                    }
                    return version.withAncestors().contains(culprit) ? Verdict.BAD : Verdict.GOOD;
                });
                if (outcome instanceof BisectOutcome.Found(Commit first)) {
                    assertThat(first).isEqualTo(culprit.commit());
                } else {
                    List<Commit> suspects = ((BisectOutcome.Undecided) outcome).suspects();
                    assertThat(suspects).contains(culprit.commit()).hasSizeGreaterThan(1);
                }
            }
        });
    }

    @Test
    void ancestorsAndMergeBasesAreThoseOfAFullSearch() {
        inRandomHistories(15, (history, timeline, heads) -> {
            for (Timeline.Version a : heads) {
                for (Timeline.Version b : heads) {
                    assertThat(history.isAncestor(id(a), id(b)))
                            .isEqualTo(b.withAncestors().contains(a));
                    Set<Timeline.Version> common = new HashSet<>(a.withAncestors());
                    common.retainAll(b.withAncestors());
                    Set<Timeline.Version> best = new HashSet<>(common);
                    common.forEach(version -> best.removeAll(without(version.withAncestors(), Set.of(version))));
                    assertThat(history.mergeBases(id(a), id(b)))
                            .containsExactlyInAnyOrderElementsOf(
                                    best.stream().map(Timeline.Version::commit).toList());
                }
            }
        });
    }

    @Test
    void aWorkingStateComparesLikeACommit() {
        Timeline timeline = new Timeline(db);
        timeline.put(db.main(), "s", "k1", "1");
        timeline.put(db.main(), "s", "k2", "1");
        timeline.commit(db.main(), "one");
        timeline.put(db.main(), "s", "k2", "2");
        timeline.put(db.main(), "t", "k3", "3");
        assertThat(shown(db.history().diff(DiffQuery.uncommitted("main")))).containsExactly("~s/k2=1>2", "+t/k3=3");
        assertThat(shown(db.history().diff(DiffQuery.uncommitted("main").reversed())))
                .containsExactly("~s/k2=2>1", "-t/k3=3");
        assertThat(shown(db.history().diff(DiffQuery.between(Version.empty(), Version.working("main")))))
                .containsExactly("+s/k1=1", "+s/k2=2", "+t/k3=3");
        assertThat(db.history().count(DiffQuery.uncommitted("main")))
                .containsExactly(new ChangeCount("s", 0, 0, 1), new ChangeCount("t", 1, 0, 0));
    }
}
