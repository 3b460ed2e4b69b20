package coppice.testing.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.Batch;
import coppice.api.Branch;
import coppice.api.CommitMessage;
import coppice.api.Database;
import coppice.api.DatabaseException;
import coppice.api.Entry;
import coppice.api.ErrorCode;
import coppice.api.Merge;
import coppice.api.Reset;
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
        List<Branch> branches =
                db.branches().stream().map(info -> db.branch(info.name())).toList();
        Branch branch = branches.get(random.nextInt(branches.size()));
        return switch (random.nextInt(28)) {
            case 0, 1, 2, 3, 4, 5 -> put(branch);
            case 6, 7 -> delete(branch);
            case 8, 9 -> batch(branch);
            case 10, 11 -> transaction(branch);
            case 12, 13, 14 -> commit(branch);
            case 15, 16 -> create(branches, branch);
            case 17 -> drop(branch);
            case 18, 19, 20 -> merge(branches, branch);
            case 21 -> new Step("checkpoint", Database::checkpoint);
            case 22 -> random.nextBoolean() ? new Step("gc", Database::gc) : discard(branch);
            case 23 -> rename(branches, branch);
            case 24 -> tag(db, branch);
            case 25 -> reset(branch);
            case 26 -> random.nextBoolean() ? amend(branch) : undo();
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
        boolean isVersion = random.nextBoolean();
        return new Step((isVersion ? "version" : "transaction") + " of " + keys.size() + " on " + branch.name(), db -> {
            try (Transaction tx = db.branch(branch.name()).begin()) {
                for (int i = 0; i < keys.size(); i++) {
                    tx.space(i % 2 == 0 ? "s" : "t").put(keys.get(i), values.get(i));
                }
                if (isVersion) {
                    tx.commit(CommitMessage.of("version"));
                } else {
                    tx.commit();
                }
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
        return new Step("drop " + branch.name(), db -> db.forceDeleteBranch(branch.name()));
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

    private Step rename(List<Branch> branches, Branch branch) {
        String name = "b" + random.nextInt(4);
        if (branch.name().equals(Database.MAIN)
                || branches.stream().anyMatch(other -> other.name().equals(name))) {
            return commit(branch);
        }
        return new Step("rename " + branch.name() + " to " + name, db -> db.renameBranch(branch.name(), name));
    }

    private Step tag(Database db, Branch branch) {
        String name = "v" + random.nextInt(3);
        if (db.tags().find(name).isPresent()) {
            return new Step("untag " + name, other -> other.tags().delete(name));
        }
        return new Step(
                "tag " + name + " at " + branch.name(), other -> other.tags().create(name, branch.name()));
    }

    private Step reset(Branch branch) {
        Reset how = random.nextBoolean() ? Reset.SOFT : Reset.HARD;
        String to = branch.head().parents().isEmpty() ? branch.name() : branch.name() + "~1";
        return new Step(
                "reset " + branch.name() + " " + how,
                db -> db.branch(branch.name()).reset(to, how));
    }

    private Step amend(Branch branch) {
        if (branch.head().parents().isEmpty()) {
            return commit(branch);
        }
        return new Step("amend " + branch.name(), db -> db.branch(branch.name()).amend(CommitMessage.of("amended")));
    }

    private static Step undo() {
        return new Step("undo", db -> {
            try {
                db.undo();
            } catch (DatabaseException.Incorrect refused) {
                if (refused.code() != ErrorCode.CANNOT_UNDO) {
                    throw refused;
                }
            }
        });
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
