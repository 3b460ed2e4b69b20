package coppice.engine.repair;

import coppice.engine.live.RefNames;
import coppice.engine.live.Reflog;
import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Hash;
import coppice.kernel.history.Catalog;
import coppice.kernel.history.Commit;
import coppice.kernel.history.RefValue;
import coppice.kernel.history.Refs;
import coppice.kernel.store.MissingChunkException;
import coppice.kernel.store.PackDamage;
import coppice.kernel.store.PackStore;
import coppice.kernel.store.PackVisitor;
import coppice.kernel.tree.Nodes;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/// What lies among the chunks of a database of which nothing says any more what counts: tables of refs as of some
/// checkpoints, and commits. Reads every chunk once more. Good for one look.
final class Excavation {
    private static final String SYSTEM = RefNames.head(RefNames.SYSTEM);

    private final Nodes nodes;
    private final ConcurrentLinkedQueue<Table> tables = new ConcurrentLinkedQueue<>();
    private final Map<Hash, Commit> commits = new ConcurrentHashMap<>();

    /// A table of refs.
    ///
    /// @param lsn the latest position of the journal that it knows of
    /// @param moves how many entries the reflog has with it
    /// @param count how many refs are in it: of a table in several nodes, the root has them all
    record Table(Hash root, long lsn, long moves, long count) {
        private static final Comparator<Table> BY_AGE = Comparator.comparingLong(Table::lsn)
                .thenComparingLong(Table::moves)
                .thenComparingLong(Table::count);
    }

    private Excavation(Nodes nodes) {
        this.nodes = nodes;
    }

    static Excavation of(PackStore store, Nodes nodes, int workers) {
        Excavation digging = new Excavation(nodes);
        store.check(workers, new PackVisitor() {
            @Override
            public void sound(Hash hash, byte[] bytes, int length) {
                digging.look(hash, bytes, length);
            }

            @Override
            public void damaged(PackDamage damage) {}

            @Override
            public void read(long bytes) {}
        });
        return digging;
    }

    private void look(Hash hash, byte[] bytes, int length) {
        try {
            if (bytes[0] == 'C') {
                commits.put(hash, Commit.decode(hash, Arrays.copyOf(bytes, length)));
            } else if (bytes[0] == 'T') {
                table(hash);
            }
        } catch (CorruptException | MissingChunkException | IllegalArgumentException other) {
            // It is something else, or not all of it is there.
        }
    }

    private void table(Hash hash) {
        Refs refs = Refs.load(nodes, hash);
        Optional<RefValue> system = refs.get(SYSTEM);
        if (system.isPresent()) {
            long lsn = refs.list("").stream()
                    .map(Refs.Ref::value)
                    .mapToLong(RefValue::lsn)
                    .max()
                    .orElse(0);
            tables.add(new Table(hash, lsn, moves(system.get().working()), refs.count()));
        }
    }

    private long moves(@Nullable Hash working) {
        return working == null
                ? 0
                : Catalog.load(nodes, working).rows(Reflog.SPACE).count();
    }

    /// The newest table of refs, if there is one.
    Optional<Table> newest() {
        return tables.stream().max(Table.BY_AGE);
    }

    /// The commits from which no other one descends, the newest first.
    List<Hash> heads() {
        Set<Hash> parents = new HashSet<>();
        commits.values().forEach(commit -> parents.addAll(commit.parents()));
        return commits.entrySet().stream()
                .filter(commit -> !parents.contains(commit.getKey()))
                .sorted(Comparator.comparingLong((Map.Entry<Hash, Commit> commit) ->
                                commit.getValue().committedAt())
                        .thenComparingLong(commit -> commit.getValue().generation())
                        .reversed())
                .map(Map.Entry::getKey)
                .toList();
    }
}
