package coppice.testing.contract;

import static coppice.api.projection.ProjectionDefinition.from;
import static coppice.api.projection.ProjectionDefinition.fromProjection;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.api.Branch;
import coppice.api.Commit;
import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.Merge;
import coppice.api.Snapshot;
import coppice.api.projection.Lookup;
import coppice.api.projection.ProjectionDefinition;
import coppice.api.projection.ProjectionStatus;
import coppice.api.projection.ProjectionView;
import coppice.api.query.Row;
import coppice.api.query.RowPage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Projections: indexes and computed rows, on every branch and in every version.
@SuppressWarnings("BadImport") // as users write it
abstract class ProjectionContract extends PeopleContract {
    private static final ProjectionDefinition BY_ROLE = from("people").index("role", "age DESC");

    @Test
    void rowsAreFoundByWhatAnIndexIsOrderedBy() {
        people();
        db.projections().create("by_role", BY_ROLE);
        ProjectionView index = db.projection("by_role");
        assertThat(index.get("admin")).extracting(Row::keyText).containsExactly("ann", "bob");
        assertThat(index.get("admin", 29)).extracting(Row::keyText).containsExactly("bob");
        assertThat(index.get("user")).extracting(Row::keyText).containsExactly("cid");
        assertThat(index.get("user", 35).getFirst().text()).contains("\"age\":35");
        assertThat(index.get("user", 36)).isEmpty();
        assertThat(index.get("nobody")).isEmpty();
        assertThat(index.first(Lookup.equal("nobody"))).isEmpty();
        assertThat(index.first(Lookup.equal("admin").reversed()))
                .map(Row::keyText)
                .contains("bob");
        assertThat(keys("by_role", Lookup.all())).containsExactly("dan", "eve", "ann", "bob", "cid");
        assertThat(keys("by_role", Lookup.equal("admin").from(30))).containsExactly("ann");
        assertThat(keys("by_role", Lookup.equal("admin").below(41))).containsExactly("bob");
        assertThat(keys("by_role", Lookup.equal("admin").from(29).to(41).reversed()))
                .containsExactly("bob", "ann");
        assertThat(keys("by_role", Lookup.all().above("admin"))).containsExactly("cid");
        assertThat(index.get((Object) null)).extracting(Row::keyText).containsExactly("dan", "eve");
        assertThat(index.count()).isEqualTo(5);
        assertThat(index.count(Lookup.equal("admin"))).isEqualTo(2);
        assertThat(index.first(Lookup.equal("user")).orElseThrow().text()).contains("\"age\":35");
    }

    @Test
    void anIndexFollowsWhatIsWritten() {
        db.projections().create("by_role", BY_ROLE);
        assertThat(keys("by_role", Lookup.all())).isEmpty();
        people();
        assertThat(keys("by_role", Lookup.equal("admin"))).containsExactly("ann", "bob");
        put("bob", "{\"role\":\"user\",\"age\":29}");
        db.space("people").delete("ann");
        assertThat(keys("by_role", Lookup.equal("admin"))).isEmpty();
        assertThat(keys("by_role", Lookup.equal("user"))).containsExactly("cid", "bob");
        db.checkpoint();
        assertThat(keys("by_role", Lookup.equal("user"))).containsExactly("cid", "bob");
        put("fay", "{\"role\":\"user\",\"age\":30}");
        assertThat(keys("by_role", Lookup.equal("user"))).containsExactly("cid", "fay", "bob");
    }

