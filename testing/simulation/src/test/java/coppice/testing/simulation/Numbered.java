package coppice.testing.simulation;

import coppice.api.Branch;
import coppice.api.Database;
import coppice.api.Merge;
import coppice.api.Resolver;
import coppice.api.Space;
import coppice.api.SpaceView;
import coppice.api.Transaction;
import java.util.List;

/// Numbered transactions on branches, with commits, merges, branches, checkpoints and compactions between them:
/// from what is found later one sees which of them are there, and whether they are there as a whole.
final class Numbered {
    static final List<String> BRANCHES = List.of("main", "left", "right");

    /// Older rows are overwritten, so that finding out what is there stays quick.
    private static final int ROWS = 300;

    private Numbered() {}

    /// Makes the branches that are not there yet.
    static void prepare(Database db) {
        for (String name : BRANCHES) {
            if (db.branches().stream().noneMatch(branch -> branch.name().equals(name))) {
                db.branch(name, Database.MAIN);
            }
        }
    }

    /// The number of the last transaction on a branch, 0 before the first.
    ///
    /// @throws AssertionError when it is not there as a whole, or one before it is not
    static int last(Database db, String branch) {
        SpaceView space = db.branch(branch).space("s");
        int last = space.text("last").map(Integer::parseInt).orElse(0);
        for (int number = Math.max(1, last - ROWS + 1); number <= last; number++) {
            String found = space.text("row" + number % ROWS).orElse("nothing");
            if (!found.equals(value(number))) {
                throw new AssertionError("row " + number + " of " + last + " on " + branch + " is " + found);
            }
        }
        return last;
    }

    private static String value(int number) {
        return number + " " + "x".repeat(number * 7 % 500);
    }

    /// Writes one transaction; on one of the branches each is a version.
    static void write(Database db, String branch, int number) {
        if (branch.equals("right")) {
            db.branch(branch).commit("number " + number, tx -> write(tx, number));
        } else {
            db.branch(branch).run(tx -> write(tx, number));
        }
    }

    private static void write(Transaction tx, int number) {
        Space space = tx.space("s");
        space.put("row" + number % ROWS, value(number));
        space.put("last", "" + number);
    }

    /// What a branch goes through besides transactions, now and then.
    static void besides(Database db, String name, long moment) {
        Branch branch = db.branch(name);
        if (moment % 7 == 0) {
            branch.commit("at " + moment);
        }
        if (moment % 31 == 0 && name.equals("left")) {
            db.checkpoint();
        }
        if (moment % 53 == 0 && name.equals("right")) {
            db.gc();
        }
        if (moment % 17 == 0 && !name.equals(Database.MAIN)) {
            String scratch = "scratch-" + name;
            if (db.branches().stream().anyMatch(other -> other.name().equals(scratch))) {
                db.merge(name, Merge.into(scratch).resolving(Resolver.THEIRS));
                db.forceDeleteBranch(scratch);
            } else {
                db.branch(scratch, name + "~0");
            }
        }
    }
}
