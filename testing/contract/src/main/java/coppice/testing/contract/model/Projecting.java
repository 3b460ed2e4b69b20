package coppice.testing.contract.model;

import static coppice.testing.contract.model.State.latin;
import static org.assertj.core.api.Assertions.assertThat;

import coppice.api.Database;
import coppice.api.Snapshot;
import coppice.api.projection.Join;
import coppice.api.projection.Lookup;
import coppice.api.projection.ProjectionDefinition;
import coppice.api.projection.ProjectionView;
import coppice.api.query.Row;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/// Commands that read projections: whatever way a state came about, they are those of the same rows written at
/// once.
final class Projecting {
    private static final Map<String, ProjectionDefinition> DEFINITIONS = new TreeMap<>(Map.of(
            "by_a",
            ProjectionDefinition.from("s").index("a DESC", "$key").storing("b"),
            "counted",
            ProjectionDefinition.from("s").keys("k*").where("a IS NOT NULL").compute("twice", "2 * a"),
            "joined_twice",
            ProjectionDefinition.from("s")
                    .join(Join.left("t", "a", "a").fields("b"))
                    .join(Join.inner("t", "b", "b").field("third", "$key")),
            "joined",
            ProjectionDefinition.from("s")
                    .join(Join.left("t", "a", "a").fields("b").field("other", "$key"))));

    private Projecting() {}

    private static final ProjectionDefinition CHAINED =
            ProjectionDefinition.fromProjection("joined").index("other", "b");

    private static final ProjectionDefinition GROUPS = ProjectionDefinition.from("s")
            .groupBy("b")
            .count("rows")
            .sum("total", "a")
            .max("most", "c")
            .countDistinct("kinds", "c");

    private static void define(Database db) {
        DEFINITIONS.forEach(db.projections()::create);
        db.projections().create("chained", CHAINED);
        db.projections().create("groups", GROUPS);
    }

    /// Reads the projections of a working state.
    record Now(Command.On on) implements Command {
        @Override
        public void run(World world, Running running) {
            define(running.db(on.site()));
            compare(running, on.of(running)::projection, on.line(world).working);
        }
    }

    /// Reads the projections of an old commit.
    record Then(int site, Version at) implements Command {
        @Override
        public void run(World world, Running running) {
            define(running.db(site));
            Snapshot snapshot = running.db(site).at(at.id());
            compare(running, snapshot::projection, at.state());
        }
    }

    /// Changes a definition and changes it back, or drops it: it comes back when it is read.
    record Redefine(int site, boolean drops) implements Command {
        @Override
        public void run(World world, Running running) {
            Database db = running.db(site);
            define(db);
            if (drops) {
                db.projections().drop("groups");
            } else {
                db.projections()
                        .replace(
                                "groups",
                                ProjectionDefinition.from("t").groupBy().count("rows"));
                assertThat(db.projection("groups").count()).isLessThan(2);
                db.projections().replace("groups", GROUPS);
            }
        }
    }

    private static void compare(Running running, Function<String, ProjectionView> found, State state) {
        running.atOnce(state, clean -> {
            define(clean);
            for (String name : clean.projections().all().keySet()) {
                for (Lookup lookup : List.of(Lookup.all(), Lookup.all().reversed())) {
                    assertThat(shown(found.apply(name), lookup))
                            .as("projection %s", name)
                            .isEqualTo(shown(clean.projection(name), lookup));
                }
                assertThat(found.apply(name).get())
                        .as("projection %s", name)
                        .isEqualTo(clean.projection(name).rows(Lookup.all()).toList());
                assertThat(found.apply(name).count())
                        .isEqualTo(clean.projection(name).count());
            }
        });
    }

    private static List<String> shown(ProjectionView projection, Lookup lookup) {
        try (Stream<Row> rows = projection.rows(lookup);
                Stream<Row> entries = projection.entries(lookup)) {
            return Stream.concat(rows, entries)
                    .map(row -> latin(row.key()) + "=" + latin(row.document()))
                    .toList();
        }
    }
}