    @Test
    void anIndexMadeTodayAnswersForBranchesAndVersionsThatWereThereBefore() {
        people();
        Commit before = db.commit("people");
        Branch draft = db.branch("draft", before);
        draft.space("people").put("ann", "{\"role\":\"user\",\"age\":41}");
        put("bob", "{\"role\":\"user\",\"age\":1}");
        db.commit("bob leaves");
        db.projections().create("by_role", BY_ROLE);
        assertThat(keys("by_role", Lookup.equal("admin"))).containsExactly("ann");
        assertThat(keys(draft.projection("by_role").rows(Lookup.equal("admin"))))
                .containsExactly("bob");
        assertThat(keys(db.at(before.id().hex()).projection("by_role").rows(Lookup.equal("admin"))))
                .containsExactly("ann", "bob");
        Snapshot snapshot = draft.snapshot();
        draft.commit("ann leaves");
        db.merge("draft", Merge.into("main"));
        assertThat(keys("by_role", Lookup.equal("admin"))).isEmpty();
        assertThat(keys("by_role", Lookup.equal("user"))).containsExactly("ann", "cid", "bob");
        db.switchTo("draft");
        assertThat(keys("by_role", Lookup.equal("admin"))).containsExactly("bob");
        assertThat(keys(snapshot.projection("by_role").rows(Lookup.equal("user"))))
                .containsExactly("ann", "cid");
    }

    @Test
    void someRowsOnlyAndSomeOfTheirMembersBesides() {
        people();
        db.projections()
                .create(
                        "admins",
                        from("people").where("role = 'admin'").index("age").storing("tags"));
        assertThat(keys("admins", Lookup.all())).containsExactly("bob", "ann");
        assertThat(db.projection("admins").query().where("age > 30").list())
                .extracting(Row::keyText)
                .containsExactly("ann");
        assertThat(db.projection("admins").query().count()).isEqualTo(2);
        try (Stream<Row> rows = db.projection("admins").entries(Lookup.equal(41))) {
            Row row = rows.findFirst().orElseThrow();
            assertThat(row.keyText()).isEqualTo("ann");
            assertThat(row.value("tags")).contains(List.of("x", "y"));
            assertThat(row.value("age")).contains(41L);
            assertThat(row.value("role")).isEmpty();
        }
        db.projections().create("a_keys", from("people").keys("?a*").index("age"));
        assertThat(keys("a_keys", Lookup.all())).containsExactly("dan");
    }

    @Test
    void rowsAreFoundByEachItemOfAnArray() {
        people();
        db.projections().create("by_tag", from("people").index("EACH tags", "age"));
        assertThat(keys("by_tag", Lookup.equal("y"))).containsExactly("bob", "ann");
        assertThat(keys("by_tag", Lookup.equal("x"))).containsExactly("ann");
        assertThat(db.projection("by_tag").count()).isEqualTo(3);
    }

    @Test
    void rowsGetComputedMembersAndCanBeTheSourceOfOthers() {
        people();
        db.projections()
                .create(
                        "named",
                        from("people").compute("label", "$key || '/' || role").where("age > 30"));
        ProjectionView named = db.projection("named");
        assertThat(keys("named", Lookup.all())).containsExactly("ann", "cid", "dan");
        assertThat(named.get("ann").getFirst().value("label")).contains("ann/admin");
        assertThat(named.first(Lookup.all().from("d")).orElseThrow().value("label"))
                .isEmpty();
        db.projections().create("by_label", fromProjection("named").index("label"));
        assertThat(keys("by_label", Lookup.all().from("ann/"))).containsExactly("ann", "cid");
        put("zoe", "{\"role\":\"user\",\"age\":99}");
        Row zoe = db.projection("by_label").get("zoe/user").getFirst();
        assertThat(zoe.value("label")).contains("zoe/user");
        assertThat(named.query().where("role = 'user'").orderBy("age DESC").list())
                .extracting(Row::keyText)
                .containsExactly("zoe", "cid");
    }

