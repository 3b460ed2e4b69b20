package coppice.testing.simulation;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import coppice.api.CheckOptions;
import coppice.api.Cursor;
import coppice.api.Database;
import coppice.api.Durability;
import coppice.api.Range;
import coppice.api.projection.Join;
import coppice.api.projection.Lookup;
import coppice.api.projection.ProjectionDefinition;
import coppice.api.query.Row;
import coppice.testing.simulation.Wrecks.Step;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The power goes, or the process is killed, in the midst of defining projections, making them, remembering what was
/// made, and of changing what they follow from: what they show afterwards follows from the rows that are there.
final class ProjectionsCrashTest {
    private static final long SEED = Long.getLong("coppice.seed", 20_261_129L);

    private static final ProjectionDefinition BY_AGE =
            ProjectionDefinition.from("users").index("age", "name");
    private static final ProjectionDefinition BY_NAME =
            ProjectionDefinition.from("users").where("age > 20").index("name").storing("age");

    /// What projections show of some rows, by definitions and rows: asked once.
    private final Map<String, Map<String, String>> expected = new HashMap<>();

    private static void begin(Database db) {
        db.main().run(tx -> {
            for (int i = 0; i < 40; i++) {
                tx.space("users").put("u" + i, user(i, i % 7));
                tx.space("orders").put("o" + i, "{\"user\":\"n" + i % 9 + "\",\"sum\":" + i + "}");
            }
        });
        db.commit("rows");
        db.projections().create("by_age", BY_AGE);
    }

    private static String user(int number, int age) {
        return "{\"name\":\"n" + number % 9 + "\",\"age\":" + (15 + age) + "}";
    }

    private static Step step(String name, Consumer<Database> work) {
        return new Step(name, work);
    }

    private static Step write(int from, int age) {
        return step(
                "write users from " + from,
                db -> db.main().run(tx -> {
                    for (int i = from; i < from + 5; i++) {
                        tx.space("users").put("u" + i, user(i + 1, age + i % 3));
                    }
                    tx.space("users").delete("u" + (from + 5));
                }));
    }

    private static Step read() {
        return step(
                "read",
                db -> db.projections()
                        .all()
                        .keySet()
                        .forEach(name -> db.projection(name).count()));
    }

    private static Step remember() {
        return step(
                "remember",
                db -> db.projections()
                        .all()
                        .keySet()
                        .forEach(name -> db.projections().rebuild(name)));
    }

    /// The rows, as far as projections are about them, and the definitions.
    private static Map<String, String> shown(Database db) {
        Map<String, String> all = new TreeMap<>();
        Dump.addState(all, "", db.main().snapshot());
        db.projections().all().forEach((name, definition) -> all.put("projection " + name, definition.toString()));
        return all;
    }

    private static Map<String, String> projected(Database db) {
        Map<String, String> all = new TreeMap<>();
        for (String name : db.projections().all().keySet()) {
            try (Stream<Row> rows = db.projection(name).entries(Lookup.all())) {
                rows.forEach(row -> all.put(
                        name + "/" + all.size(),
                        new String(row.key(), ISO_8859_1) + " " + new String(row.document(), ISO_8859_1)));
            }
        }
        return all;
    }

    /// What the same projections show of the same rows, written at once into a database of their own.
    private Map<String, String> followingFrom(Database db) {
        return expected.computeIfAbsent(shown(db).toString(), _ -> {
            try (Database clean = new Station(SEED).open(new SimulatedDisk(), Durability.NONE)) {
                for (String space : db.main().snapshot().spaces()) {
                    clean.main().run(tx -> {
                        try (Cursor cursor = db.main().snapshot().space(space).scan(Range.all())) {
                            while (cursor.next()) {
                                tx.space(space).put(cursor.key(), cursor.value());
                            }
                        }
                    });
                }
                define(clean, db.projections().all());
                return projected(clean);
            }
        });
    }

    private static void define(Database db, Map<String, ProjectionDefinition> definitions) {
        Map<String, ProjectionDefinition> left = new TreeMap<>(definitions);
        left.remove("chained"); // which needs another
        left.forEach(db.projections()::create);
        if (definitions.containsKey("chained")) {
            db.projections().create("chained", definitions.get("chained"));
        }
    }

    private void look(Database db, Map<String, String> before, Map<String, String> after) {
        assertThat(shown(db)).isIn(before, after);
        assertThat(projected(db)).isEqualTo(followingFrom(db));
        requireTrue(db);
        db.space("users").put("u7", user(99, 3));
        assertThat(projected(db)).isEqualTo(followingFrom(db));
    }

    private static void requireTrue(Database db) {
        assertThat(db.check(CheckOptions.defaults().thorough()).problems()).isEmpty();
    }

    @Test
    void projectionsFollowFromTheRowsThatAreThere() {
        List<Step> steps = List.of(
                step("define an index", db -> db.projections().create("by_name", BY_NAME)),
                read(),
                remember(),
                write(3, 5),
                read(),
                step("commit", db -> db.commit("more")),
                read(),
                write(20, 1),
                remember(),
                step(
                        "define groups",
                        db -> db.projections()
                                .create(
                                        "ages",
                                        ProjectionDefinition.from("users")
                                                .groupBy("age")
                                                .count("n")
                                                .min("first", "name"))),
                remember(),
                step(
                        "define a join",
                        db -> db.projections()
                                .create(
                                        "sales",
                                        ProjectionDefinition.from("orders")
                                                .join(Join.left("users", "user", "name")
                                                        .fields("age")))),
                step(
                        "define on a join",
                        db -> db.projections()
                                .create(
                                        "chained",
                                        ProjectionDefinition.fromProjection("sales")
                                                .index("age"))),
                remember(),
                step("checkpoint", Database::checkpoint),
                write(30, 2),
                read(),
                step("collect", Database::gc),
                step("discard", db -> db.main().discard()),
                remember(),
                step("drop", db -> db.projections().drop("by_name")),
                remember(),
                step("collect again", Database::gc));
        new Wrecks(SEED, ProjectionsCrashTest::shown).everywhere(ProjectionsCrashTest::begin, steps, this::look);
    }
}
