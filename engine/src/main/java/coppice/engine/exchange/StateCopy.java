package coppice.engine.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.engine.feed.Acknowledged;
import coppice.engine.live.RefNames;
import coppice.engine.live.Reflog;
import coppice.engine.log.RefMove;
import coppice.kernel.bytes.Hash;
import coppice.kernel.exchange.Intake;
import coppice.kernel.history.Catalog;
import coppice.kernel.history.History;
import coppice.kernel.history.HistoryWalk.Generations;
import coppice.kernel.history.RefValue;
import coppice.kernel.history.Refs;
import coppice.kernel.store.Chunks;
import coppice.kernel.tree.ChunkWalk;
import coppice.kernel.tree.Cursor;
import coppice.kernel.tree.Nodes;
import coppice.kernel.tree.Tree;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Copies a whole database as of a checkpoint: the table of refs, and everything that refs, working states, settings
/// and reflog reach. Moves what is not there yet, and proves all of it.
public final class StateCopy {
    private static final long CACHE_BYTES = 16L << 20;

    private final Nodes nodes;
    private final Intake intake;
    private final long floor;
    private final long secret;

    /// @param to takes the copy
    /// @param from reads the original
    /// @param floor the lowest generation that the original has
    /// @param secret a random number
    StateCopy(Chunks to, ChunkWalk.Source from, long floor, long secret, Flow flow) {
        this.nodes = new Nodes(to, CACHE_BYTES);
        this.floor = floor;
        this.secret = secret;
        this.intake = new Intake(nodes, new History(nodes, () -> floor), from, flow);
    }

    /// What a table of refs reaches, as far as commits and catalogs go.
    record Reached(Set<Hash> commits, Set<Hash> catalogs) {
        Reached() {
            this(new LinkedHashSet<>(), new LinkedHashSet<>());
        }

        void add(RefValue value) {
            commits.add(value.commit());
            Hash working = value.working();
            if (working != null) {
                catalogs.add(working);
            }
        }

        void add(RefMove move) {
            for (Hash commit : new Hash[] {move.from(), move.to()}) {
                if (commit != null) {
                    commits.add(commit);
                }
            }
            Hash working = move.working();
            if (working != null) {
                catalogs.add(working);
            }
        }
    }

    /// Copies.
    ///
    /// @param refs the root of the table of refs
    /// @param known that of a table that is there already, with everything it reaches
    void run(Hash refs, Optional<Hash> known, Flow flow) {
        Reached before = new Reached();
        known.ifPresent(root -> reached(nodes, root, before));
        if (known.isEmpty()) {
            intake.everything(secret);
        }
        intake.tree(refs, known.stream().toList());
        // The reflog is in the working state of the system branch, and has to be here to be read.
        Optional<RefValue> system = Refs.load(nodes, refs).get(RefNames.head(RefNames.SYSTEM));
        List<Hash> similar = new ArrayList<>(before.catalogs());
        system.ifPresent(value -> {
            Hash working = value.working();
            if (working != null) {
                intake.catalog(working, similar);
            }
        });
        Reached all = new Reached();
        reached(nodes, refs, all);
        Set<Hash> wants = new LinkedHashSet<>(all.commits());
        wants.removeAll(before.commits());
        intake.commits(
                List.copyOf(wants),
                List.copyOf(before.commits()),
                new Generations(floor, Long.MAX_VALUE),
                before.commits().stream().findFirst().orElse(null));
        List<Hash> bases = bases(all);
        Set<Hash> catalogs = new HashSet<>(all.catalogs());
        catalogs.removeAll(before.catalogs());
        catalogs.forEach(catalog -> intake.catalog(catalog, bases));
        flow.ended(intake.moved());
    }

    /// Catalogs of some commits: those of working states are likely to share much with them.
    private List<Hash> bases(Reached all) {
        History history = new History(nodes, () -> floor);
        return all.commits().stream()
                .limit(16)
                .map(commit -> history.read(commit).catalog())
                .distinct()
                .toList();
    }

    /// Adds what a table of refs reaches.
    static void reached(Nodes nodes, Hash refs, Reached into) {
        Refs table = Refs.load(nodes, refs);
        table.list("").forEach(ref -> into.add(ref.value()));
        table.get(RefNames.head(RefNames.SYSTEM)).ifPresent(system -> {
            Hash working = system.working();
            if (working != null) {
                reflog(nodes, working, into);
                subscriptions(nodes, working, into);
            }
        });
    }

    private static void subscriptions(Nodes nodes, Hash catalog, Reached into) {
        Cursor cursor = Catalog.load(nodes, catalog).rows(Acknowledged.AREA).cursor();
        while (cursor.next()) {
            String name = new String(cursor.key(), UTF_8);
            Acknowledged place = Acknowledged.decode(name, cursor.value());
            into.commits().add(place.commit());
            into.catalogs().add(place.working());
        }
    }

    private static void reflog(Nodes nodes, Hash catalog, Reached into) {
        Tree rows = Catalog.load(nodes, catalog).rows(Reflog.SPACE);
        Cursor cursor = rows.cursor();
        while (cursor.next()) {
            into.add(RefMove.decode(RefMove.ref(cursor.key()), cursor.value()));
        }
    }

    /// A setting as of a table of refs.
    public static Optional<byte[]> setting(Nodes nodes, Hash refs, String area, String key) {
        return Refs.load(nodes, refs)
                .get(RefNames.head(RefNames.SYSTEM))
                .flatMap(system -> Optional.ofNullable(system.working()))
                .map(working -> Catalog.load(nodes, working).rows(area))
                .flatMap(rows -> Optional.ofNullable(rows.get(key.getBytes(UTF_8))));
    }
}