    @Test
    void pagesGoOnWhereTheLastOneEndedWhateverIsWrittenMeanwhile() {
        people();
        db.projections().create("by_age", from("people").index("age"));
        ProjectionView index = db.projection("by_age");
        for (Lookup lookup : List.of(Lookup.all(), Lookup.all().reversed())) {
            List<String> all = new ArrayList<>();
            RowPage page = index.page(lookup, 2);
            page.rows().forEach(row -> all.add(row.keyText()));
            while (page.next().isPresent()) {
                put("first", "{\"age\":-" + all.size() + "}");
                put("last", "{\"age\":1" + "0".repeat(all.size()) + "0}");
                page = index.page(lookup, 2, page.next().orElseThrow());
                page.rows().forEach(row -> all.add(row.keyText()));
            }
            assertThat(all).contains("eve", "bob", "cid", "dan", "ann").doesNotHaveDuplicates();
            db.space("people").delete("first");
            db.space("people").delete("last");
        }
        db.projections().create("old", from("people").where("age > 30"));
        ProjectionView old = db.projection("old");
        String byKey = old.page(Lookup.all().from(utf8("a")), 1).next().orElseThrow();
        assertThat(old.page(Lookup.all().from(utf8("a")), 9, byKey).rows()).hasSize(2);
        String token = index.page(Lookup.all(), 1).next().orElseThrow();
        refused(ErrorCode.INVALID_TOKEN, () -> index.page(Lookup.all().reversed(), 1, token));
        refused(ErrorCode.INVALID_TOKEN, () -> index.page(Lookup.all(), 1, "x" + token));
        assertThatThrownBy(() -> index.page(Lookup.all(), 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void valuesThatAreTooLongForKeysAreInTheirPlaces() {
        String longer = "m".repeat(5_000);
        put("a", "{\"v\":\"" + longer + "a\"}");
        put("b", "{\"v\":\"z\"}");
        put("c", "{\"v\":\"" + longer + "b\"}");
        put("d", "{\"v\":\"a\"}");
        put("e", "{\"v\":\"" + longer.substring(0, 4_080) + "\"}");
        db.projections().create("by_v", from("people").index("v"));
        assertThat(keys("by_v", Lookup.all())).containsExactly("d", "e", "a", "c", "b");
        assertThat(keys("by_v", Lookup.all().reversed())).containsExactly("b", "c", "a", "e", "d");
        assertThat(keys("by_v", Lookup.equal(longer + "b"))).containsExactly("c");
        assertThat(keys("by_v", Lookup.all().above(longer + "a").below("z"))).containsExactly("c");
        assertThat(db.projection("by_v").count()).isEqualTo(5);
        RowPage page = db.projection("by_v").page(Lookup.all(), 3);
        assertThat(page.rows()).extracting(Row::keyText).containsExactly("d", "e", "a");
        assertThat(db.projection("by_v")
                        .page(Lookup.all(), 3, page.next().orElseThrow())
                        .rows())
                .extracting(Row::keyText)
                .containsExactly("c", "b");
    }

    @Test
    void definitionsAreOfTheDatabaseAndOutliveIt() {
        people();
        db.projections().create("by_role", BY_ROLE);
        db.projections().create("text", "FROM people WHERE age > 30 INDEX BY role STORE age");
        db.projections().create("by_role", BY_ROLE);
        assertThat(db.projections().all()).containsOnlyKeys("by_role", "text");
        assertThat(db.projections().find("by_role")).contains(BY_ROLE);
        assertThat(db.projections().find("other")).isEmpty();
        assertThat(keys("by_role", Lookup.equal("admin"))).containsExactly("ann", "bob");
        reopenIfPossible();
        assertThat(db.projections().text("text")).isEqualTo("FROM people WHERE age > 30 INDEX BY role STORE age");
        assertThat(keys("by_role", Lookup.equal("admin"))).containsExactly("ann", "bob");
        db.projections().replace("by_role", from("people").index("role", "age"));
        assertThat(keys("by_role", Lookup.equal("admin"))).containsExactly("bob", "ann");
        db.projections().drop("by_role");
        assertThat(db.projections().find("by_role")).isEmpty();
        refused(ErrorCode.UNKNOWN_PROJECTION, () -> db.projection("by_role").count());
        refused(ErrorCode.UNKNOWN_PROJECTION, () -> db.projections().drop("by_role"));
    }

    @Test
    void whatCannotBeIsRefusedAndChangesNothing() {
        db.projections().create("rows", from("people").compute("x", "1"));
        db.projections().create("index", fromProjection("rows").index("x"));
        refused(ErrorCode.PROJECTION_EXISTS, () -> db.projections().create("rows", BY_ROLE));
        refused(ErrorCode.PROJECTION_NEEDED, () -> db.projections().drop("rows"));
        refused(ErrorCode.INVALID_PROJECTION, () -> db.projections().replace("rows", fromProjection("rows")));
        refused(
                ErrorCode.INVALID_PROJECTION,
                () -> db.projections().create("other", fromProjection("index").index("y")));
        refused(
                ErrorCode.INVALID_PROJECTION,
                () -> db.projections().create("other", fromProjection("nothing").index("y")));
        refused(
                ErrorCode.INVALID_PROJECTION,
                () -> db.projections().create("other", from("people").index("a +")));
        refused(ErrorCode.INVALID_PROJECTION, () -> db.projections().create("other", "FROM people INDEX"));
        db.projections().create("more", fromProjection("rows").compute("y", "x"));
        refused(ErrorCode.INVALID_PROJECTION, () -> db.projections().replace("rows", fromProjection("more")));
        refused(ErrorCode.INVALID_QUERY, () -> db.projection("index").get(1, 2));
        refused(ErrorCode.INVALID_QUERY, () -> db.projection("rows").get(1));
        assertThat(db.projections().all()).containsOnlyKeys("index", "more", "rows");
    }

    @Test
    void whoOnlyWantsWhatIsReadyIsToldSo() {
        db.projections().pause();
        people();
        db.commit("people");
        db.projections().create("by_role", BY_ROLE);
        ProjectionView index = db.projection("by_role");
        assertThat(index.isFresh()).isFalse();
        refused(ErrorCode.REBUILDING, () -> index.onlyFresh().get("admin"));
        ProjectionStatus before = db.projections().status("by_role");
        assertThat(before.total()).isEqualTo(1);
        assertThat(before.isPaused()).isTrue();
        ProjectionStatus after = db.projections().rebuild("by_role");
        assertThat(after.fresh()).isEqualTo(1);
        assertThat(after.pending()).isZero();
        assertThat(after.entries()).isEqualTo(Optional.of(5L));
        assertThat(index.isFresh()).isTrue();
        assertThat(index.onlyFresh().get("admin")).hasSize(2);
    }

    @Test
    void whatIsCancelledIsNotPending() {
        db.projections().pause();
        people();
        db.commit("people");
        db.projections().create("by_role", BY_ROLE);
        assertThat(db.projections().status("by_role").pending()).isEqualTo(1);
        db.projections().cancel("by_role");
        assertThat(db.projections().status("by_role").pending()).isZero();
        assertThat(db.projections().status("by_role").fresh()).isZero();
        db.projections().keepVersions(1);
        assertThat(db.projections().status("by_role").total()).isEqualTo(1);
        put("gus", "{\"role\":\"user\"}");
        db.commit("gus");
        assertThat(db.projections().status("by_role").total()).isEqualTo(1);
        db.projections().resume();
        assertThat(db.projections().rebuild("by_role").fresh()).isEqualTo(1);
    }

    @Test
    void noTwoRowsGetTheSameColumnsWhereAnIndexIsUnique() {
        people();
        db.projections()
                .create(
                        "unique",
                        from("people")
                                .where("role <> 'guest'")
                                .index("role", "age")
                                .unique());
        refused(ErrorCode.NOT_UNIQUE, () -> put("gus", "{\"role\":\"admin\",\"age\":41}"));
        assertThat(db.space("people").contains("gus".getBytes(UTF_8))).isFalse();
        put("gus", "{\"role\":\"admin\",\"age\":42}");
        put("hal", "{\"role\":\"guest\",\"age\":1}");
        put("ida", "{\"role\":\"guest\",\"age\":1}");
        put("jon", "{\"age\":42}"); // a null is no value
        put("kim", "{\"age\":42}");
        db.main()
                .run(
                        tx -> { // what counts is what is left behind
                            tx.space("people").put("gus", "{\"role\":\"admin\",\"age\":41}");
                            tx.space("people").put("ann", "{\"role\":\"admin\",\"age\":42}");
                        });
        refused(
                ErrorCode.NOT_UNIQUE,
                () -> db.main().run(tx -> {
                    tx.space("people").put("leo", "{\"role\":\"new\",\"age\":1}");
                    tx.space("people").put("max", "{\"role\":\"new\",\"age\":1}");
                }));
        db.commit("all");
        Branch draft = db.branch("draft", db.head());
        draft.space("people").put("one", "{\"role\":\"same\",\"age\":1}");
        draft.commit("one");
        put("two", "{\"role\":\"same\",\"age\":1}");
        db.commit("two");
        refused(ErrorCode.NOT_UNIQUE, () -> db.merge("draft", Merge.into("main")));
        draft.space("people").delete("one");
        draft.commit("none");
        db.merge("draft", Merge.into("main"));
        assertThat(keys("unique", Lookup.equal("admin"))).containsExactly("bob", "gus", "ann");
    }

    @Test
    void anIndexIsNotUniqueWhereTwoRowsAreTheSame() {
        people();
        assertThatThrownBy(() -> db.projections().create("u", "FROM people UNIQUE INDEX BY role"))
                .isInstanceOf(DatabaseException.Incorrect.class)
                .hasMessageMatching("'\\w+' and '\\w+' have the same \\(\\w+\\) in 'u', where no two rows may: .*");
        assertThat(db.projections().find("u")).isEmpty();
        put("gus", "{\"role\":\"admin\",\"age\":41}"); // nothing is in force
        db.projections().create("u", "FROM people INDEX BY role");
        refused(ErrorCode.NOT_UNIQUE, () -> db.projections().replace("u", "FROM people UNIQUE INDEX BY role"));
        assertThat(db.projections().text("u")).doesNotContain("UNIQUE");
        db.projections().create("v", "FROM people COMPUTE 1 AS one WHERE role <> 'admin'");
        db.projections().create("over", "FROM PROJECTION v WHERE role = 'none' UNIQUE INDEX BY age, role");
        db.projections().replace("over", "FROM PROJECTION v UNIQUE INDEX BY nothing"); // null is no value
    }

    @Test
    void whatAUniqueIndexTakesRowsFromDoesNotMakeThemTheSame() {
        put("a", "{\"v\":1}");
        put("b", "{\"v\":2}");
        db.projections().create("rows", "FROM people COMPUTE v + 1 AS w");
        db.projections().create("u", "FROM PROJECTION rows UNIQUE INDEX BY w");
        refused(ErrorCode.NOT_UNIQUE, () -> db.projections().replace("rows", "FROM people COMPUTE 1 AS w"));
        assertThat(db.projections().text("rows")).contains("v + 1");
    }

    @Test
    void valuesThatAreTooLongForKeysAreTheSameToo() {
        String longer = "m".repeat(4_080);
        put("short", "{\"v\":\"" + longer + "\"}");
        put("a key that is longer", "{\"v\":\"" + longer + "\"}");
        refused(ErrorCode.NOT_UNIQUE, () -> db.projections().create("u", "FROM people UNIQUE INDEX BY v"));
        put("a key that is longer", "{\"v\":\"" + longer + "x\"}");
        db.projections().create("u", "FROM people UNIQUE INDEX BY v");
    }

    @Test
    void valuesThatAreTooLongForKeysAreUniqueToo() {
        String longer = "m".repeat(4_080);
        db.projections().create("unique", from("people").index("v").unique());
        put("short", "{\"v\":\"" + longer + "\"}");
        refused(ErrorCode.NOT_UNIQUE, () -> put("a key that is longer", "{\"v\":\"" + longer + "\"}"));
        put("a key that is longer", "{\"v\":\"" + longer + "x\"}");
        refused(ErrorCode.NOT_UNIQUE, () -> put("another key that is longer", "{\"v\":\"" + longer + "x\"}"));
    }
}
