package coppice.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.api.Merge;
import coppice.api.Resolver;
import coppice.api.Snapshot;
import coppice.api.Transaction;
import coppice.api.projection.ProjectionDefinition;
import coppice.api.projection.Projections;
import coppice.api.query.Query;
import coppice.api.query.Row;
import coppice.api.query.RowPage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/// Questions for rows where there are indexes: they have the same answers as without.
abstract class PlannedQueryContract extends Contract {
    private static final int ROWS = 400;

    private static final List<UnaryOperator<Query>> ASKED = List.of(
            all -> all.where("role = 'admin'"),
            all -> all.where("role = 'admin' AND age > 30").orderBy("age"),
            all -> all.where("role = ? AND age BETWEEN ? AND ?", "member", 20, 25)
                    .orderBy("age DESC"),
            all -> all.where("age IN (1, 30, 45)").orderBy("name").limit(7),
            all -> all.where("tags CONTAINS 'eu' AND age < 10").select("name", "age"),
            all -> all.where("tags CONTAINS 'eu' OR name = 'n7'"),
            all -> all.where("name LIKE 'n1%' OR age = 3").reversed().offset(2).limit(9),
            all -> all.where("active = true AND age > 40").orderBy("age DESC").limit(5),
            all -> all.orderBy("age").limit(12),
            all -> all.orderBy("age DESC").reversed().offset(3).limit(12).select("age", "$key AS k"),
            all -> all.keys("user:1*").where("age >= 10"),
            all -> all.where("age IS NULL").orderBy("role", "name DESC"),
            all -> all.where("lower(name) = 'n12'"),
            all -> all.where("age > 20 AND age < 10"));

    private void write(String branch, SplittableRandom random, int count) {
        db.branch(branch).run(tx -> write(tx, random, count));
    }

    private static void write(Transaction tx, SplittableRandom random, int count) {
        for (int i = 0; i < count; i++) {
            String key = "user:" + random.nextInt(ROWS);
            if (random.nextInt(6) == 0) {
                tx.space("people").delete(utf8(key));
            } else {
                tx.space("people").put(utf8(key), utf8(document(random)));
            }
        }
    }

    private static String document(SplittableRandom random) {
        int age = random.nextInt(60);
        return "{\"name\":\"n" + random.nextInt(40) + "\",\"role\":\"" + (random.nextInt(8) == 0 ? "admin" : "member")
                + "\",\"age\":" + (random.nextInt(9) == 0 ? "null" : age % 7 == 0 ? age + ".0" : age)
                + ",\"active\":" + random.nextBoolean()
                + ",\"tags\":[" + (random.nextBoolean() ? "\"eu\"" : "\"us\",\"staff\"") + "]}";
    }

    /// Working state, commits, branches and what a merge has left.
    private List<Function<String, Query>> states() {
        SplittableRandom random = new SplittableRandom(7);
        write("main", random, 2 * ROWS);
        db.commit("first");
        Snapshot first = db.at("main");
        db.branch("other", db.head());
        write("other", random, 30);
        db.branch("other").commit("other");
        write("main", random, 30);
        db.commit("second");
        Snapshot second = db.at("main");
        db.merge("other", Merge.into("main").resolving(Resolver.OURS));
        write("main", random, 20);
        write("other", random, 20);
        return List.of(first::query, second::query, db.at("main")::query, db.main()::query, db.branch("other")::query);
    }

    private void index() {
        db.projections().create("by_role", ProjectionDefinition.from("people").index("role", "age"));
        db.projections()
                .create(
                        "by_age",
                        ProjectionDefinition.from("people").index("age DESC").storing("name", "age"));
        db.projections().create("by_tag", ProjectionDefinition.from("people").index("EACH tags"));
        db.projections().create("of_names", ProjectionDefinition.from("people").index("name"));
        db.projections()
                .create(
                        "actives",
                        ProjectionDefinition.from("people")
                                .where("active = true")
                                .index("age"));
    }

    /// What a transaction sees at its beginning, after writes, after others, back at a savepoint, and after that.
    private List<String> seenBy(Transaction tx) {
        SplittableRandom random = new SplittableRandom(21);
        List<Function<String, Query>> here = List.of(tx::query);
        List<String> seen = new ArrayList<>(answers(here));
        for (int round = 0; round < 4; round++) {
            write(tx, random, 1 + 10 * round);
            seen.addAll(answers(here));
        }
        Transaction.Savepoint savepoint = tx.savepoint();
        write(tx, random, 20);
        seen.addAll(answers(here));
        tx.rollbackTo(savepoint);
        seen.addAll(answers(here));
        write(tx, random, 3);
        seen.addAll(answers(here));
        return seen;
    }

    @Test
    void aTransactionSeesTheSameWithIndexesAndWithout() {
        write("main", new SplittableRandom(5), 2 * ROWS);
        db.commit("first");
        write("main", new SplittableRandom(6), 30);
        try (Transaction plain = db.main().begin();
                Transaction indexed = db.main().begin()) {
            List<String> without = seenBy(plain);
            write("main", new SplittableRandom(22), 10); // which neither sees
            index();
            answers(List.of(db::query)); // makes them, for another state
            assertThat(indexed.query("people").where("role = 'admin'").explain().toString())
                    .contains("index by_role role = 'admin'");
            assertThat(seenBy(indexed)).isEqualTo(without);
        }
    }

