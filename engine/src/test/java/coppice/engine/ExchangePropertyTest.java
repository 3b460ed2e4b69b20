package coppice.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coppice.api.Branch;
import coppice.api.Bundles;
import coppice.api.Commit;
import coppice.api.CommitId;
import coppice.api.Coppice;
import coppice.api.Database;
import coppice.api.Fetch;
import coppice.api.Merge;
import coppice.api.MergeOutcome;
import coppice.api.PullOutcome;
import coppice.api.Push;
import coppice.api.PushOutcome;
import coppice.api.Range;
import coppice.api.Resolver;
import coppice.testing.property.Gen;
import coppice.testing.property.Property;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Random work on three databases that fetch from, push to and pull from each other, beside a plain model: commits as
/// maps, and where each branch of each database is.
class ExchangePropertyTest {
    private static final int SIDES = 3;

    @TempDir
    Path directory;

    @Test
    void whatMovesIsWhatThePlainModelSays() {
        Property.forAll(Gen.ints(0, 1_000_000_000).list(5, 60)).runs(25).check(steps -> {
            try (World world = new World(directory)) {
                steps.forEach(world::step);
                world.compareAll();
            }
        });
    }

    private static final class World implements AutoCloseable {
        private final Path directory;
        private final List<Database> sides = new ArrayList<>();
        /// What each commit holds, and what it was made from.
        private final Map<CommitId, Map<String, String>> contents = new HashMap<>();

        private final Map<CommitId, List<CommitId>> parents = new HashMap<>();
        private final List<Map<String, CommitId>> heads = new ArrayList<>();

        World(Path directory) {
            this.directory = directory;
            for (int side = 0; side < SIDES; side++) {
                sides.add(Coppice.open("mem:property-" + side));
                heads.add(new TreeMap<>());
            }
            // All begin with the first one's history.
            for (int side = 1; side < SIDES; side++) {
                sides.get(side).remotes().add("r0", "mem:property-0");
                sides.get(side).remotes().fetch("r0");
                sides.get(side).branch("w", sides.get(0).head());
            }
            sides.get(0).branch("w", "main");
            Commit first = sides.get(0).head();
            contents.put(first.id(), new TreeMap<>());
            parents.put(first.id(), List.of());
            for (int side = 0; side < SIDES; side++) {
                for (int other = 0; other < SIDES; other++) {
                    if (other != side && sides.get(side).remotes().list().size() < SIDES - 1 && !(other == 0)) {
                        sides.get(side).remotes().add("r" + other, "mem:property-" + other);
                    } else if (side == 0 && other != 0) {
                        sides.get(side).remotes().add("r" + other, "mem:property-" + other);
                    }
                }
                heads.get(side).put("w", first.id());
            }
        }

        void step(int number) {
            SplittableRandom random = new SplittableRandom(number);
            int side = random.nextInt(SIDES);
            int other = (side + 1 + random.nextInt(SIDES - 1)) % SIDES;
            Set<String> names = heads.get(side).keySet();
            String branch = List.copyOf(names).get(random.nextInt(names.size()));
            switch (random.nextInt(10)) {
                case 0, 1, 2 -> commit(random, side, branch);
                case 3 -> create(random, side, branch);
                case 4, 5 -> fetch(side, other);
                case 6, 7 -> push(random, side, other, branch);
                case 8 -> pull(side, other, branch);
                default -> bundle(random, side, other);
            }
        }

        private void commit(SplittableRandom random, int side, String name) {
            Branch branch = sides.get(side).branch(name);
            TreeMap<String, String> content =
                    new TreeMap<>(contents.get(heads.get(side).get(name)));
            int first = random.nextInt(800);
            branch.run(tx -> {
                for (int row = random.nextInt(random.nextInt(10) == 0 ? 500 : 8); row >= 0; row--) {
                    String key = "k%04d".formatted((first + row) % 800);
                    if (random.nextInt(5) == 0) {
                        tx.space("rows").delete(key);
                        content.remove(key);
                    } else {
                        String value = random.nextInt(20) == 0
                                ? Long.toString(random.nextLong()).repeat(150)
                                : "v" + random.nextInt(1_000);
                        tx.space("rows").put(key, value);
                        content.put(key, value);
                    }
                }
            });
            made(side, name, branch.commit("c" + random.nextInt()), content);
        }

        private void made(int side, String branch, Commit commit, Map<String, String> content) {
            contents.putIfAbsent(commit.id(), content);
            parents.putIfAbsent(commit.id(), commit.parents());
            heads.get(side).put(branch, commit.id());
        }

        private void create(SplittableRandom random, int side, String from) {
            String name = "b" + random.nextInt(3);
            if (!heads.get(side).containsKey(name)) {
                sides.get(side).branch(name, from);
                heads.get(side).put(name, heads.get(side).get(from));
            }
        }

        private void fetch(int side, int other) {
            sides.get(side).remotes().fetch("r" + other, Fetch.all().pruning());
            heads.get(other).values().forEach(head -> compare(side, head));
        }

