import static coppice.api.projection.ProjectionDefinition.from;
import static coppice.api.projection.ProjectionDefinition.fromProjection;

import coppice.api.Branch;
import coppice.api.Coppice;
import coppice.api.Database;
import coppice.api.Merge;
import coppice.api.projection.Join;
import coppice.api.projection.Lookup;
import coppice.api.query.Row;
import coppice.api.schema.Field;
import coppice.api.schema.TypeDefinition;
import java.util.stream.Stream;

/// A small shop: users, orders and admins, and views of them that are true on every branch and in every version.
///
/// Run it with the engine on the class path: `java -cp ... examples/Shop.java DIRECTORY`. `DIRECTORY` is made.
public final class Shop {
    private final Database db;

    private Shop(Database db) {
        this.db = db;
    }

    public static void main(String[] arguments) {
        try (Database db = Coppice.open(arguments[0])) {
            new Shop(db).run();
        }
    }

    private void run() {
        define();
        fill(db.main());
        db.commit("The shop opens");
        tell("Admins", "users_by_role", Lookup.equal("admin"));
        tell("Active admins", "active_admins", Lookup.all());
        tell("What users spent", "orders_stats_by_user", Lookup.all());
        tell("Orders with their users", "orders_with_user", Lookup.all());
        tryOnABranch();
        lookBack();
        ask();
    }

    /// Types say what documents look like, projections what follows from them. Both can come later.
    private void define() {
        db.schema()
                .define(TypeDefinition.of(
                                "user",
                                "users",
                                Field.string("name").required(),
                                Field.string("email").required().unique(),
                                Field.string("role").withDefault("\"viewer\""),
                                Field.string("status").withDefault("\"active\""))
                        .keys("user:{id}"));
        var views = db.projections();
        views.create("users_by_role", from("users").index("role"));
        views.create("users_by_role_and_status", from("users").index("role", "status"));
        views.create("active_admins", from("users").where("role = 'admin' AND status = 'active'").index("name"));
        views.create("users_enriched", from("users").compute("label", "name || ' <' || email || '>'"));
        views.create(
                "orders_stats_by_user",
                from("orders")
                        .groupBy("user")
                        .count("total_orders")
                        .sum("total_spent", "amount")
                        .average("avg_order", "amount"));
        views.create("orders_with_user", "FROM orders LEFT JOIN users ON user = $key FIELDS name, email");
        views.create("orders_by_email", fromProjection("orders_with_user").index("email", "amount DESC"));
        views.create(
                "revenue_by_role",
                from("orders")
                        .join(Join.inner("users", "user", "$key").fields("role"))
                        .groupBy("role")
                        .sum("revenue", "amount"));
    }

    private static void fill(Branch branch) {
        branch.run(tx -> {
            var users = tx.space("users");
            users.put("user:1", "{\"name\":\"Ann\",\"email\":\"ann@example.org\",\"role\":\"admin\"}");
            users.put("user:2", "{\"name\":\"Bob\",\"email\":\"bob@example.org\"}");
            users.put("user:3", """
                    {"name":"Cid","email":"cid@example.org","role":"admin","status":"away"}""");
            var orders = tx.space("orders");
            orders.put("order:1", "{\"user\":\"user:1\",\"amount\":30}");
            orders.put("order:2", "{\"user\":\"user:2\",\"amount\":12.50}");
            orders.put("order:3", "{\"user\":\"user:2\",\"amount\":7.50}");
            orders.put("order:4", "{\"user\":\"user:9\",\"amount\":1}");
        });
    }

    /// On a branch, all views are those of the branch; a merge brings them along.
    private void tryOnABranch() {
        Branch experiment = db.branch("experiment", db.head());
        experiment.run(tx -> tx.space("users").put("user:1", """
                {"name":"Ann","email":"ann@example.org","role":"viewer","status":"active"}"""));
        experiment.commit("Ann steps back");
        System.out.println("Active admins on main: " + db.projection("active_admins").count() + ", on the experiment: "
                + experiment.projection("active_admins").count());
        db.merge("experiment", Merge.into("main"));
        tell("Revenue by role after the merge", "revenue_by_role", Lookup.all());
    }

    /// An index of today answers for what was before it.
    private void lookBack() {
        db.projections().create("users_by_email", from("users").index("email").unique());
        String then = db.at("HEAD~1")
                .projection("users_by_email")
                .get("ann@example.org")
                .getFirst()
                .text();
        System.out.println("Ann, one version ago: " + then);
    }

    /// A query says what is wanted, and not which views to use.
    private void ask() {
        var cheap = db.projection("orders_with_user").query().where("amount < ? AND name IS NOT NULL", 20);
        var rows = cheap.orderBy("amount DESC").select("name", "amount").list();
        System.out.println("Small orders of users: " + rows.stream().map(Row::text).toList());
    }

    private void tell(String title, String projection, Lookup lookup) {
        System.out.println(title + ":");
        try (Stream<Row> rows = db.projection(projection).rows(lookup)) {
            rows.forEach(row -> System.out.println("  " + row.text()));
        }
    }
}
