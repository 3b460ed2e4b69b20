package coppice.engine.repair;

import coppice.api.Database;
import coppice.api.RepairReport.Action;
import coppice.api.RepairReport.Loss;
import coppice.engine.check.SettingsAudit;
import coppice.engine.live.RefNames;
import coppice.engine.live.RefTable;
import coppice.engine.live.Reflog;
import coppice.engine.log.LogRecord;
import coppice.engine.log.Note;
import coppice.engine.log.RefMove;
import coppice.engine.past.ChangeIndexing;
import coppice.engine.recovery.PastRecords;
import coppice.engine.recovery.Recovery;
import coppice.engine.state.BranchState;
import coppice.engine.state.Folding;
import coppice.engine.state.Roots;
import coppice.engine.storage.Machine;
import coppice.engine.upkeep.Indexing;
import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Hash;
import coppice.kernel.history.Catalog;
import coppice.kernel.history.Commit;
import coppice.kernel.history.CommitDraft;
import coppice.kernel.history.HistorySurvey;
import coppice.kernel.history.RefValue;
import coppice.kernel.history.Refs;
import coppice.kernel.history.SpaceRecord;
import coppice.kernel.journal.JournalSurvey;
import coppice.kernel.store.MissingChunkException;
import coppice.kernel.tree.ChunkFacts;
import coppice.kernel.tree.Cursor;
import coppice.kernel.tree.Edit;
import coppice.kernel.tree.Edits;
import coppice.kernel.tree.KeySpan;
import coppice.kernel.tree.Nodes;
import coppice.kernel.tree.Tree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Gives up what cannot be read, and says so: works out a table of refs below which everything is whole, as of the
/// end of the journal, or of where it is damaged.
///
/// A branch whose history is not whole goes to its newest commit that is; what it held stays as uncommitted
/// changes, row by row, as far as it can be read. Other refs that are not whole go. Good for one repair.
final class Retreat {
    private final Machine machine;
    private final Nodes nodes;
    private final Needs needs;
    private final HistorySurvey whole;
    private final List<Loss> losses;
    private final List<Action> actions;
    private final Set<String> setBack = new HashSet<>();
    private final Map<String, Long> skipped = new TreeMap<>();

    Retreat(Machine machine, Workbench bench, Needs needs, ChunkFacts facts, List<Loss> losses, List<Action> actions) {
        this.machine = machine;
        this.nodes = new Nodes(bench, 64L << 20);
        this.needs = needs;
        this.whole = new HistorySurvey(nodes, needs.history(), facts);
        this.losses = losses;
        this.actions = actions;
    }

    /// What is said of a journal that ends too early.
    static Loss journal(JournalSurvey.Result survey, CorruptException damage) {
        return new Loss(
                Loss.Kind.JOURNAL,
                "the journal",
                "damaged at byte " + damage.offset() + " of " + damage.where() + "; behind it are "
                        + survey.recordsBehind() + " records of " + survey.bytesBehind() + " bytes that can be read");
    }

    /// The root of the table.
    ///
    /// @param isOlder whether the journal begins at records that the table of refs may have already
    /// @param isIndexWrong whether the index of changed keys is thrown away
    Hash refs(boolean isOlder, boolean isIndexWrong) {
        needs.survey().damage().ifPresent(damage -> losses.add(journal(needs.survey(), damage)));
        Map<String, RefValue> refs = new TreeMap<>();
        Map<String, RefValue> before = table();
        Optional<Catalog> system = system(before.get(RefNames.head(RefNames.SYSTEM)));
        before.forEach((name, value) -> {
            if (!name.equals(RefNames.head(RefNames.SYSTEM))) {
                keep(name, value, system).ifPresent(kept -> refs.put(name, kept));
            }
        });
        long now = machine.clock().millis();
        String main = RefNames.head(Database.MAIN);
        if (!refs.containsKey(main)) {
            refs.put(main, RefValue.branch(beginning(now), 0, now));
            setBack.add(main);
        }
        refs.put(RefNames.head(RefNames.SYSTEM), systemBranch(before, refs.get(main), system, now));
        return cleared(replayed(refs, isOlder), isIndexWrong);
    }

    private Map<String, RefValue> table() {
        Map<String, RefValue> refs = new TreeMap<>();
        try {
            needs.table().list("").forEach(ref -> refs.put(ref.name(), ref.value()));
        } catch (CorruptException | MissingChunkException unreadable) {
            losses.add(new Loss(Loss.Kind.REF, "the table of refs", "it cannot be read: all refs are lost"));
        }
        return refs;
    }

