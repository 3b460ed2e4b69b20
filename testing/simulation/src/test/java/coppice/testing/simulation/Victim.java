package coppice.testing.simulation;

import coppice.api.Branch;
import coppice.api.Compression;
import coppice.api.Coppice;
import coppice.api.Database;
import coppice.api.Durability;
import coppice.api.Merge;
import coppice.api.Options;
import coppice.api.Resolver;
import coppice.api.Space;
import coppice.api.SpaceView;
import java.util.List;

/// A process that writes until it is killed. It first says what it finds, one line for each branch, and `ready`;
/// then each of its threads writes numbered transactions on a branch of its own, saying `ack BRANCH NUMBER` after
/// each.
final class Victim {
    static final List<String> BRANCHES = List.of("main", "left", "right");

    /// Older rows are overwritten, so that finding out what is there stays quick.
    private static final int ROWS = 300;

    private Victim() {}

    /// Arguments: the directory, and what makes this run differ from others.
    public static void main(String[] arguments) throws InterruptedException {
        Options options = Options.defaults()
                .with(Durability.SYNC)
                .with(Compression.NONE)
                .withMemoryBytes(Options.MEMORY_BYTES_MIN);
        Database db = Coppice.open(arguments[0], options);
        long seed = Long.parseLong(arguments[1]);
        for (String name : BRANCHES) {
            if (db.branches().stream().noneMatch(branch -> branch.name().equals(name))) {
                db.branch(name, "main");
            }
            say("found " + name + " " + verify(db.branch(name).space("s")));
        }
        say("ready");
        for (String name : BRANCHES) {
            Thread.ofPlatform().start(() -> write(db, name, seed));
        }
        Thread.currentThread().join(); // until killed
    }

    private static void say(String line) {
        synchronized (System.out) {
            System.out.print(line + "\n");
            System.out.flush();
        }
    }

    /// The number of the last transaction found, all of whose predecessors are there, or what is wrong.
    static String verify(SpaceView space) {
        int last = space.text("last").map(Integer::parseInt).orElse(0);
        for (int number = Math.max(1, last - ROWS + 1); number <= last; number++) {
            String expected = value(number);
            if (!space.text("row" + number % ROWS).map(expected::equals).orElse(false)) {
                return "WRONG: row " + number + " of " + last + " is " + space.text("row" + number % ROWS);
            }
        }
        return "" + last;
    }

    private static String value(int number) {
        return number + " " + "x".repeat(number * 7 % 500);
    }

    private static void write(Database db, String name, long seed) {
        Branch branch = db.branch(name);
        int number = Integer.parseInt(verify(branch.space("s")));
        while (true) {
            int next = ++number;
            branch.run(tx -> {
                Space space = tx.space("s");
                space.put("row" + next % ROWS, value(next));
                space.put("last", "" + next);
            });
            say("ack " + name + " " + next);
            besides(db, branch, next + seed);
        }
    }

    /// What a branch goes through besides transactions.
    private static void besides(Database db, Branch branch, long moment) {
        if (moment % 7 == 0) {
            branch.commit("up to " + moment);
        }
        if (moment % 31 == 0 && branch.name().equals("left")) {
            db.checkpoint();
        }
        if (moment % 53 == 0 && branch.name().equals("right")) {
            db.compact();
        }
        if (moment % 17 == 0 && !branch.name().equals("main")) {
            String scratch = "scratch-" + branch.name();
            if (db.branches().stream().anyMatch(other -> other.name().equals(scratch))) {
                db.merge(branch.name(), Merge.into(scratch).resolving(Resolver.THEIRS));
                db.deleteBranch(scratch);
            } else {
                db.branch(scratch, branch.name() + "~0");
            }
        }
    }
}