    @Test
    void aTransactionFindsWhatItWroteByIndex() {
        write("main", new SplittableRandom(5), 2 * ROWS);
        index();
        answers(List.of(db::query)); // makes them
        db.projections().pause();
        write("main", new SplittableRandom(23), 20);
        db.commit("second"); // so that they are to be made for other trees, near those
        List<Row> rows = db.query("people").list();
        try (Transaction tx = db.main().begin()) {
            Query found = tx.query("people").where("role = 'owner'");
            assertThat(found.explain().toString()).contains("index by_role").doesNotContain("aside");
            assertThat(found.list()).isEmpty();
            tx.space("people").put("user:new", "{\"role\":\"owner\",\"age\":77}");
            assertThat(found.explain().toString()).contains("index by_role").doesNotContain("aside");
            assertThat(found.list()).extracting(Row::keyText).containsExactly("user:new");
            assertThat(found.count()).isEqualTo(1);
            assertThat(db.query("people").where("role = 'owner'").list()).isEmpty();
            tx.space("people").delete("user:new");
            assertThat(found.list()).isEmpty();
        }
        assertThat(db.query("people").list()).isEqualTo(rows);
    }

    @Test
    void anIndexThatIsNotReadyIsLeftAsideWhereThatIsAskedFor() {
        write("main", new SplittableRandom(5), 2 * ROWS);
        db.commit("first");
        db.projections().pause();
        index();
        Query admins = db.query("people").where("role = 'admin'");
        assertThat(admins.onlyFresh().explain().toString())
                .contains("scan people", "index by_role is not ready, and was left aside");
        try (Transaction tx = db.main().begin()) {
            assertThat(tx.query("people").where("role = 'admin'").explain().notes())
                    .containsExactly("index by_role is not ready, and was left aside");
        }
        List<Row> rows = admins.onlyFresh().list();
        assertThat(admins.explain().toString()).contains("index by_role").doesNotContain("aside");
        assertThat(admins.onlyFresh().explain().toString())
                .contains("index by_role")
                .doesNotContain("aside");
        assertThat(admins.onlyFresh().list()).isEqualTo(rows);
    }

    private static List<String> answers(List<Function<String, Query>> states) {
        List<String> answers = new ArrayList<>();
        for (Function<String, Query> state : states) {
            for (UnaryOperator<Query> asked : ASKED) {
                Query query = asked.apply(state.apply("people"));
                answers.add(query.list() + " " + query.count() + " " + paged(query));
            }
        }
        return answers;
    }

    private static List<Row> paged(Query query) {
        List<Row> rows = new ArrayList<>();
        Optional<String> next = Optional.of("");
        while (next.isPresent()) {
            RowPage page = rows.isEmpty() ? query.page(4) : query.page(4, next.get());
            rows.addAll(page.rows());
            next = page.next();
        }
        return rows;
    }

    @Test
    void theAnswerIsTheSameWithIndexesAndWithout() {
        List<Function<String, Query>> states = states();
        List<String> before = answers(states);
        Projections projections = db.projections();
        projections.create("by_role", ProjectionDefinition.from("people").index("role", "age"));
        assertThat(answers(states)).isEqualTo(before);
        projections.create(
                "by_age", ProjectionDefinition.from("people").index("age DESC").storing("name", "age"));
        projections.create("by_tag", ProjectionDefinition.from("people").index("EACH tags"));
        projections.create(
                "by_name", ProjectionDefinition.from("people").keys("user:*").index("lower(name)"));
        projections.create("of_names", ProjectionDefinition.from("people").index("name"));
        projections.create(
                "actives",
                ProjectionDefinition.from("people").where("active = true").index("age"));
        assertThat(answers(states)).isEqualTo(before);
        write("main", new SplittableRandom(9), 50);
        List<String> later = answers(states);
        projections.all().keySet().forEach(projections::drop);
        assertThat(answers(states)).isEqualTo(later);
    }

    @Test
    void whatAnIndexIsCountsFromTheMomentItIsDefined() {
        write("main", new SplittableRandom(3), 100);
        Query asked = db.query("people").where("role = 'admin' AND age = 30");
        List<Row> rows = asked.list();
        assertThat(asked.explain().toString()).contains("scan people");
        db.projections().create("found", "FROM people INDEX BY age");
        assertThat(asked.explain().toString()).contains("index found age = 30");
        db.projections().replace("found", "FROM people INDEX BY role, age");
        assertThat(asked.explain().toString()).contains("index found role = 'admin' AND age = 30");
        assertThat(asked.list()).isEqualTo(rows);
        db.projections().replace("found", "FROM people INDEX BY name");
        assertThat(asked.explain().toString()).contains("scan people");
        db.projections().drop("found");
        assertThat(asked.explain().toString()).contains("scan people");
        assertThat(asked.list()).isEqualTo(rows);
    }

    @Test
    void anIndexIsUsedWhereItHelps() {
        List<Function<String, Query>> states = states();
        db.projections().create("by_role", ProjectionDefinition.from("people").index("role", "age"));
        db.projections().create("members", ProjectionDefinition.from("people").where("role = 'member'"));
        db.projections()
                .create(
                        "members_by_age",
                        ProjectionDefinition.fromProjection("members").index("age"));
        for (Function<String, Query> state : states) {
            Query admins = state.apply("people").where("role = 'admin' AND age = 30");
            assertThat(admins.explain().toString()).contains("index by_role role = 'admin' AND age = 30");
        }
        Query young = db.main().projection("members").query().where("age < 3");
        assertThat(young.explain().toString()).contains("index members_by_age");
        assertThat(young.list())
                .isEqualTo(
                        db.query("people").where("role = 'member' AND age < 3").list());
    }
}
