package coppice.engine.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.CloneOptions;
import coppice.api.Database;
import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.Fetch;
import coppice.engine.live.RefNames;
import coppice.engine.storage.Machine;
import coppice.engine.storage.Sizes;
import coppice.engine.views.Catalogue;
import coppice.kernel.bytes.Hash;
import coppice.kernel.exchange.Bundle;
import coppice.kernel.exchange.Intake;
import coppice.kernel.history.Catalog;
import coppice.kernel.history.History;
import coppice.kernel.history.HistoryWalk.Generations;
import coppice.kernel.history.RefValue;
import coppice.kernel.history.Refs;
import coppice.kernel.history.SpaceRecord;
import coppice.kernel.journal.JournalOptions;
import coppice.kernel.store.Chunks;
import coppice.kernel.tree.ChunkWalk;
import coppice.kernel.tree.Edit;
import coppice.kernel.tree.Edits;
import coppice.kernel.tree.Nodes;
import coppice.kernel.tree.Tree;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/// Makes a database of what a peer has. It appears at one stroke at the end; what an attempt that was killed has
/// brought is not brought again.
public final class Cloning {
    private static final long CACHE_BYTES = 16L << 20;

    /// As the spaces of the system branch are.
    private static final String KIND = "keys";

    private final Machine machine;
    private final String location;
    private final CloneOptions options;

    /// @param machine has the disk of the clone
    /// @param location what to call the clone in messages
    public Cloning(Machine machine, String location, CloneOptions options) {
        this.machine = machine;
        this.location = location;
        this.options = options;
    }

    /// Clones.
    ///
    /// @param from the peer's location, to be remembered
    public void run(Peer peer, String from) {
        RemoteNames.check(options.remote());
        if (!peer.prerequisites().isEmpty()) {
            throw new DatabaseException.NotFound(
                    ErrorCode.MISSING_PREREQUISITE,
                    "The bundle builds on commit " + peer.prerequisites().getFirst()
                            + ": clone one that has whole history");
        }
        try (Construction copy = Construction.in(machine, location, options.options(), Construction.UNFINISHED)) {
            Nodes nodes = new Nodes(copy.packs(), CACHE_BYTES);
            UUID id = copy.begun()
                    .map(manifest -> manifest.databaseId())
                    .orElseGet(() -> new UUID(
                            machine.entropy().nextLong(), machine.entropy().nextLong()));
            Hash nothing = Tree.empty(nodes).root();
            Flow flow = new Flow(machine.clock(), options.fetch().progress());
            List<Bundle.Ref> chosen = Fetching.chosen(peer.refs(), options.fetch());
            ChunkWalk.Source source = peer.chunks(copy.packs());
            long floor = floor(copy.packs(), peer, source, chosen);
            Intake intake = new Intake(nodes, new History(nodes, () -> floor), source, flow);
            List<Bundle.Ref> deep = chosen.stream()
                    .filter(ref -> floor == 0 || Taking.generation(copy.packs(), source, ref.commit()) >= floor)
                    .toList();
            Hash refs = refs(nodes, deep, settings(nodes, peer, from, floor)); // synced with what arrives
            copy.beginJournal(Sizes.STANDARD.of(JournalOptions.of(id)), 0);
            try (Keeping keeping = new Keeping(machine.tasks(), () -> copy.keep(id, 0, nothing))) {
                flow.keeping(keeping);
                if (chosen.size() == peer.refs().size() && floor == peer.floor()) {
                    intake.everything(machine.entropy().nextLong());
                }
                intake.commits(
                        deep.stream().map(Bundle.Ref::commit).distinct().toList(),
                        List.of(),
                        new Generations(floor, Long.MAX_VALUE),
                        null);
            }
            peer.finish();
            copy.finish(id, 0, refs);
        }
    }

    /// How far back the clone goes: as many generations as are wanted of each branch, if the peer has them.
    private long floor(Chunks here, Peer peer, ChunkWalk.Source source, List<Bundle.Ref> chosen) {
        long depth = options.fetch().depth();
        if (depth == 0 || depth == Fetch.WHOLE) {
            return peer.floor();
        }
        long floor = Long.MAX_VALUE;
        for (Bundle.Ref ref : chosen) {
            if (ref.name().startsWith(RefNames.HEADS)) {
                floor = Math.min(floor, Shallow.floor(Taking.generation(here, source, ref.commit()), depth));
            }
        }
        return Math.max(peer.floor(), floor == Long.MAX_VALUE ? 0 : floor);
    }

    /// Where it came from, how far back it goes, and the projections, which follow from the rows here as they do
    /// there.
    private Catalog settings(Nodes nodes, Peer peer, String from, long floor) {
        Catalog settings = with(Catalog.empty(nodes), RemoteNames.AREA, Map.of(options.remote(), from.getBytes(UTF_8)));
        if (floor > 0) {
            settings = with(settings, Shallow.AREA, Map.of(Shallow.FLOOR, Shallow.encoded(floor)));
        }
        Map<String, byte[]> projections = peer.projections();
        return projections.isEmpty() ? settings : with(settings, Catalogue.AREA, projections);
    }

    private static Catalog with(Catalog settings, String area, Map<String, byte[]> values) {
        Map<byte[], byte[]> rows = new TreeMap<>(Arrays::compareUnsigned);
        values.forEach((key, value) -> rows.put(key.getBytes(UTF_8), value));
        Tree tree = Tree.empty(settings.tree().nodes())
                .apply(Edits.of(rows.entrySet().stream()
                        .map(row -> Edit.put(row.getKey(), row.getValue()))
                        .toList()));
        return settings.with(area, SpaceRecord.of(KIND, tree, null));
    }

    /// The table of refs: what was fetched, the branches, and the system branch with the settings.
    private Hash refs(Nodes nodes, List<Bundle.Ref> fetched, Catalog settings) {
        long now = machine.clock().millis();
        Map<String, RefValue> refs = new TreeMap<>();
        for (Bundle.Ref ref : fetched) {
            if (ref.name().startsWith(RefNames.TAGS)) {
                refs.put(ref.name(), Receiving.tagged(ref, now));
            } else {
                refs.put(Fetching.tracking(options.remote(), ref.name()), RefValue.pointer(ref.commit(), 0, now));
                if (options.fetch().branches().contains(RefNames.shown(ref.name()))) {
                    refs.put(ref.name(), RefValue.branch(ref.commit(), 0, now));
                }
            }
        }
        Hash main = main(fetched);
        refs.put(RefNames.head(Database.MAIN), RefValue.branch(main, 0, now));
        refs.put(RefNames.head(RefNames.SYSTEM), RefValue.branch(main, 0, now).moved(main, settings.root(), 0, now));
        return Refs.empty(nodes).withAll(refs).root();
    }

    /// Where `main` is: as over there; where that was not chosen, at the first branch that was.
    private static Hash main(List<Bundle.Ref> fetched) {
        return fetched.stream()
                .filter(ref -> ref.name().equals(RefNames.head(Database.MAIN)))
                .findFirst()
                .or(() -> fetched.stream()
                        .filter(ref -> ref.name().startsWith(RefNames.HEADS))
                        .findFirst())
                .map(Bundle.Ref::commit)
                .orElseThrow(() -> new DatabaseException.NotFound(
                        ErrorCode.UNKNOWN_BRANCH, "There is no branch to clone: choose one, or all"));
    }
}