        private void push(SplittableRandom random, int side, int other, String branch) {
            boolean force = random.nextInt(4) == 0;
            Push push = force ? Push.branch(branch).forced() : Push.branch(branch);
            CommitId ours = heads.get(side).get(branch);
            CommitId theirs = heads.get(other).get(branch);
            PushOutcome outcome = sides.get(side).remotes().push("r" + other, push);
            if (ours.equals(theirs)) {
                assertThat(outcome).isInstanceOf(PushOutcome.UpToDate.class);
            } else if (theirs == null || force || ancestors(ours).contains(theirs)) {
                assertThat(outcome).isInstanceOf(PushOutcome.Pushed.class);
                heads.get(other).put(branch, ours);
                compare(other, ours);
            } else {
                assertThat(outcome).isInstanceOf(PushOutcome.Rejected.class);
            }
        }

        private void pull(int side, int other, String branch) {
            CommitId theirs = heads.get(other).get(branch);
            CommitId ours = heads.get(side).get(branch);
            if (theirs == null) {
                return;
            }
            Set<CommitId> bases = bases(ours, theirs);
            if (bases.size() > 1) {
                return; // what crossed histories merge to is another test's concern
            }
            PullOutcome outcome = sides.get(side)
                    .remotes()
                    .pull("r" + other, branch, Merge.into(branch).resolving(Resolver.THEIRS));
            if (ancestors(ours).contains(theirs)) {
                assertThat(outcome.merged()).isInstanceOf(MergeOutcome.UpToDate.class);
                return;
            }
            Commit merged = ((MergeOutcome.Merged) outcome.merged()).commit();
            if (ancestors(theirs).contains(ours)) {
                assertThat(merged.id()).isEqualTo(theirs);
                heads.get(side).put(branch, theirs);
            } else {
                made(side, branch, merged, merge(bases.iterator().next(), ours, theirs));
            }
            compare(side, merged.id());
        }

        private Map<String, String> merge(CommitId base, CommitId ours, CommitId theirs) {
            Map<String, String> merged = new TreeMap<>(contents.get(ours));
            Set<String> keys = new TreeSet<>(contents.get(theirs).keySet());
            keys.addAll(contents.get(base).keySet());
            for (String key : keys) {
                String after = contents.get(theirs).get(key);
                if (!Objects.equals(contents.get(base).get(key), after)) {
                    if (after == null) {
                        merged.remove(key);
                    } else {
                        merged.put(key, after);
                    }
                }
            }
            return merged;
        }

        private void bundle(SplittableRandom random, int side, int other) {
            Path file = directory.resolve("b" + random.nextInt(4) + ".bundle");
            Bundles.Choice all = Bundles.Choice.all();
            boolean incremental = random.nextBoolean();
            CommitId since = heads.get(other).get("w");
            boolean known = incremental && ancestorsOfAll(side).contains(since);
            sides.get(side).bundles().write(file, known ? all.since(since.hex()) : all);
            Database to = sides.get(other);
            if (to.remotes().list().stream()
                    .noneMatch(remote -> remote.location().equals(file.toString()))) {
                to.remotes().add("f" + random.nextInt(1_000_000), file.toString());
            }
            to.remotes().list().stream()
                    .filter(remote -> remote.location().equals(file.toString()))
                    .forEach(remote -> to.remotes().fetch(remote.name()));
            heads.get(side).values().forEach(head -> compare(other, head));
        }

        private Set<CommitId> ancestorsOfAll(int side) {
            Set<CommitId> all = new HashSet<>();
            heads.get(side).values().forEach(head -> all.addAll(ancestors(head)));
            return all;
        }

        /// A commit and all that it was made from.
        private Set<CommitId> ancestors(CommitId commit) {
            Set<CommitId> seen = new HashSet<>();
            List<CommitId> open = new ArrayList<>(List.of(commit));
            while (!open.isEmpty()) {
                CommitId next = open.removeLast();
                if (seen.add(next)) {
                    open.addAll(parents.get(next));
                }
            }
            return seen;
        }

        private Set<CommitId> bases(CommitId ours, CommitId theirs) {
            Set<CommitId> common = ancestors(ours);
            common.retainAll(ancestors(theirs));
            Set<CommitId> best = new HashSet<>(common);
            for (CommitId commit : common) {
                for (CommitId below : ancestors(commit)) {
                    if (!below.equals(commit)) {
                        best.remove(below);
                    }
                }
            }
            return best;
        }

        private void compare(int side, CommitId commit) {
            Map<String, String> found = new TreeMap<>();
            try (var cursor = sides.get(side).at(commit.hex()).space("rows").scan(Range.all())) {
                while (cursor.next()) {
                    found.put(new String(cursor.key(), UTF_8), new String(cursor.value(), UTF_8));
                }
            }
            assertThat(found).isEqualTo(contents.get(commit));
        }

        void compareAll() {
            for (int side = 0; side < SIDES; side++) {
                Map<String, CommitId> expected = heads.get(side);
                Database db = sides.get(side);
                expected.forEach(
                        (name, head) -> assertThat(db.branch(name).head().id()).isEqualTo(head));
                int at = side;
                ancestorsOfAll(side).forEach(commit -> compare(at, commit));
                assertThat(db.check().problems()).isEmpty();
            }
        }

        @Override
        public void close() {
            sides.forEach(Database::close);
        }
    }
}
