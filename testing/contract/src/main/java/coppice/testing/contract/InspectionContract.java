package coppice.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import coppice.api.BisectOutcome;
import coppice.api.BisectSession;
import coppice.api.Branch;
import coppice.api.Change;
import coppice.api.ChangePage;
import coppice.api.Commit;
import coppice.api.CommitId;
import coppice.api.CommitMessage;
import coppice.api.DiffQuery;
import coppice.api.ErrorCode;
import coppice.api.LogQuery;
import coppice.api.Merge;
import coppice.api.MergePolicy;
import coppice.api.Range;
import coppice.api.Resolver;
import coppice.api.Snapshot;
import coppice.api.Space;
import coppice.api.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Examples of looking into the past, and how mistakes are answered.
abstract class InspectionContract extends Contract {
    private List<String> titles(LogQuery query) {
        List<String> titles = new ArrayList<>();
        db.history().log(query).forEach(commit -> titles.add(commit.title()));
        return titles;
    }

    @Test
    void aLogIsFilteredByAuthorMessageAndTime() {
        db.main().commit(CommitMessage.of("Add apples").by("Ann"));
        db.main().commit(CommitMessage.of("Add pears").by("Bob"));
        Commit last = db.main().commit(CommitMessage.of("Remove APPLES").by("Bobby"));
        assertThat(titles(LogQuery.of("main").author("bob"))).containsExactly("Remove APPLES", "Add pears");
        assertThat(titles(LogQuery.of("main").message("apples"))).containsExactly("Remove APPLES", "Add apples");
        assertThat(titles(LogQuery.of("main").message("apples").author("ann"))).containsExactly("Add apples");
        Instant after = last.time().plusMillis(1);
        assertThat(titles(LogQuery.of("main").since(after))).isEmpty();
        assertThat(titles(LogQuery.of("main").until(after).author("bobby"))).containsExactly("Remove APPLES");
        assertThat(titles(LogQuery.of("main").until(Instant.EPOCH))).isEmpty();
    }

    @Test
    void aLogTakesRangesAndSeesWhatWasMerged() {
        commit(db.main(), "a", "1");
        Branch side = db.branch("side", "main");
        commit(side, "b", "1");
        commit(db.main(), "c", "1");
        assertThat(titles(LogQuery.of("main..side"))).containsExactly("b=1");
        assertThat(titles(LogQuery.of("main...side"))).containsExactlyInAnyOrder("b=1", "c=1");
        db.merge("side", Merge.into("main"));
        assertThat(titles(LogQuery.of("main~1..main"))).containsExactly("Merge side into main", "b=1");
        assertThat(titles(LogQuery.of("main").alongFirstParents()).subList(0, 3))
                .containsExactly("Merge side into main", "c=1", "a=1");
        assertThat(titles(LogQuery.of("main").touching("s", utf8("b")))).containsExactly("b=1");
    }

    @Test
    void aGraphShowsOneLineAfterTheOther() {
        Branch side = db.branch("side", "main");
        for (int i = 0; i < 3; i++) {
            commit(side, "side", "" + i);
            commit(db.main(), "main", "" + i);
        }
        db.merge("side", Merge.into("main"));
        assertThat(titles(LogQuery.of("main").in(LogQuery.Order.GRAPH)).subList(0, 7))
                .containsExactly("Merge side into main", "side=2", "side=1", "side=0", "main=2", "main=1", "main=0");
    }

    @Test
    void aLogOfCommitsThatTouchedAPrefixHoldsOnlyThose() {
        commit(db.main(), "user/1", "x");
        commit(db.main(), "item/1", "x");
        commit(db.main(), "user/2", "x");
        db.space("other").put("user/3", "x");
        db.commit("elsewhere");
        assertThat(titles(LogQuery.of("main").touching("s", Range.prefix("user/"))))
                .containsExactly("user/2=x", "user/1=x");
        assertThat(titles(LogQuery.of("main").touching("other"))).containsExactly("elsewhere");
        assertThat(titles(LogQuery.of("main").touching("none"))).isEmpty();
    }

    @Test
    void aPageOfADiffGoesOnWithTheVeryStatesItBeganWith() {
        Space space = db.space("s");
        for (int i = 0; i < 10; i++) {
            space.put("k" + i, "1");
        }
        db.commit("ten");
        ChangePage first = db.history().page(DiffQuery.between("main~1", "main"), 4);
        for (int i = 0; i < 10; i++) {
            space.put("k" + i, "2");
        }
        db.commit("all others");
        List<Change> rest = db.history().page(first.next().orElseThrow(), 100).changes();
        assertThat(shown(rest)).hasSize(6).first().isEqualTo("+s/k4=1");
        assertThat(db.history().page(DiffQuery.between("main", "main"), 1).next())
                .isEmpty();
    }

