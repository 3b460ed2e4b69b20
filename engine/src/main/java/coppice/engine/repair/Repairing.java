package coppice.engine.repair;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.CheckReport;
import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.Issue;
import coppice.api.RepairOptions;
import coppice.api.RepairReport;
import coppice.api.RepairReport.Action;
import coppice.api.RepairReport.Loss;
import coppice.api.RepairReport.Outcome;
import coppice.engine.check.ChunkReading;
import coppice.engine.check.SettingsAudit;
import coppice.engine.past.ChangeIndexing;
import coppice.engine.repair.Handover.Move;
import coppice.engine.repair.Refounding.Beginning;
import coppice.engine.state.Folds;
import coppice.engine.state.Roots;
import coppice.engine.storage.Layout;
import coppice.engine.storage.Machine;
import coppice.engine.storage.Sizes;
import coppice.engine.upkeep.Indexing;
import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Hash;
import coppice.kernel.history.Finding;
import coppice.kernel.history.History;
import coppice.kernel.history.HistoryAudit;
import coppice.kernel.history.HistorySurvey;
import coppice.kernel.history.Refs;
import coppice.kernel.journal.Journal;
import coppice.kernel.journal.JournalOptions;
import coppice.kernel.journal.JournalSurvey;
import coppice.kernel.platform.Disk;
import coppice.kernel.platform.DiskLock;
import coppice.kernel.store.Compression;
import coppice.kernel.store.Manifest;
import coppice.kernel.store.MissingChunkException;
import coppice.kernel.store.PackOptions;
import coppice.kernel.store.PackState;
import coppice.kernel.store.Salvage;
import coppice.kernel.tree.Nodes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Repairs the files of a database that nobody has open.
///
/// ```
/// Salvage        every sound chunk that is in any pack
/// Needs          what refs, reflog and journal need of them
/// Workbench      what is missing comes from copies; trees of ancestors are made again
/// Retreat        what is missing still is given up, where that is allowed
/// Handover       a new manifest, and old files out of the way
/// ```
///
/// Nothing that is there is changed before the new manifest is written. Good for one repair.
public final class Repairing {
    private static final int WORKERS = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 8);
    private static final long MEMORY_BYTES = 64L << 20;

    private final Machine machine;
    private final Disk disk;
    private final String location;
    private final RepairOptions options;
    private final Map<String, Machine> from;
    private final Sizes sizes;
    private final List<Issue> found = new ArrayList<>();
    private final List<Action> actions = new ArrayList<>();
    private final List<Loss> losses = new ArrayList<>();
    private final List<Move> moves = new ArrayList<>();

    /// @param location what to call the database in messages
    /// @param from where to take missing chunks from, by what they are called
    public Repairing(Machine machine, String location, RepairOptions options, Map<String, Machine> from, Sizes sizes) {
        this.machine = machine;
        this.disk = machine.disk();
        this.location = location;
        this.options = options;
        this.from = from;
        this.sizes = sizes;
    }

    /// Repairs, or finds out what a repair would do. The report says what was done and what is lost.
    ///
    /// @throws DatabaseException.Busy when somebody has it open
    public RepairReport run() {
        if (!disk.exists(Layout.PACKS)) {
            throw new DatabaseException.Incorrect(
                            ErrorCode.NO_DATABASE, "There is no database at '" + location + "': check the path")
                    .with("location", location);
        }
        try (DiskLock _ = Layout.lock(machine, location)) {
            Optional<Manifest> manifest = manifest();
            if (!options.dryRun()) {
                Handover.complete(disk, manifest.map(Manifest::generation).orElse(-1L));
            }
            return repair(manifest);
        }
    }

    /// The manifest, unless it is lost.
    private Optional<Manifest> manifest() {
        try {
            if (!Manifest.exists(disk, "")) {
                throw new CorruptException(Manifest.FILE, -1, "the manifest of the database", "none");
            }
            return Optional.of(Manifest.read(disk, ""));
        } catch (CorruptException lost) {
            tell(Issue.Kind.DAMAGED_MANIFEST, "the database", lost);
            return Optional.empty();
        }
    }

    private RepairReport repair(Optional<Manifest> written) {
        ChunkReading reading = new ChunkReading(options.progress(), this::tell);
        PackOptions packOptions = sizes.of(
                PackOptions.standard().with(written.map(Manifest::compression).orElse(Compression.adaptive())));
        try (Copies copies = Copies.open(from);
                Salvage salvage = Salvage.of(
                        disk,
                        machine.tasks(),
                        Layout.PACKS,
                        packOptions,
                        written.map(Manifest::packs),
                        WORKERS,
                        reading.of(written.map(Manifest::packs).orElse(PackState.EMPTY)))) {
            reading.facts().settle();
            Workbench bench = new Workbench(salvage.store(), copies.stores(), options.dryRun());
            Beginning beginning = beginning(written, salvage, bench);
            Manifest manifest = beginning.manifest();
            boolean isNew = written.isEmpty() || !written.get().refs().equals(manifest.refs());
            Needs needs = Needs.of(disk, bench, manifest, journalOptions(manifest), isNew, MEMORY_BYTES);
            List<Finding> missing = prove(bench, needs, reading);
            Remembered remembered = remembered(new Workbench(salvage.store(), copies.stores(), true), needs);
            needs.survey()
                    .damage()
                    .or(() -> needs.survey().header())
                    .ifPresent(damage -> tell(Issue.Kind.DAMAGED_JOURNAL, "the journal", damage));
            Optional<Hash> refs = Optional.empty();
            boolean isBroken = !beginning.isWhole()
                    || !missing.isEmpty()
                    || !remembered.losses().isEmpty()
                    || needs.survey().damage().isPresent();
            if (isBroken && !options.allowLoss()) {
                name(missing, needs.survey());
                losses.addAll(remembered.losses());
            } else if (isBroken
                    || isNew
                    || remembered.isIndexWrong()
                    || needs.survey().header().isPresent()) {
                Retreat retreat = new Retreat(machine, bench, needs, reading.facts(), losses, actions);
                losses.addAll(remembered.losses());
                refs = Optional.of(retreat.refs(isNew, remembered.isIndexWrong()));
            }
            // A manifest that is made again has a new beginning, which may have less than the lost one.
            boolean isHeld = written.isEmpty() && isBroken && refs.isEmpty();
            return finish(manifest, salvage, bench, needs, refs, isBroken, isHeld);
        }
    }

    /// Where the database begins: at what the manifest says, if that can be read and may not be given up.
    private Beginning beginning(Optional<Manifest> written, Salvage salvage, Workbench bench) {
        Nodes nodes = new Nodes(bench, MEMORY_BYTES);
        boolean isReadable =
                written.isPresent() && isReadable(nodes, written.get().refs());
        if (isReadable || (written.isPresent() && !options.allowLoss())) {
            return new Beginning(written.get(), true);
        }
        return new Refounding(machine, actions, losses).begin(salvage.store(), nodes, written, WORKERS);
    }

    private static boolean isReadable(Nodes nodes, Hash refs) {
        try {
            var _ = Refs.load(nodes, refs).list("");
            return true;
        } catch (CorruptException | MissingChunkException lost) {
            return false;
        }
    }

    private JournalOptions journalOptions(Manifest manifest) {
        return sizes.of(JournalOptions.of(manifest.databaseId()).reaching(Math.max(0, manifest.endLsn())));
    }

    /// Proves everything that is needed, which brings what is missing from the copies; returns what is missing
    /// still.
    private List<Finding> prove(Workbench bench, Needs needs, ChunkReading reading) {
        List<Finding> findings = new ArrayList<>();
        HistoryAudit audit = new HistoryAudit(
                needs.nodes(),
                needs.history(),
                reading.facts(),
                findings::add,
                done -> options.progress().moved("proving history", "commits", done, done));
        needs.trees().forEach(audit::tree);
        audit.commits(needs.commits(), machine.tasks(), WORKERS);
        needs.catalogs().forEach(audit::catalog);
        if (findings.stream().anyMatch(finding -> finding.subject().startsWith("the ancestors of "))) {
            long before = bench.made();
            new HistorySurvey(needs.nodes(), needs.history(), reading.facts())
                    .remakeAncestors(List.copyOf(needs.commits().values()));
            act(Action.Step.DERIVED_CHUNKS, "the trees of their ancestors", bench.made() - before);
        }
        List<Finding> missing = findings.stream()
                .filter(finding -> !bench.contains(finding.chunk()))
                .toList();
        bench.copies().forEach(copy -> act(Action.Step.COPIED_CHUNKS, copy, bench.copied(copy)));
        findings.stream()
                .filter(finding -> finding.kind() != Finding.Kind.UNREADABLE && finding.kind() != Finding.Kind.DANGLING)
                .forEach(finding -> tell(ChunkReading.issue(finding)));
        return missing;
    }

    /// What is wrong with what the database remembers of itself.
    ///
    /// @param losses entries that have to go
    /// @param isIndexWrong whether the index of changed keys is to be thrown away
    private record Remembered(List<Loss> losses, boolean isIndexWrong) {}

    /// Reads settings and reflog, and compares the index of changed keys with the commits.
    ///
    /// @param scratch takes what is written on the way
    private Remembered remembered(Workbench scratch, Needs needs) {
        List<Loss> gone = new ArrayList<>();
        List<byte[]> index = new ArrayList<>();
        needs.visitSettings((area, key, value) -> {
            if (area.equals(Indexing.AREA) && Arrays.equals(key, Indexing.KEY.getBytes(UTF_8))) {
                index.add(value);
            }
            SettingsAudit.wrong(area, key, value).ifPresent(wrong -> {
                tell(Issue.Kind.WRONG_SETTING, wrong.where(), wrong);
                gone.add(new Loss(Loss.Kind.SETTING, wrong.where(), "it cannot be read, and is gone"));
            });
        });
        Nodes nodes = new Nodes(scratch, MEMORY_BYTES);
        History history = new History(nodes, needs.history()::floor);
        boolean[] isWrong = {false};
        new ChangeIndexing(
                        nodes,
                        history,
                        new Roots(),
                        new Folds(),
                        () -> index.stream().findFirst())
                .audit(
                        (subject, expected, found) -> {
                            isWrong[0] = true;
                            tell(new Issue(Issue.Kind.WRONG_INDEX, subject, ChangeIndexing.NAME, -1, expected, found));
                        },
                        done -> options.progress().moved("comparing the index of changed keys", "commits", done, done),
                        machine.tasks(),
                        WORKERS);
        return new Remembered(gone, isWrong[0]);
    }

    private void act(Action.Step kind, String subject, long count) {
        if (count > 0) {
            actions.add(new Action(kind, subject, count));
        }
    }

    private void tell(Issue issue) {
        synchronized (found) {
            if (found.size() < CheckReport.ISSUES_MAX) {
                found.add(issue);
            }
        }
    }

    private void tell(Issue.Kind kind, String subject, CorruptException what) {
        tell(new Issue(kind, subject, what.where(), what.offset(), what.expected(), what.found()));
    }

    /// Says what is lost unless a copy has it.
    private void name(List<Finding> missing, JournalSurvey.Result survey) {
        missing.forEach(finding -> losses.add(new Loss(
                finding.kind() == Finding.Kind.DANGLING ? Loss.Kind.REF : Loss.Kind.CHUNK,
                finding.subject(),
                "chunk " + finding.chunk() + " cannot be read"
                        + finding.rows()
                                .map(rows -> ", nor " + Remains.text(rows.keys()))
                                .orElse(""),
                finding.rows().map(rows -> Remains.rows(rows.space(), rows.keys())))));
        survey.damage().ifPresent(damage -> losses.add(Retreat.journal(survey, damage)));
    }

    /// Brings in what was done.
    ///
    /// @param refs the new table of refs with which the journal begins anew; if there is none both stay as they are
    /// @param isHeld whether nothing may be changed before more is allowed
    private RepairReport finish(
            Manifest manifest,
            Salvage salvage,
            Workbench bench,
            Needs needs,
            Optional<Hash> refs,
            boolean isBroken,
            boolean isHeld) {
        boolean grown = manifest.packs().packs().isEmpty()
                || bench.made() > 0
                || bench.copies().stream().anyMatch(copy -> bench.copied(copy) > 0);
        boolean changes = salvage.isDamaged() || grown || refs.isPresent();
        boolean isDamaged = !found.isEmpty() || changes || isBroken;
        Outcome outcome = !isDamaged
                ? Outcome.SOUND
                : !isBroken ? Outcome.REPAIRED : refs.isPresent() ? Outcome.REPAIRED_WITH_LOSS : Outcome.INCOMPLETE;
        long generation = manifest.generation() + 1;
        for (String path : salvage.givenUp()) {
            moves.add(Move.aside(path, generation));
            if (path.endsWith(".pack")) {
                actions.add(new Action(Action.Step.SAVED_CHUNKS, path, 0));
            }
        }
        salvage.staleIndexes().forEach(path -> actions.add(new Action(Action.Step.MADE_INDEX, path, 0)));
        if (refs.isPresent()) {
            actions.add(new Action(Action.Step.BEGAN_JOURNAL, "the journal", 0));
        }
        if (isHeld) {
            actions.clear();
            moves.clear();
        } else if (changes && !options.dryRun()) {
            swap(manifest, salvage, needs, refs, grown);
        }
        return new RepairReport(
                outcome,
                options.dryRun(),
                found,
                actions,
                losses,
                moves.stream()
                        .map(Move::to)
                        .filter(to -> to.startsWith(Handover.ASIDE))
                        .toList());
    }

    private void swap(Manifest manifest, Salvage salvage, Needs needs, Optional<Hash> refs, boolean grown) {
        long generation = manifest.generation() + 1;
        for (String path : salvage.staleIndexes()) {
            // An index that is missing is made again by whoever opens the database: this may come before the manifest.
            Move aside = Move.aside(path, generation);
            disk.createDirectories(Handover.ASIDE);
            disk.rename(path, aside.to());
            moves.add(aside);
        }
        PackState packs = salvage.finish(grown);
        long free = needs.survey().free();
        if (refs.isPresent()) {
            beginJournal(manifest, free, generation);
        }
        disk.syncDirectory("");
        Handover.prepare(disk, generation, moves);
        Manifest next = refs.isPresent()
                ? manifest.next(free, -1, refs.get(), packs)
                : manifest.next(manifest.checkpointLsn(), manifest.endLsn(), manifest.refs(), packs);
        next.write(disk, "");
        Handover.complete(disk, generation);
    }

    /// Prepares a segment with which the journal goes on; what is there goes out of the way.
    private void beginJournal(Manifest manifest, long lsn, long generation) {
        String place = Handover.PLACE + "/" + Layout.JOURNAL;
        if (disk.exists(Layout.JOURNAL)) {
            disk.list(Layout.JOURNAL).forEach(name -> moves.add(Move.aside(Layout.JOURNAL + "/" + name, generation)));
        }
        Journal.begin(disk, place, journalOptions(manifest), lsn);
        disk.list(place).forEach(name -> moves.add(new Move(place + "/" + name, Layout.JOURNAL + "/" + name)));
    }
}
