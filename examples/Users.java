import static coppice.api.projection.ProjectionDefinition.from;

import coppice.api.Coppice;
import coppice.api.Database;
import coppice.api.DatabaseException;
import coppice.api.schema.Field;
import coppice.api.schema.TypeDefinition;
import coppice.api.structure.Dict;
import java.time.Duration;
import java.util.Optional;

/// The users of an application and their sessions: typed records, unique addresses, found by role, changed
/// atomically, and as they were in any version.
///
/// Run it with the engine on the class path: `java -cp ... examples/Users.java DIRECTORY`. `DIRECTORY` is made.
public final class Users {
    record User(String name, String email, String role, int logins) {
        User loggedIn() {
            return new User(name, email, role, logins + 1);
        }

        User promoted() {
            return new User(name, email, "admin", logins);
        }
    }

    record Session(String user) {}

    public static void main(String[] arguments) {
        try (Database db = Coppice.open(arguments[0])) {
            db.schema()
                    .define(TypeDefinition.of("user", "users", Field.string("email").required().unique()));
            db.projections().create("by_role", from("users").index("role"));
            Dict<User> users = db.dict("users", User.class);
            users.put("ann", new User("Ann", "ann@example.org", "admin", 0));
            users.put("bob", new User("Bob", "bob@example.org", "viewer", 0));
            db.commit("Two users");

            Dict<Session> sessions = db.dict("sessions", Session.class);
            db.transact(transaction -> { // both, or neither
                transaction.dict("users", User.class).compute("bob", user -> user.map(User::loggedIn));
                transaction.dict("sessions", Session.class).put("s-1", new Session("bob"), Duration.ofHours(8));
                return true;
            });
            System.out.println("session of " + sessions.get("s-1").map(Session::user).orElse("nobody")
                    + " ends: " + sessions.expiry("s-1").isPresent());
            System.out.println("logins of bob: " + users.get("bob").orElseThrow().logins());

            try {
                users.put("cid", new User("Cid", "ann@example.org", "viewer", 0));
            } catch (DatabaseException.Incorrect refused) {
                System.out.println("refused: " + refused.code());
            }
            Optional<User> bob = users.get("bob");
            System.out.println("promoted: " + users.compareAndSet("bob", bob, bob.map(User::promoted)));
            System.out.println("promoted again: " + users.compareAndSet("bob", bob, bob.map(User::promoted)));
            db.commit("Bob is an admin");
            System.out.println("admins: " + db.query("users").where("role = 'admin'").count());
            System.out.println("admins before: " + db.at("HEAD~1").query("users").where("role = 'admin'").count());
        }
    }
}