    @Test
    void theHistoryOfAKeyGoesThroughItsRemoval() {
        commit(db.main(), "a", "1");
        commit(db.main(), "b", "1");
        db.space("s").delete("a");
        db.commit("without a");
        commit(db.main(), "a", "2");
        List<String> events = new ArrayList<>();
        db.history()
                .versions("main", "s", utf8("a"))
                .forEach(version -> events.add(version.commit().title()));
        assertThat(events).containsExactly("a=2", "without a", "a=1");
        assertThat(db.history().blame("main~1", "s", utf8("a")).map(Commit::title))
                .contains("without a");
        assertThat(db.history().blame("main", "s", utf8("b")).map(Commit::title))
                .contains("b=1");
        assertThat(db.history().blame("main", "s", utf8("c"))).isEmpty();
    }

    @Test
    void aMergeIsBlamedOnlyForWhatItDecidedItself() {
        commit(db.main(), "a", "1");
        commit(db.main(), "b", "1");
        Branch side = db.branch("side", "main");
        commit(side, "a", "side");
        commit(side, "b", "side");
        commit(db.main(), "a", "main");
        db.merge("side", Merge.into("main").resolving(conflict -> new Resolver.Take(Optional.of(utf8("both")))));
        assertThat(db.history().blame("main", "s", utf8("a")).map(Commit::title))
                .contains("Merge side into main");
        assertThat(db.history().blame("main", "s", utf8("b")).map(Commit::title))
                .contains("b=side");
    }

