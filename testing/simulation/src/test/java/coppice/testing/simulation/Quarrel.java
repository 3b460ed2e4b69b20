package coppice.testing.simulation;

import coppice.api.Branch;
import coppice.api.Database;
import coppice.testing.simulation.Wrecks.Step;

/// Two branches that disagree about four keys, and what is done with any database.
final class Quarrel {
    private Quarrel() {}

    /// `main` and `topic`.
    static void begin(Database db) {
        change(db.main(), "base", "only here");
        Branch topic = db.branch("topic", "main");
        change(topic, "theirs", "only there");
        change(db.main(), "ours", "");
    }

    /// A commit that gives all four keys a value.
    static void change(Branch branch, String value, String other) {
        branch.run(tx -> {
            for (int i = 0; i < 4; i++) {
                tx.space("s").put("k" + i, value);
            }
            tx.space("t").put(value, other);
        });
        branch.commit(value);
    }

    /// Everything goes to where it stays.
    static Step care() {
        return new Step("care", db -> {
            db.checkpoint();
            db.gc();
        });
    }
}
