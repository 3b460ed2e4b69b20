package coppice.testing.contract;

import static coppice.api.projection.ProjectionDefinition.from;
import static coppice.api.projection.ProjectionDefinition.fromProjection;
import static org.assertj.core.api.Assertions.assertThat;

import coppice.api.CheckOptions;
import coppice.api.ErrorCode;
import coppice.api.feed.ChangeBatch;
import coppice.api.feed.ChangeFeed;
import coppice.api.feed.FeedStart;
import coppice.api.feed.RowChange;
import coppice.api.projection.Join;
import coppice.api.projection.Lookup;
import coppice.api.projection.ProjectionView;
import coppice.api.query.RowPage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Projections of several rows at once: groups and joins; and those who follow projections.
@SuppressWarnings("BadImport") // as users write it
abstract class GroupContract extends PeopleContract {
    @Test
    void groupsAreMeasuredWhateverComesAndGoes() {
        order("1", "{\"user\":\"ann\",\"amount\":10.10,\"item\":\"tea\"}");
        order("2", "{\"user\":\"bob\",\"amount\":5,\"item\":\"tea\"}");
        order("3", "{\"user\":\"ann\",\"amount\":2,\"item\":\"milk\"}");
        order("4", "{\"user\":\"ann\",\"item\":\"tea\"}");
        db.projections()
                .create(
                        "spent",
                        from("orders")
                                .groupBy("user")
                                .count("orders")
                                .sum("total", "amount")
                                .average("mean", "amount")
                                .min("least", "amount")
                                .max("most", "amount")
                                .countDistinct("items", "item"));
        ProjectionView groups = db.projection("spent");
        assertThat(shown(groups.rows(Lookup.all())))
                .containsExactly(
                        "{\"user\":\"ann\",\"orders\":3,\"total\":12.1,\"mean\":6.05,\"least\":2,\"most\":10.1,"
                                + "\"items\":2}",
                        "{\"user\":\"bob\",\"orders\":1,\"total\":5,\"mean\":5,\"least\":5,\"most\":5,\"items\":1}");
        db.checkpoint();
        db.space("orders").delete("1");
        order("2", "{\"user\":\"cid\",\"amount\":7,\"item\":\"tea\"}");
        assertThat(shown(groups.rows(Lookup.all())))
                .containsExactly(
                        "{\"user\":\"ann\",\"orders\":2,\"total\":2,\"mean\":2,\"least\":2,\"most\":2,\"items\":2}",
                        "{\"user\":\"cid\",\"orders\":1,\"total\":7,\"mean\":7,\"least\":7,\"most\":7,\"items\":1}");
        assertThat(groups.get("ann").getFirst().value("total")).contains(2L);
        assertThat(groups.get("bob")).isEmpty();
        assertThat(groups.count()).isEqualTo(2);
        assertThat(groups.query().where("total > 5").list())
                .extracting(row -> row.value("user").orElseThrow())
                .containsExactly("cid");
    }

    @Test
    void groupsWithLongNamesAreGroupsToo() {
        String longer = "m".repeat(2_000);
        order("1", "{\"user\":\"" + longer + "a\",\"amount\":1}");
        order("2", "{\"user\":\"z\",\"amount\":2}");
        order("3", "{\"user\":\"" + longer + "b\",\"amount\":4}");
        order("4", "{\"user\":\"" + longer + "b\",\"amount\":8}");
        db.projections().create("spent", from("orders").groupBy("user").sum("total", "amount"));
        ProjectionView groups = db.projection("spent");
        assertThat(groups.count()).isEqualTo(3);
        assertThat(groups.get(longer + "b").getFirst().value("total")).contains(12L);
        assertThat(groups.count(Lookup.all().from("m").below("n"))).isEqualTo(2);
        RowPage page = groups.page(Lookup.all(), 2);
        assertThat(groups.page(Lookup.all(), 2, page.next().orElseThrow()).rows())
                .hasSize(1);
        db.projections().create("all", from("orders").groupBy().count("rows"));
        assertThat(shown(db.projection("all").rows(Lookup.all()))).containsExactly("{\"rows\":4}");
    }

    @Test
    void severalSourcesAreJoinedWhicheverChanges() {
        people();
        order("1", "{\"user\":\"ann\",\"item\":\"pen\"}");
        order("2", "{\"user\":\"nobody\",\"item\":\"ink\"}");
        order("3", "{\"user\":\"bob\",\"item\":\"cap\"}");
        db.space("rates").put("admin", "{\"rate\":3}");
        db.space("items").put("pen", "{\"grams\":12}");
        db.space("items").put("ink", "{\"grams\":90}");
        Join people = Join.left("people", "user", "$key").fields("role");
        Join rates = Join.left("rates", "role", "$key").fields("rate");
        Join items = Join.inner("items", "item", "$key").fields("grams");
        db.projections().create("whole", from("orders").join(people).join(rates).join(items));
        db.projections().create("first", from("orders").join(people));
        db.projections().create("second", fromProjection("first").join(rates));
        db.projections().create("third", fromProjection("second").join(items));
        db.projections()
                .create(
                        "by_rate",
                        "FROM orders LEFT JOIN people ON user = $key FIELDS role"
                                + " LEFT JOIN rates ON role = $key FIELDS rate INDEX BY rate DESC");
        ProjectionView whole = db.projection("whole");
        assertThat(shown(whole.rows(Lookup.all())))
                .containsExactly(
                        "{\"user\":\"ann\",\"item\":\"pen\",\"role\":\"admin\",\"rate\":3,\"grams\":12}",
                        "{\"user\":\"nobody\",\"item\":\"ink\",\"grams\":90}");
        assertThat(shown(whole.rows(Lookup.equal("2"))))
                .containsExactly("{\"user\":\"nobody\",\"item\":\"ink\",\"grams\":90}");
        assertThat(whole.count(Lookup.all().from("2"))).isEqualTo(1);
        assertThat(db.projection("by_rate").get(3)).hasSize(2);
        db.commit("all");
        put("nobody", "{\"role\":\"admin\"}");
        put("ann", "{\"role\":\"user\"}");
        db.space("items").put("cap", "{\"grams\":60}");
        db.space("items").delete("pen");
        db.space("rates").put("admin", "{\"rate\":4}");
        assertThat(shown(whole.rows(Lookup.all())))
                .isEqualTo(shown(db.projection("third").rows(Lookup.all())))
                .containsExactly(
                        "{\"user\":\"nobody\",\"item\":\"ink\",\"role\":\"admin\",\"rate\":4,\"grams\":90}",
                        "{\"user\":\"bob\",\"item\":\"cap\",\"role\":\"admin\",\"rate\":4,\"grams\":60}");
        assertThat(shown(db.at("main").projection("whole").rows(Lookup.all()))).hasSize(2);
        assertThat(db.projection("by_rate").get(4)).hasSize(2);
    }