    @Test
    void bisectHalvesALongLine() {
        List<CommitId> made = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            db.space("s").put("n", "" + i);
            made.add(db.commit("c" + i).id());
        }
        List<Commit> tested = new ArrayList<>();
        Commit found = db.history().bisectBy("main~100", "main", (Snapshot state) -> {
            tested.add(state.commit());
            return Integer.parseInt(state.space("s").text("n").orElseThrow()) < 37;
        });
        assertThat(found.id()).isEqualTo(made.get(37));
        assertThat(tested).hasSizeLessThanOrEqualTo(7);
    }

    @Test
    void whatCannotBeAnsweredIsRefusedWithAReason() {
        commit(db.main(), "a", "1");
        incorrect(ErrorCode.NOTHING_TO_BISECT, () -> db.history().bisectBy("main", "main~1", state -> true));
        incorrect(ErrorCode.NOTHING_TO_BISECT, () -> db.history().bisectBy("main", "main", state -> true));
        incorrect(ErrorCode.INVALID_REF, () -> LogQuery.of("..main"));
        incorrect(ErrorCode.INVALID_REF, () -> LogQuery.of("main..."));
        incorrect(ErrorCode.INVALID_TOKEN, () -> LogQuery.of("main").resume("nonsense"));
        incorrect(
                ErrorCode.INVALID_TOKEN, () -> DiffQuery.between("main", "main").resume("no!"));
        incorrect(ErrorCode.INVALID_SPACE_NAME, () -> db.history().blame("main", "", utf8("a")));
        incorrect(ErrorCode.INVALID_KEY, () -> db.history().versions("main", "s", new byte[0]));
        notFound(ErrorCode.UNKNOWN_REF, () -> db.history().log(LogQuery.of("main..nowhere")));
        notFound(ErrorCode.UNKNOWN_REF, () -> db.history().show("nowhere"));
        notFound(
                ErrorCode.UNKNOWN_BRANCH,
                () -> db.history().diff(DiffQuery.between(Version.of("main"), Version.working("nowhere"))));
    }

    @Test
    void aTestThatThrowsEndsTheBisectAndChangesNothing() {
        commit(db.main(), "a", "1");
        commit(db.main(), "a", "2");
        commit(db.main(), "a", "3");
        Commit head = db.head();
        assertThat(catchThrowable(() -> db.history().bisectBy("main~3", "main", state -> {
                    throw new IllegalStateException("the test broke");
                })))
                .hasMessage("the test broke");
        assertThat(db.head()).isEqualTo(head);
    }

    @Test
    void aSearchByHalvesGoesOnAfterReopening() {
        for (int i = 0; i < 20; i++) {
            commit(db.main(), "n", "" + i);
        }
        assertThat(db.history().bisection().outcome()).isEmpty();
        incorrect(ErrorCode.NO_BISECT, () -> db.history().bisection().good("main"));
        BisectOutcome state = db.history().bisection().start("main", List.of("main~20"));
        int tests = 0;
        while (state instanceof BisectOutcome.Next(Commit test, long candidates, int steps)) {
            assertThat(1L << steps).isGreaterThanOrEqualTo(candidates);
            if (subject.isPersistent()) {
                reopen();
            }
            assertThat(db.history().bisection().outcome()).contains(state);
            String id = test.id().hex();
            boolean good = Integer.parseInt(db.at(id).space("s").text("n").orElseThrow()) < 13;
            state = good
                    ? db.history().bisection().good(id)
                    : db.history().bisection().bad(id);
            tests++;
        }
        assertThat(state).isEqualTo(new BisectOutcome.Found(db.resolve("main~6")));
        assertThat(tests).isLessThanOrEqualTo(5);
        incorrect(ErrorCode.NOT_SUSPECT, () -> db.history().bisection().bad("main"));
        incorrect(ErrorCode.NOTHING_TO_BISECT, () -> db.history().bisection().good("main"));
        assertThat(db.history().bisection().outcome()).contains(state);
        db.history().bisection().reset();
        assertThat(db.history().bisection().outcome()).isEmpty();
    }

    @Test
    void whatASearchCannotTestIsPassedOver() {
        for (int i = 0; i < 3; i++) {
            commit(db.main(), "n", "" + i);
        }
        BisectSession search = db.history().bisection();
        search.start("main", List.of("main~3"));
        search.skip("main~1");
        assertThat(search.skip("main~2"))
                .isEqualTo(new BisectOutcome.Undecided(List.of(db.head(), db.resolve("main~1"), db.resolve("main~2"))));
    }

    private List<String> inside(DiffQuery query) {
        List<String> inside = new ArrayList<>();
        db.history()
                .diff(query)
                .forEach(change -> db.history()
                        .fields(change)
                        .forEach(field ->
                                inside.add(field.path() + ": " + field.before().orElse("-") + " > "
                                        + field.after().orElse("-"))));
        return inside;
    }

    @Test
    void aChangeOfADocumentIsToldFieldByField() {
        commit(db.main(), "d", "{\"name\":\"Ann\",\"tags\":[\"a\",\"b\"],\"home\":{\"city\":\"Bonn\",\"zip\":1}}");
        commit(db.main(), "d", "{\"name\":\"Ann\",\"tags\":[\"a\",\"c\"],\"home\":{\"city\":\"Köln\"}}");
        commit(db.main(), "d", "no document");
        assertThat(inside(DiffQuery.between("main~2", "main~1")))
                .containsExactly("tags[1]: \"b\" > \"c\"", "home.city: \"Bonn\" > \"Köln\"", "home.zip: 1 > -");
        assertThat(inside(DiffQuery.between("main~1", "main"))).isEmpty();
        assertThat(inside(DiffQuery.between("main~2", "main~3"))).hasSize(1);
    }

    @Test
    void eachFieldOfADocumentHasItsOwnCommit() {
        commit(db.main(), "d", "{\"a\":1,\"b\":1,\"c\":[1,2]}");
        Branch side = db.branch("side", "main");
        commit(db.main(), "d", "{\"a\":2,\"b\":1,\"c\":[1,2]}");
        commit(side, "d", "{\"a\":1,\"b\":1,\"c\":[1,3]}");
        String both = "{\"a\":2,\"b\":9,\"c\":[1,3]}";
        Merge merge = Merge.into("main").policy(MergePolicy.whole());
        db.merge("side", merge.resolving(conflict -> new Resolver.Take(Optional.of(utf8(both)))));
        List<String> lines = new ArrayList<>();
        db.history()
                .blameFields("main", "s", utf8("d"))
                .forEach(field -> lines.add(field.path() + " " + field.value() + " "
                        + field.commit().title()));
        assertThat(lines)
                .containsExactly(
                        "a 2 d={\"a\":2,\"b\":1,\"c\":[1,2]}",
                        "b 9 Merge side into main",
                        "c[0] 1 d={\"a\":1,\"b\":1,\"c\":[1,2]}",
                        "c[1] 3 d={\"a\":1,\"b\":1,\"c\":[1,3]}");
        assertThat(db.history().blameFields("main", "s", utf8("none"))).isEmpty();
    }
}
