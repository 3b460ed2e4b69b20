package coppice.engine.repair;

import coppice.api.Database;
import coppice.api.RepairReport.Action;
import coppice.api.RepairReport.Loss;
import coppice.engine.live.RefNames;
import coppice.engine.storage.Layout;
import coppice.engine.storage.Machine;
import coppice.kernel.bytes.Hash;
import coppice.kernel.history.RefValue;
import coppice.kernel.history.Refs;
import coppice.kernel.journal.JournalOptions;
import coppice.kernel.journal.JournalSurvey;
import coppice.kernel.store.Compression;
import coppice.kernel.store.Manifest;
import coppice.kernel.store.PackState;
import coppice.kernel.store.PackStore;
import coppice.kernel.tree.Nodes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/// Works out where a database begins whose manifest, or whose table of refs, is lost: at the newest table of refs among
/// its chunks, brought forward by all of the journal that there is; where there is no table, at the commits from which
/// no other descends.
///
/// The table that counted is the newest: later ones do not exist, and what the journal has since is replayed.
final class Refounding {
    private static final String RECOVERED = "recovered-";

    private final Machine machine;
    private final List<Action> actions;
    private final List<Loss> losses;

    Refounding(Machine machine, List<Action> actions, List<Loss> losses) {
        this.machine = machine;
        this.actions = actions;
        this.losses = losses;
    }

    /// A beginning.
    ///
    /// @param manifest that would be of it; its journal is read from the first position that there is
    /// @param isWhole whether nothing is known to be lost by it
    record Beginning(Manifest manifest, boolean isWhole) {}

    /// The beginning of a database.
    ///
    /// @param nodes of all chunks that there are; takes a table that has to be made
    /// @param known the manifest, if only the table of refs is lost
    Beginning begin(PackStore store, Nodes nodes, Optional<Manifest> known, int workers) {
        Optional<JournalSurvey.Remains> journal = JournalSurvey.remains(machine.disk(), Layout.JOURNAL);
        long start = journal.map(JournalSurvey.Remains::start).orElse(0L);
        UUID id = known.map(Manifest::databaseId)
                .or(() -> journal.map(JournalSurvey.Remains::database))
                .orElseGet(() ->
                        new UUID(machine.entropy().nextLong(), machine.entropy().nextLong()));
        Excavation found = Excavation.of(store, nodes, workers);
        long reached = known.map(Manifest::endLsn).orElse(-1L);
        // What an older one is brought forward by is gone: commits tell more.
        Optional<Excavation.Table> table = found.newest().filter(newest -> newest.lsn() >= start);
        if (table.isEmpty()) {
            long end = JournalSurvey.read(
                            machine.disk(), Layout.JOURNAL, JournalOptions.of(id), start, (_, _, _, _, _) -> {})
                    .free();
            lost("there is none among the chunks from which the journal goes on: branches are at the commits from which"
                    + " no other descends, and uncommitted changes are lost");
            return new Beginning(manifest(id, known, start, end, made(nodes, found.heads(), end)), false);
        }
        boolean isOlder = known.isPresent();
        if (isOlder) {
            lost("it is an older one, brought forward from position "
                    + table.get().lsn() + " by the journal: where refs have been may not be known in full");
        }
        actions.add(new Action(
                isOlder ? Action.Step.FOUND_TABLE : Action.Step.MADE_MANIFEST,
                isOlder ? "the table of refs" : Manifest.FILE,
                0));
        long end = Math.max(reached, Math.max(start, table.get().lsn()));
        return new Beginning(manifest(id, known, start, end, table.get().root()), !isOlder);
    }

    private void lost(String words) {
        losses.add(new Loss(Loss.Kind.REF, "the table of refs", words));
    }

    private Manifest manifest(UUID id, Optional<Manifest> known, long start, long end, Hash refs) {
        return new Manifest(
                id,
                known.map(Manifest::generation)
                        .orElseGet(() -> Math.max(1, machine.clock().millis())), // above all that there were
                start,
                Math.max(start, end),
                refs,
                known.map(Manifest::compression).orElse(Compression.adaptive()),
                known.map(Manifest::packs).orElse(PackState.EMPTY));
    }

    /// A table of branches at these commits, the first of them `main`.
    ///
    /// @param lsn where the journal ends: no record of it is replayed onto these branches
    private Hash made(Nodes nodes, List<Hash> heads, long lsn) {
        long now = machine.clock().millis();
        Map<String, RefValue> refs = new TreeMap<>();
        for (Hash head : heads) {
            String name =
                    refs.isEmpty() ? Database.MAIN : RECOVERED + head.toString().substring(0, 12);
            refs.put(RefNames.head(name), RefValue.branch(head, lsn, now));
        }
        if (!heads.isEmpty()) {
            refs.put(RefNames.head(RefNames.SYSTEM), RefValue.branch(heads.getFirst(), lsn, now));
        }
        return Refs.empty(nodes).withAll(refs).root();
    }
}
