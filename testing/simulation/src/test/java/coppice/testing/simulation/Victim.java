package coppice.testing.simulation;

import coppice.api.Compression;
import coppice.api.Coppice;
import coppice.api.Database;
import coppice.api.Durability;
import coppice.api.Options;

/// A process that writes until it is killed. It first says what it finds, one line for each branch, and `ready`;
/// then each of its threads writes numbered transactions on a branch of its own, saying `ack BRANCH NUMBER` after
/// each.
final class Victim {
    private Victim() {}

    /// Arguments: the directory, and what makes this run differ from others.
    public static void main(String[] arguments) throws InterruptedException {
        Options options = Options.defaults()
                .with(Durability.SYNC)
                .with(Compression.ADAPTIVE)
                .withMemoryBytes(Options.MEMORY_BYTES_MIN);
        Database db = Coppice.open(arguments[0], options);
        long seed = Long.parseLong(arguments[1]);
        Numbered.prepare(db);
        for (String branch : Numbered.BRANCHES) {
            say("found " + branch + " " + Numbered.last(db, branch));
        }
        say("ready");
        for (String branch : Numbered.BRANCHES) {
            Thread.ofPlatform().start(() -> write(db, branch, seed));
        }
        Thread.currentThread().join(); // until killed
    }

    private static void say(String line) {
        synchronized (System.out) {
            System.out.print(line + "\n"); // one write, so that a kill does not cut it
            System.out.flush();
        }
    }

    private static void write(Database db, String branch, long seed) {
        int number = Numbered.last(db, branch);
        while (true) {
            Numbered.write(db, branch, ++number);
            say("ack " + branch + " " + number);
            Numbered.besides(db, branch, number + seed);
        }
    }
}
