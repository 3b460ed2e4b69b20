package coppice.testing.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.Batch;
import coppice.api.Branch;
import coppice.api.Database;
import coppice.api.Entry;
import coppice.api.Merge;
import coppice.api.Resolver;
import coppice.api.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/// Random work on a database, one acknowledged step after the other; the same for the same seed.
final class Life {
    /// Something to do, all or nothing.
    record Step(String name, Consumer<Database> work) {
        @Override
        public String toString() {
            return name;
        }
    }

    private final SplittableRandom random;

    Life(long seed) {
        random = new SplittableRandom(seed);
    }

    /// The next step, one that is possible in this state of the database.
    Step next(Database db) {
        List<Branch> branches = db.branches();
        Branch branch = branches.get(random.nextInt(branches.size()));
        return switch (random.nextInt(24)) {
            case 0, 1, 2, 3, 4, 5 -> put(branch);
            case 6, 7 -> delete(branch);
            case 8, 9 -> batch(branch);
            case 10, 11 -> transaction(branch);
            case 12, 13, 14 -> commit(branch);
            case 15, 16 -> create(branches, branch);
            case 17 -> drop(branch);
            case 18, 19, 20 -> merge(branches, branch);
            case 21 -> new Step("checkpoint", Database::checkpoint);
            case 22 -> random.nextBoolean() ? new Step("compact", Database::compact) : discard(branch);
            default -> load(branch);
        };
    }

    private String key() {
        return "k" + random.nextInt(60);
    }

    private String value() {
        return switch (random.nextInt(6)) {
            case 0 -> "x".repeat(random.nextInt(600));
            case 1 -> Long.toHexString(random.nextLong()).repeat(random.nextInt(200));
            default -> "v" + random.nextInt(1_000);
        };
    }

    private String space() {
        return random.nextInt(3) == 0 ? "t" : "s";
    }

    private Step put(Branch branch) {
        String space = space();
        String key = key();
        String value = value();
        return new Step(
                "put " + key + " on " + branch.name(),
                db -> db.branch(branch.name()).space(space).put(key, value));
    }

    private Step delete(Branch branch) {
        String space = space();
        String key = key();
        return new Step(
                "delete " + key + " on " + branch.name(),
                db -> db.branch(branch.name()).space(space).delete(key));
    }

    private Step batch(Branch branch) {
        Batch batch = new Batch();
        for (int i = random.nextInt(20); i > 0; i--) {
            batch.put(key().getBytes(UTF_8), value().getBytes(UTF_8)).delete(key().getBytes(UTF_8));
        }
        String space = space();
        return new Step(
                "batch of " + batch.size() + " on " + branch.name(),
                db -> db.branch(branch.name()).space(space).apply(batch));
    }

    private Step transaction(Branch branch) {
        List<String> keys = new ArrayList<>();
        List<String> values = new ArrayList<>();
        for (int i = random.nextInt(12); i >= 0; i--) {
            keys.add(key());
            values.add(value());
        }
        return new Step("transaction of " + keys.size() + " on " + branch.name(), db -> {
            try (Transaction tx = db.branch(branch.name()).begin()) {
                for (int i = 0; i < keys.size(); i++) {
                    tx.space(i % 2 == 0 ? "s" : "t").put(keys.get(i), values.get(i));
                }
                tx.commit();
            }
        });
    }

    private Step commit(Branch branch) {
        String message = "commit " + random.nextInt(1_000);
        return new Step(
                "commit " + branch.name(), db -> db.branch(branch.name()).commit(message));
    }

    private Step create(List<Branch> branches, Branch from) {
        String name = "b" + random.nextInt(4);
        if (branches.stream().anyMatch(branch -> branch.name().equals(name))) {
            return commit(from);
        }
        return new Step("create " + name + " from " + from.name(), db -> db.branch(name, from.name()));
    }

    private Step drop(Branch branch) {
        if (branch.name().equals(Database.MAIN)) {
            return put(branch);
        }
        return new Step("drop " + branch.name(), db -> db.deleteBranch(branch.name()));
    }

    private Step merge(List<Branch> branches, Branch into) {
        Branch source = branches.get(random.nextInt(branches.size()));
        if (into.hasChanges()) {
            return commit(into);
        }
        Merge plain = Merge.into(into.name()).resolving(random.nextBoolean() ? Resolver.THEIRS : Resolver.NONE);
        Merge merge = random.nextBoolean() ? plain : plain.noFastForward();
        return new Step("merge " + source.name() + " into " + into.name(), db -> db.merge(source.name(), merge));
    }

    private Step discard(Branch branch) {
        return new Step(
                "discard " + branch.name(), db -> db.branch(branch.name()).discard());
    }

    private Step load(Branch branch) {
        List<Entry> entries = new ArrayList<>();
        int rows = random.nextInt(150);
        for (int i = 0; i < rows; i++) {
            entries.add(new Entry("r%04d".formatted(i).getBytes(UTF_8), value().getBytes(UTF_8)));
        }
        if (branch.space("loaded").count() > 0) {
            return transaction(branch);
        }
        return new Step(
                "load " + rows + " on " + branch.name(),
                db -> db.branch(branch.name()).load("loaded", entries.iterator()));
    }
}
