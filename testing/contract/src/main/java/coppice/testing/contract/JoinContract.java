package coppice.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.api.Branch;
import coppice.api.DatabaseException;
import coppice.api.Merge;
import coppice.api.Resolver;
import coppice.api.Snapshot;
import coppice.api.Transaction;
import coppice.api.projection.Lookup;
import coppice.api.query.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Joins in the midst of whatever happens to their sides.
abstract class JoinContract extends Contract {
    private static final int USERS = 8;
    private static final int ORDERS = 30;

    @BeforeEach
    void define() {
        db.projections().create("sold", "FROM orders JOIN users ON user = $key FIELDS role");
        db.projections().create("all", "FROM orders LEFT JOIN users ON user = $key FIELDS role");
        db.projections()
                .create("revenue", "FROM PROJECTION sold GROUP BY role MEASURE SUM(amount) AS sum, COUNT(*) AS n");
        db.projections().create("by_role", "FROM PROJECTION all INDEX BY role, amount DESC");
    }

    private static void order(Transaction transaction, int number, int user, int amount, String more) {
        transaction.space("orders").put("o" + number, "{\"user\":\"u" + user + "\",\"amount\":" + amount + more + "}");
    }

    private static void user(Transaction transaction, int number, String role) {
        transaction.space("users").put("u" + number, "{\"role\":\"" + role + "\"}");
    }

    /// What was folded is more than is remembered of folds.
    @Test
    void oneSideChangesByMoreThanFits() {
        String pad = ",\"pad\":\"" + "x".repeat(5_000) + "\"";
        db.main().run(transaction -> {
            user(transaction, 0, "a");
            order(transaction, 0, 0, 1, "");
        });
        db.commit("one");
        assertThat(db.projection("sold").count()).isOne();
        db.main().run(transaction -> user(transaction, 1, "b"));
        for (int from = 0; from < 2_500; from += 500) {
            int begin = from;
            db.main().run(transaction -> {
                for (int i = begin; i < begin + 500; i++) {
                    order(transaction, i + 1, 1, 1, pad);
                }
            });
        }
        db.commit("two");
        assertThat(db.projection("sold").count()).isEqualTo(2_501);
        db.main().run(transaction -> user(transaction, 1, "c"));
        assertThat(db.projection("revenue").query().list())
                .extracting(row -> row.value("n").orElseThrow())
                .containsExactly(1L, 2_500L);
    }

    @Test
    void eachSideComesFromAnotherBranch() {
        Branch trial = db.branch("trial", db.head());
        trial.run(transaction -> {
            user(transaction, 0, "b");
            order(transaction, 2, 3, 1, "");
        });
        assertThat(trial.projection("sold").count()).isZero();
        trial.commit("user");
        db.main().run(transaction -> order(transaction, 1, 0, 1, ""));
        db.main().commit("order");
        db.merge("trial", Merge.into("main"));
        assertThat(db.projection("sold").count()).isOne();
        assertThat(db.projection("all").count()).isEqualTo(2);
    }

    @Test
    void isWhatItWouldBeMadeAnewAfterAnyHistory() {
        for (int seed = 0; seed < 4; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            List<String> branches = new ArrayList<>(List.of("main"));
            for (int step = 0; step < 150; step++) {
                String name = branches.get(random.nextInt(branches.size()));
                Branch branch = db.branch(name);
                switch (random.nextInt(10)) {
                    case 0 -> branch.commit("step");
                    case 1 -> fork(branch, "s" + seed + "b" + step, branches);
                    case 2 -> merge(branches.get(random.nextInt(branches.size())), branch);
                    case 3 -> db.checkpoint();
                    case 4 -> branch.discard();
                    default -> branch.run(transaction -> write(transaction, random));
                }
                if (random.nextInt(3) > 0) {
                    check(random.nextInt(3) == 0 ? db.at(name) : branch.snapshot());
                }
            }
        }
    }

    private void fork(Branch branch, String name, List<String> branches) {
        branch.commit("fork");
        db.branch(name, branch.head());
        branches.add(name);
    }

    private void merge(String source, Branch into) {
        db.branch(source).commit("theirs");
        into.commit("ours");
        try {
            db.merge(source, Merge.into(into.name()).resolving(Resolver.THEIRS));
        } catch (DatabaseException.Incorrect itself) {
            assertThat(source).isEqualTo(into.name());
        }
    }

    private static void write(Transaction transaction, SplittableRandom random) {
        for (int i = random.nextInt(1, 10); i > 0; i--) {
            int number = random.nextInt(ORDERS);
            if (random.nextInt(3) > 0) {
                order(transaction, number, random.nextInt(USERS + 2), random.nextInt(5), "");
            } else if (random.nextInt(3) > 0) {
                user(transaction, number % USERS, random.nextBoolean() ? "a" : "b");
            } else {
                transaction.space("orders").delete("o" + number);
                transaction.space("users").delete("u" + number % USERS);
            }
        }
    }

    private static void check(Snapshot state) {
        Map<String, Object> roles = new HashMap<>();
        state.query("users")
                .list()
                .forEach(user -> roles.put(user.keyText(), user.value("role").orElseThrow()));
        List<String> inner = new ArrayList<>();
        List<String> outer = new ArrayList<>();
        Map<String, Long> sums = new TreeMap<>();
        Map<String, Long> counts = new TreeMap<>();
        for (Row order : state.query("orders").list()) {
            Optional<Object> role =
                    Optional.ofNullable(roles.get(order.value("user").orElseThrow()));
            outer.add(order.value("user") + " " + order.value("amount") + " " + role);
            role.ifPresent(one -> {
                inner.add(order.value("user") + " " + order.value("amount") + " " + role);
                sums.merge((String) one, (Long) order.value("amount").orElseThrow(), Long::sum);
                counts.merge((String) one, 1L, Long::sum);
            });
        }
        assertThat(joined(state, "sold")).isEqualTo(inner);
        assertThat(joined(state, "all")).isEqualTo(outer);
        Map<String, Long> foundSums = new TreeMap<>();
        Map<String, Long> foundCounts = new TreeMap<>();
        for (Row group : state.projection("revenue").query().list()) {
            String role = (String) group.value("role").orElseThrow();
            foundSums.put(role, (Long) group.value("sum").orElseThrow());
            foundCounts.put(role, (Long) group.value("n").orElseThrow());
        }
        assertThat(foundSums).isEqualTo(sums);
        assertThat(foundCounts).isEqualTo(counts);
        for (String role : List.of("a", "b")) {
            assertThat(state.projection("by_role").count(Lookup.equal(role))).isEqualTo(counts.getOrDefault(role, 0L));
        }
    }

    private static List<String> joined(Snapshot state, String projection) {
        return state.projection(projection).query().list().stream()
                .map(row -> row.value("user") + " " + row.value("amount") + " " + row.value("role"))
                .toList();
    }
}