    /// A first commit, for a branch that must be there.
    private Hash beginning(long now) {
        return needs.history()
                .commit(CommitDraft.of(
                        Catalog.empty(nodes).root(), List.of(), "coppice repair", now, "Begin again after a loss"));
    }

    /// Where a ref is after the retreat, if it stays.
    private Optional<RefValue> keep(String name, RefValue value, Optional<Catalog> system) {
        boolean isBranch = value.kind() == RefValue.Kind.BRANCH;
        Hash commit = value.commit();
        if (!whole.isWhole(commit)) {
            Optional<Hash> older = isBranch ? older(name, commit, system) : Optional.empty();
            lost(
                    Loss.Kind.REF,
                    "ref '" + name + "'",
                    "commit " + commit + " cannot be read with all its history; "
                            + older.map(to -> "it is at its newest whole one, " + to)
                                    .orElse("it is gone"));
            setBack.add(name);
            actions.add(new Action(Action.Step.MOVED_REF, name, 0));
            if (older.isEmpty()) {
                return Optional.empty();
            }
            Hash content = value.working();
            if (content == null) {
                content = whole.read(commit).map(Commit::catalog).orElse(null);
            }
            return Optional.of(at(name, value, older.get(), content));
        }
        Hash working = value.working();
        if (working == null || whole.isCatalogWhole(working)) {
            return Optional.of(value);
        }
        setBack.add(name);
        return Optional.of(at(name, value, commit, working));
    }

    private void lost(Loss.Kind kind, String subject, String detail) {
        losses.add(new Loss(kind, subject, detail));
    }

