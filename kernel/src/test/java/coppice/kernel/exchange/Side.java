package coppice.kernel.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coppice.kernel.bytes.Hash;
import coppice.kernel.history.Catalog;
import coppice.kernel.history.Commit;
import coppice.kernel.history.CommitDraft;
import coppice.kernel.history.CommitLog;
import coppice.kernel.history.History;
import coppice.kernel.history.HistoryWalk.Generations;
import coppice.kernel.history.Reachable;
import coppice.kernel.history.SpaceRecord;
import coppice.kernel.store.Chunks;
import coppice.kernel.store.MemoryChunks;
import coppice.kernel.tree.ChunkWalk;
import coppice.kernel.tree.Cursor;
import coppice.kernel.tree.Edit;
import coppice.kernel.tree.Edits;
import coppice.kernel.tree.Nodes;
import coppice.kernel.tree.Tree;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// One of the two stores between which something moves.
final class Side {
    final Chunks chunks;
    final Nodes nodes;
    long floor;
    final History history;

    Side() {
        this(new MemoryChunks());
    }

    Side(Chunks chunks) {
        this.chunks = chunks;
        this.nodes = new Nodes(chunks, 16 << 20);
        this.history = new History(nodes, () -> floor);
    }

    /// How many chunks are in memory.
    long count() {
        return ((MemoryChunks) chunks).count();
    }

    /// Makes commits from a list of numbers: which commits each descends from, and what it changes.
    List<Hash> commits(List<Integer> steps) {
        List<Hash> commits = new ArrayList<>();
        for (int step : steps) {
            SplittableRandom random = new SplittableRandom(step);
            Set<Hash> parents = new TreeSet<>();
            for (int i = commits.isEmpty() ? 0 : 1 + random.nextInt(4) / 3; i > 0; i--) {
                parents.add(commits.get(Math.max(0, commits.size() - 1 - random.nextInt(4))));
            }
            commits.add(commit(random, commits.size(), List.copyOf(parents)));
        }
        return commits;
    }

    private Hash commit(SplittableRandom random, int number, List<Hash> parents) {
        Catalog catalog = parents.isEmpty()
                ? Catalog.empty(nodes)
                : Catalog.load(nodes, history.read(parents.getFirst()).catalog());
        for (int change = random.nextInt(3); change >= 0; change--) {
            catalog = changed(random, catalog, "space " + random.nextInt(3));
        }
        return history.commit(CommitDraft.of(catalog.root(), parents, "a", number, "commit " + number));
    }

    private Catalog changed(SplittableRandom random, Catalog catalog, String space) {
        TreeMap<Integer, Edit> edits = new TreeMap<>();
        int first = random.nextInt(2_000);
        for (int i = random.nextInt(random.nextInt(20) == 0 ? 3_000 : 20); i >= 0; i--) {
            int row = (first + random.nextInt(random.nextBoolean() ? 30 : 4_000)) % 4_000;
            edits.put(row, edit(random, row));
        }
        Tree rows = catalog.rows(space).apply(Edits.of(List.copyOf(edits.values())));
        Hash schema = random.nextInt(4) > 0
                ? null
                : Tree.empty(nodes)
                        .apply(Edits.of(List.of(Edit.put(new byte[] {1}, new byte[random.nextInt(40)]))))
                        .root();
        return catalog.with(space, SpaceRecord.of("dict", rows, schema));
    }

    private static Edit edit(SplittableRandom random, int row) {
        byte[] key = "%06d".formatted(row).getBytes(UTF_8);
        return switch (random.nextInt(12)) {
            case 0 -> Edit.delete(key);
            case 1 -> Edit.put(key, bytes(random, 2_000 + random.nextInt(40_000)));
            case 2 -> row % 40 == 0 ? Edit.put(key, long300(random, row)) : Edit.put(key, bytes(random, 90));
            default -> Edit.put(key, bytes(random, random.nextInt(100)));
        };
    }

    /// A value of several chunks, of which an edit changes few.
    private static byte[] long300(SplittableRandom random, int row) {
        byte[] value = bytes(new SplittableRandom(row), 300_000);
        value[random.nextInt(value.length)]++;
        return value;
    }

    private static byte[] bytes(SplittableRandom random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    /// Takes commits in from a source; `haves` are complete here.
    Moved take(ChunkWalk.Source from, List<Hash> wants, List<Hash> haves, @Nullable Hash similar) {
        Intake intake = new Intake(nodes, history, from, Progress.NONE);
        intake.commits(wants, haves, new Generations(floor, Long.MAX_VALUE), similar);
        return intake.moved();
    }

    /// Takes commits in from a source that gives all it has at once.
    Moved takeEverything(ChunkWalk.Source from, List<Hash> wants) {
        Intake intake = new Intake(nodes, history, from, Progress.NONE);
        intake.everything(4711);
        intake.commits(wants, List.of(), new Generations(floor, Long.MAX_VALUE), null);
        return intake.moved();
    }

    /// Everything that some commits need.
    Set<Hash> reachable(List<Hash> heads) {
        Set<Hash> live = new HashSet<>();
        Reachable reachable = new Reachable(nodes, history, live::add);
        heads.forEach(reachable::visitCommit);
        live.remove(Tree.empty(nodes).root());
        return live;
    }

    /// Reads and proves all of a commit and its history, with no node in memory; returns the names of its commits.
    List<Hash> proven(Hash head) {
        Nodes cold = new Nodes(chunks, 1 << 20);
        History all = new History(cold, () -> floor);
        Set<Hash> verified = new HashSet<>();
        List<Hash> names = new ArrayList<>();
        for (CommitLog log = all.log(List.of(head)); log.next(); ) {
            names.add(log.hash());
            all.check(log.hash());
            Commit commit = log.commit();
            Tree.load(cold, commit.closure()).verify(verified::add);
            Catalog catalog = Catalog.load(cold, commit.catalog());
            catalog.tree().verify(verified::add);
            for (Catalog.Space space : catalog.spaces()) {
                Tree rows = catalog.rows(space.name());
                rows.verify(verified::add);
                assertThat(rows.count()).isEqualTo(space.record().count());
                Hash schema = space.record().schema();
                if (schema != null) {
                    Tree.load(cold, schema).verify(verified::add);
                }
                Cursor cursor = rows.cursor();
                long length = 0;
                while (cursor.next()) {
                    length += cursor.value().length;
                }
                assertThat(length).isNotNegative();
            }
        }
        return names;
    }
}
