package coppice.engine.check;

import coppice.api.CheckOptions;
import coppice.api.CheckReport;
import coppice.api.Issue;
import coppice.api.progress.Progress;
import coppice.engine.live.Branches;
import coppice.engine.live.Settings;
import coppice.engine.log.RefMove;
import coppice.engine.past.ChangeIndexing;
import coppice.engine.storage.Storage;
import coppice.engine.upkeep.Checkpoint;
import coppice.engine.views.Defined;
import coppice.engine.views.Views;
import coppice.engine.waiting.MergeStates;
import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Hash;
import coppice.kernel.history.History;
import coppice.kernel.history.HistoryAudit;
import coppice.kernel.history.Refs;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Proves a whole database: first every chunk and index entry, in the order of the files and on all processors;
/// then, from what was learnt of the chunks, everything that refs and reflog reach, each thing once. Good for one
/// look.
public final class Integrity {
    private static final int WORKERS = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 8);

    private final Storage storage;
    private final Branches branches;
    private final Checkpoint checkpoint;
    private final ChangeIndexing index;
    private final Settings settings;
    private final MergeStates merges;
    private final Views views;
    private final CheckOptions options;
    private final Progress progress;
    private final List<Issue> issues = new ArrayList<>(); // guarded by itself
    private long further;

    public Integrity(
            Storage storage,
            Branches branches,
            Checkpoint checkpoint,
            ChangeIndexing index,
            Settings settings,
            MergeStates merges,
            Views views,
            CheckOptions options) {
        this.storage = storage;
        this.branches = branches;
        this.checkpoint = checkpoint;
        this.index = index;
        this.settings = settings;
        this.merges = merges;
        this.views = views;
        this.options = options;
        this.progress = options.progress();
    }

    /// Checks. What is wrong is in the report, and no reason to stop. Writers go on meanwhile.
    public CheckReport check() {
        ChunkReading reading = new ChunkReading(progress, this::add);
        long sound = storage.packs()
                .check(WORKERS, reading.of(storage.packs().statistics().storedBytes()));
        reading.facts().settle();
        HistoryAudit audit = new HistoryAudit(
                storage.nodes(),
                new History(storage.nodes(), storage.history()::floor), // which reads each commit anew
                reading.facts(),
                finding -> add(ChunkReading.issue(finding)),
                done -> progress.moved("proving history", "commits", done, done));
        List<Refs.Ref> refs = branches.list("");
        Map<String, Hash> heads = new LinkedHashMap<>();
        for (Refs.Ref ref : refs) {
            Hash commit = ref.value().commit();
            if (commit != null) {
                heads.put(subject(ref), commit);
            }
        }
        List<RefMove> moves = new ArrayList<>();
        new SettingsAudit(settings, branches, merges, wrong -> tell(Issue.Kind.WRONG_SETTING, wrong.where(), wrong))
                .run(moves::add);
        moves.forEach(move -> been(move, heads));
        audit.tree("the table of refs", checkpoint.table());
        checkpoint.manifestDamage().ifPresent(damage -> tell(Issue.Kind.DAMAGED_MANIFEST, "the manifest", damage));
        checkpoint.journalDamage().ifPresent(damage -> tell(Issue.Kind.DAMAGED_JOURNAL, "the journal", damage));
        audit.commits(heads, storage.tasks(), WORKERS);
        for (Refs.Ref ref : refs) {
            Hash working = ref.value().working();
            if (working != null) {
                audit.catalog("the working state of " + subject(ref), working);
            }
        }
        for (RefMove move : moves) {
            Hash working = move.working();
            if (working != null) {
                audit.catalog("a working state that the reflog keeps", working);
            }
        }
        changes(audit);
        projections(audit);
        return new CheckReport(sound, reading.rawBytes(), audit.commits(), issues, further);
    }

    /// Proves the index of changed keys.
    private void changes(HistoryAudit audit) {
        index.trees().forEach(tree -> audit.tree("the index of changed keys", tree));
        if (options.deep()) {
            index.audit(
                    (subject, expected, found) ->
                            add(new Issue(Issue.Kind.WRONG_INDEX, subject, ChangeIndexing.NAME, -1, expected, found)),
                    done -> progress.moved("comparing the index of changed keys", "commits", done, done),
                    storage.tasks(),
                    WORKERS);
        }
    }

    /// Proves what is known of projections.
    private void projections(HistoryAudit audit) {
        views.refreshing().resume();
        if (options.deep()) {
            views.refreshing().save(); // what is known in memory alone is compared, too
        }
        for (Defined defined : views.catalogue().all().values()) {
            String subject = "projection '" + defined.name() + "'";
            views.results().trees(defined.result()).forEach(tree -> audit.tree(subject, tree));
            if (options.deep()) {
                views.results()
                        .audit(
                                defined.result(),
                                (made, known) -> add(new Issue(
                                        Issue.Kind.WRONG_PROJECTION,
                                        subject,
                                        "its entries",
                                        -1,
                                        "the tree " + made,
                                        "the tree " + known)));
            }
        }
    }

    /// Adds the commits that the reflog keeps.
    private void been(RefMove move, Map<String, Hash> heads) {
        for (Hash commit : new Hash[] {move.from(), move.to()}) {
            if (commit != null && storage.history().isHere(commit)) {
                heads.put("commit " + commit + " of the reflog", commit);
            }
        }
    }

    private static String subject(Refs.Ref ref) {
        return "ref '" + ref.name() + "'";
    }

    private void tell(Issue.Kind kind, String subject, CorruptException damage) {
        add(new Issue(kind, subject, damage.where(), damage.offset(), damage.expected(), damage.found()));
    }

    private void add(Issue issue) {
        synchronized (issues) {
            if (issues.size() < CheckReport.ISSUES_MAX) {
                issues.add(issue);
            } else {
                further++;
            }
        }
    }
}