    private Optional<Hash> older(String name, Hash commit, Optional<Catalog> system) {
        Optional<Hash> found = whole.newestWhole(commit);
        if (found.isPresent() || system.isEmpty()) {
            return found;
        }
        List<Hash> been = new ArrayList<>();
        Cursor cursor = system.get().rows(Reflog.SPACE).cursor();
        while (cursor.next()) {
            if (RefMove.ref(cursor.key()).equals(name)) {
                RefMove move = RefMove.decode(name, cursor.value());
                add(been, move.from());
                add(been, move.to());
            }
        }
        return been.reversed().stream()
                .map(whole::newestWhole)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static void add(List<Hash> commits, @Nullable Hash commit) {
        if (commit != null) {
            commits.add(commit);
        }
    }

    /// A branch at a whole commit, with what can be read of some content as its working state.
    private RefValue at(String name, RefValue value, Hash commit, @Nullable Hash content) {
        Hash committed = needs.history().read(commit).catalog();
        Hash working = content == null ? committed : readable(name, content, committed);
        return value.moved(commit, working.equals(committed) ? null : working, value.lsn(), value.updatedAt());
    }

    /// The spaces of a catalog as far as they can be read, and rows of another in the place of the others.
    private Hash readable(String name, Hash content, Hash otherwise) {
        if (!whole.isTreeWhole(content)) {
            lost(
                    Loss.Kind.WORKING_STATE,
                    "ref '" + name + "'",
                    "catalog " + content + " cannot be read; uncommitted changes are lost");
            return otherwise;
        }
        Catalog fallback = Catalog.load(nodes, otherwise);
        Catalog kept = Catalog.load(nodes, content);
        for (Catalog.Space space : kept.spaces()) {
            if (!whole.isWhole(space.record())) {
                kept = with(kept, name, space, fallback);
            }
        }
        return kept.root();
    }

    /// A catalog with what can be read of a space in place of the space.
    private Catalog with(Catalog kept, String ref, Catalog.Space space, Catalog fallback) {
        SpaceRecord record = space.record();
        Optional<SpaceRecord> older = fallback.space(space.name());
        Remains remains = Remains.of(nodes, record.root(), fallback.rows(space.name()));
        remains.lost().forEach(span -> lost(ref, space.name(), span, older.isPresent()));
        Hash schema = record.schema();
        if (schema != null && !whole.isTreeWhole(schema)) {
            lost(
                    Loss.Kind.WORKING_STATE,
                    "the schema of space '" + space.name() + "' of ref '" + ref + "'",
                    "is older");
            record = older.orElseGet(() -> SpaceRecord.of(space.record().kind(), remains.rows(), null));
        }
        SpaceRecord left = record.with(remains.rows().root(), remains.rows().count());
        return left.isVoid() ? kept.without(space.name()) : kept.with(space.name(), left);
    }

    private void lost(String ref, String space, KeySpan span, boolean hasOlder) {
        losses.add(new Loss(
                Loss.Kind.WORKING_STATE,
                "space '" + space + "' of ref '" + ref + "'",
                Remains.text(span) + " cannot be read, and " + (hasOlder ? "are as in the commit" : "are gone"),
                Optional.of(Remains.rows(space, span))));
    }

    /// Settings and reflog as far as they can be read.
    private Optional<Catalog> system(@Nullable RefValue value) {
        Hash working = value == null ? null : value.working();
        if (working == null || !whole.isTreeWhole(working)) {
            if (value == null || working != null) {
                lost(Loss.Kind.SETTING, "settings and reflog", "they cannot be read, and begin empty");
            }
            return Optional.empty();
        }
        Catalog kept = Catalog.load(nodes, working);
        for (Catalog.Space space : kept.spaces()) {
            if (!whole.isWhole(space.record())) {
                kept = kept.without(space.name());
                lost(
                        Loss.Kind.SETTING,
                        space.name(),
                        "its " + space.record().count() + " entries cannot all be read; it begins empty");
            }
        }
        return Optional.of(kept);
    }

    private RefValue systemBranch(
            Map<String, RefValue> before, @Nullable RefValue main, Optional<Catalog> system, long now) {
        RefValue value = before.get(RefNames.head(RefNames.SYSTEM));
        Hash commit = value != null && whole.isWhole(value.commit())
                ? value.commit()
                : main == null ? beginning(now) : main.commit();
        long lsn = value == null ? 0 : value.lsn();
        Hash working = system.map(this::withoutDangling).map(Catalog::root).orElse(null);
        RefValue made = value == null ? RefValue.branch(commit, lsn, now) : value;
        return made.moved(commit, working, lsn, now);
    }

    /// The settings and reflog without entries that lead to what is lost.
    private Catalog withoutDangling(Catalog system) {
        Map<String, Long> gone = new TreeMap<>();
        Catalog kept = without(system, gone, (area, key, value) -> {
            if (SettingsAudit.wrong(area, key, value).isPresent()) {
                return false; // see below
            }
            return area.equals(Reflog.SPACE) ? dangles(RefMove.decode(RefMove.ref(key), value)) : names(value);
        });
        gone.forEach(
                (area, count) -> lost(Loss.Kind.SETTING, area, count + " entries named what is lost, and are gone"));
        return kept;
    }

    /// Whether an entry of settings or reflog goes.
    private interface Going {
        boolean test(String area, byte[] key, byte[] value);
    }

    /// @param counts gets how many entries of each area went
    private static Catalog without(Catalog system, Map<String, Long> counts, Going going) {
        Catalog kept = system;
        for (Catalog.Space space : system.spaces()) {
            Tree rows = system.rows(space.name());
            List<Edit> gone = new ArrayList<>();
            Cursor cursor = rows.cursor();
            while (cursor.next()) {
                if (going.test(space.name(), cursor.key(), cursor.value())) {
                    gone.add(Edit.delete(cursor.key()));
                }
            }
            if (!gone.isEmpty()) {
                SpaceRecord record = space.record();
                Tree less = rows.apply(Edits.of(gone));
                kept = kept.with(space.name(), record.with(less.root(), less.count()));
                counts.put(space.name(), (long) gone.size());
            }
        }
        return kept;
    }

    /// A table of refs without settings that cannot be read, and without an index that is wrong.
    private Hash cleared(Refs refs, boolean isIndexWrong) {
        String name = RefNames.head(RefNames.SYSTEM);
        RefValue system = refs.get(name).orElse(null);
        Hash working = system == null ? null : system.working();
        if (system == null || working == null) {
            return refs.root();
        }
        Map<String, Long> gone = new TreeMap<>();
        Catalog kept = without(
                Catalog.load(nodes, working),
                gone,
                (area, key, value) -> (isIndexWrong && area.equals(Indexing.AREA))
                        || SettingsAudit.wrong(area, key, value).isPresent());
        if (isIndexWrong) {
            actions.add(new Action(Action.Step.THREW_AWAY, ChangeIndexing.NAME, 0));
        }
        RefValue after = system.moved(system.commit(), kept.root(), system.lsn(), system.updatedAt());
        return gone.isEmpty() ? refs.root() : refs.withAll(Map.of(name, after)).root();
    }

    private boolean dangles(RefMove move) {
        Hash from = move.from();
        Hash to = move.to();
        Hash working = move.working();
        return (from != null && !whole.isWhole(from))
                || (to != null && !whole.isWhole(to))
                || (working != null && !whole.isCatalogWhole(working));
    }

    /// Whether a commit that is lost is named somewhere in an entry.
    private boolean names(byte[] entry) {
        Set<Hash> broken = whole.broken();
        for (int at = 0; at + Hash.BYTES <= entry.length; at++) {
            if (broken.contains(Hash.read(entry, at))) {
                return true;
            }
        }
        return false;
    }

    /// Replays the journal, as far as it goes and what it changes was not set back.
    private Refs replayed(Map<String, RefValue> refs, boolean isOlder) {
        Roots roots = new Roots();
        Tree table = Refs.empty(nodes).withAll(refs).tree();
        Recovery recovery = new Recovery(nodes, roots, needs.history(), RefTable.of(roots, table));
        needs.replay((type, bytes, offset, length, lsn) -> {
            LogRecord entry = LogRecord.decode("the journal", type, bytes, offset, length);
            String ref = PastRecords.ref(entry);
            if (isOlder && PastRecords.isPast(entry, recovery, lsn)) {
                return;
            }
            if (needs.isDropped(ref) && (setBack.contains(ref) || !isReadable(entry))) {
                setBack.add(ref);
                return;
            }
            if (setBack.contains(ref) || !isReadable(entry)) {
                setBack.add(ref);
                if (entry instanceof LogRecord.Renamed(String _, String to, Note _)) {
                    setBack.add(RefNames.head(to));
                }
                skipped.merge(ref, 1L, Long::sum);
            } else {
                replay(recovery, new Entry(type, bytes, offset, length, lsn), ref, isOlder);
            }
        });
        skipped.forEach((ref, count) -> lost(
                Loss.Kind.JOURNAL,
                "ref '" + ref + "'",
                count + " records of the journal build on what is lost, and are given up"));
        Map<String, BranchState> states = new HashMap<>(recovery.states());
        Map<String, RefValue> after = new TreeMap<>();
        for (Refs.Ref ref : recovery.table().list("")) {
            BranchState state = ref.name().startsWith(RefNames.HEADS) ? states.get(RefNames.shown(ref.name())) : null;
            after.put(ref.name(), state == null ? ref.value() : folded(ref.value(), state));
        }
        return Refs.empty(nodes).withAll(after);
    }

    /// A record as the journal gives it.
    private record Entry(byte type, byte[] bytes, int offset, int length, long lsn) {}

    private void replay(Recovery recovery, Entry entry, String ref, boolean isOlder) {
        try {
            recovery.replay(entry.type, entry.bytes, entry.offset, entry.length, entry.lsn);
        } catch (CorruptException | MissingChunkException unfit) {
            if (!isOlder) {
                throw unfit;
            }
            setBack.add(ref); // something before it is missing
            if (!needs.isDropped(ref)) {
                skipped.merge(ref, 1L, Long::sum);
            }
        }
    }

    private static RefValue folded(RefValue value, BranchState state) {
        Hash root = Folding.whole(state).root();
        Hash working = root.equals(state.committedCatalog()) ? null : root;
        return value.moved(state.commit(), working, state.lsn(), value.updatedAt());
    }

    /// Whether what a record refers to is there.
    private boolean isReadable(LogRecord entry) {
        return switch (entry) {
            case LogRecord.Moved(String _, Hash commit, var working, Note _) ->
                whole.isWhole(commit)
                        && (!(working instanceof LogRecord.Working.Replaced(Hash catalog))
                                || whole.isCatalogWhole(catalog));
            case LogRecord.Transacted(String _, var _, byte[] commit, boolean isKept, Note _) ->
                !isKept || whole.isWhole(Hash.of(commit));
            case LogRecord.Loaded(String _, String _, Hash root) -> whole.isTreeWhole(root);
            case LogRecord.Placed(String _, RefValue value, Note _) -> isReadable(value);
            case LogRecord.Writes _,
                    LogRecord.Mark _,
                    LogRecord.Committed _,
                    LogRecord.Stashed _,
                    LogRecord.Renamed _,
                    LogRecord.Dropped _ -> true;
        };
    }

    private boolean isReadable(RefValue value) {
        Hash working = value.working();
        return whole.isWhole(value.commit()) && (working == null || whole.isCatalogWhole(working));
    }
}
