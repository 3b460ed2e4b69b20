package coppice.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.api.DatabaseException;
import coppice.api.query.Query;
import coppice.api.schema.Existing;
import coppice.api.schema.Field;
import coppice.api.schema.TypeDefinition;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/// What types say can never be, where it is asked for.
abstract class DeclaredContract extends Contract {
    private static final TypeDefinition ITEM =
            TypeDefinition.of("item", "items", Field.string("name"), Field.integer("price"));

    private static void never(String why, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(DatabaseException.Incorrect.class).hasMessageContaining(why);
    }

    @Test
    void queriesForWhatCanNeverBeAreRefusedWithTheReason() {
        db.schema().define(ITEM);
        never("price is a number", () -> db.query("items").where("name = 'x' AND price = '1'"));
        never(
                "WHERE takes a boolean, and price is a number",
                () -> db.query("items").where("price"));
        never("lower takes a text", () -> db.query("items").orderBy("name", "lower(price) DESC"));
        never("+ takes a number", () -> db.query("items").select("name", "name + 1 AS more"));
        never("price is a number", () -> db.main().run(tx -> tx.query("items").where("price = '1'")));
        assertThat(db.query("items").where("other = 'x' AND price = ?", 1).count())
                .isZero();
        db.schema().define(ITEM.closed());
        never(
                "no document can have pric: did you mean price?",
                () -> db.query("items").where("pric = 1"));
        db.commit("typed");
        db.schema().drop("item");
        assertThat(db.query("items").orderBy("pric").count()).isZero();
        never("did you mean price?", () -> db.at("main").query("items").orderBy("pric"));
    }

    @Test
    void whatIsNotKnownOfAllRowsIsNotHeldAgainstAnybody() {
        db.space("items").put("1", "{\"price\":\"1\"}");
        db.schema().define(ITEM, Existing.NOT_VALID);
        assertThat(db.query("items").where("price = '1'").count()).isOne();
        db.space("items").put("1", "{\"price\":1}");
        db.schema().validate("item");
        never("price is a number", () -> db.query("items").where("price = '1'"));
        db.schema().define(ITEM.keys("item:{id}"));
        assertThat(db.query("items").where("price = '1'").count()).isZero();
    }

    @Test
    void typesOfSomeKeysSpeakForQueriesThatAskForNoOthers() {
        db.schema().define(ITEM.keys("item:{shop}:{id}").closed());
        Query items = db.query("items");
        never("price is a number", () -> items.keys("item:*:*").where("price = '1'"));
        never("price is a number", () -> items.keys("item:*:4?").where("price = '1'"));
        never("price is a number", () -> items.where("price = '1'").keys("item:a:*"));
        never("did you mean price?", () -> items.keys("item:a:*").orderBy("pric"));
        never("did you mean price?", () -> items.select("pric").orderBy("name").keys("item:a:*"));
        for (String more : List.of("*", "item*", "item:*", "item:??", "?tem:a:*")) {
            assertThat(items.keys(more).where("price = '1' OR pric = 2").count())
                    .isZero();
        }
        refused("did you mean price?", "FROM items KEYS 'item:a:*' INDEX BY pric");
        db.projections().create("every", "FROM items KEYS 'item*' INDEX BY pric");
        db.schema().define(ITEM.keys("{id}.json"));
        assertThat(items.keys("*.json").where("price = '1'").count()).isZero(); // nor are those for all: a.json.json
    }

    @Test
    void projectionsOfWhatCanNeverBeAreRefusedWithTheReason() {
        db.schema().define(ITEM);
        refused("price is a number", "FROM items WHERE price = '1' INDEX BY name");
        refused("lower takes a text", "FROM items INDEX BY lower(price)");
        refused("lower takes a text", "FROM items COMPUTE lower(price) AS low");
        refused("SUM takes a number, and name is a text", "FROM items GROUP BY price MEASURE SUM(name) AS sum");
        refused("WHERE takes a boolean", "FROM items WHERE price INDEX BY name");
        refused("+ takes a number", "FROM items GROUP BY price MEASURE SUM(name + 1) AS sum");
        refused("+ takes a number", "FROM orders JOIN items ON item = price + name FIELDS name");
        refused("+ takes a number", "FROM items JOIN orders ON price + name = item FIELDS other");
        db.projections().create("p", "FROM items COMPUTE 'x' AS price WHERE price = 'x' INDEX BY other");
        db.projections().create("q", "FROM items JOIN orders ON price = item FIELDS name WHERE name = 1");
        never("name is a text", () -> db.projections().replace("p", "FROM items WHERE name = 1 INDEX BY name"));
        assertThat(db.projections().text("p")).contains("COMPUTE");
    }

    private void refused(String why, String definition) {
        never(why, () -> db.projections().create("p", definition));
    }
}