    @Test
    void rowsAreJoinedWithThoseOfAnotherSpaceWhicheverChanges() {
        people();
        order("1", "{\"user\":\"ann\",\"amount\":10}");
        order("2", "{\"user\":\"nobody\",\"amount\":5}");
        order("3", "{\"user\":\"bob\",\"amount\":2}");
        Join join = Join.left("people", "user", "$key").fields("role").field("years", "age");
        db.projections().create("left", from("orders").join(join));
        db.projections()
                .create(
                        "inner",
                        from("orders").join(Join.inner("people", "user", "$key").fields("role")));
        db.projections().create("by_role", fromProjection("left").index("role"));
        db.projections().create("spent", fromProjection("inner").groupBy("role").sum("total", "amount"));
        assertThat(shown(db.projection("left").rows(Lookup.all())))
                .containsExactly(
                        "{\"user\":\"ann\",\"amount\":10,\"role\":\"admin\",\"years\":41}",
                        "{\"user\":\"nobody\",\"amount\":5}",
                        "{\"user\":\"bob\",\"amount\":2,\"role\":\"admin\",\"years\":29}");
        assertThat(shown(db.projection("inner").rows(Lookup.equal("3"))))
                .containsExactly("{\"user\":\"bob\",\"amount\":2,\"role\":\"admin\"}");
        assertThat(db.projection("inner").count()).isEqualTo(2);
        assertThat(db.projection("spent").get("admin").getFirst().value("total"))
                .contains(12L);
        db.commit("all");
        put("bob", "{\"role\":\"user\",\"age\":30}");
        put("nobody", "{\"role\":\"user\",\"age\":1}");
        db.space("people").delete("ann");
        order("3", "{\"user\":\"bob\",\"amount\":3}");
        assertThat(shown(db.projection("left").rows(Lookup.all())))
                .containsExactly(
                        "{\"user\":\"ann\",\"amount\":10}",
                        "{\"user\":\"nobody\",\"amount\":5,\"role\":\"user\",\"years\":1}",
                        "{\"user\":\"bob\",\"amount\":3,\"role\":\"user\",\"years\":30}");
        assertThat(db.projection("by_role").get("user")).hasSize(2);
        assertThat(db.projection("spent").get("admin")).isEmpty();
        assertThat(db.projection("spent").get("user").getFirst().value("total")).contains(8L);
        assertThat(db.at("HEAD").projection("spent").get("admin")).hasSize(1);
        assertThat(db.check(CheckOptions.defaults().thorough()).problems()).isEmpty();
    }

    private static List<String> told(ChangeFeed feed) {
        List<String> told = new ArrayList<>();
        feed.next().changes().forEach(change -> told.add(change.getClass().getSimpleName() + " " + change.keyText()));
        return told;
    }

    @Test
    void whoFollowsAProjectionIsToldWhatComesAndGoes() {
        people();
        db.projections().create("admins", from("people").where("role = 'admin'").index("age"));
        db.projections().create("groups", from("people").groupBy("role").count("n"));
        try (ChangeFeed admins = db.projection("admins").watch(FeedStart.beginning());
                ChangeFeed groups = db.projection("groups").watch(FeedStart.now())) {
            assertThat(told(admins)).containsExactly("Added ann", "Added bob");
            put("cid", "{\"role\":\"admin\",\"age\":1}");
            assertThat(told(admins)).containsExactly("Added cid");
            ChangeBatch counts = groups.next();
            assertThat(counts.changes())
                    .hasOnlyElementsOfTypes(RowChange.Modified.class, RowChange.Removed.class)
                    .hasSize(2); // there are no users any more
            put("dan", "{\"role\":\"user\"}");
            put("bob", "{\"role\":\"user\"}");
            assertThat(told(admins)).containsExactly("Removed bob");
            db.commit("all");
            put("ann", "{\"role\":\"admin\",\"age\":2}");
            assertThat(told(admins)).containsExactly("Modified ann");
            String token = admins.token();
            db.space("people").delete("cid");
            try (ChangeFeed again = db.projection("admins").watch(FeedStart.after(token))) {
                assertThat(told(again)).containsExactly("Removed cid");
            }
        }
        refused(
                ErrorCode.INVALID_QUERY,
                () -> db.main().snapshot().projection("admins").watch(FeedStart.now()));
    }
}
