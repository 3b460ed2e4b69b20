package coppice.engine;

import coppice.api.CheckReport;
import coppice.api.Issue;
import coppice.api.Progress;
import coppice.engine.log.RefMove;
import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Hash;
import coppice.kernel.history.Finding;
import coppice.kernel.history.History;
import coppice.kernel.history.HistoryAudit;
import coppice.kernel.history.Refs;
import coppice.kernel.store.PackDamage;
import coppice.kernel.store.PackVisitor;
import coppice.kernel.tree.ChunkFacts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/// Proves a whole database: first every chunk and index entry, in the order of the files and on all processors;
/// then, from what was learnt of the chunks, everything that refs and reflog reach, each thing once. Good for one
/// look.
final class Integrity {
    private static final int WORKERS = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 8);

    private final Storage storage;
    private final Branches branches;
    private final Checkpoint checkpoint;
    private final Progress progress;
    private final ChunkFacts facts = new ChunkFacts();
    private final List<Issue> issues = new ArrayList<>(); // guarded by itself
    private long further;

    Integrity(Storage storage, Branches branches, Checkpoint checkpoint, Progress progress) {
        this.storage = storage;
        this.branches = branches;
        this.checkpoint = checkpoint;
        this.progress = progress;
    }

    CheckReport check() {
        Reading reading = new Reading(storage.packs().statistics().storedBytes());
        long sound = storage.packs().check(WORKERS, reading);
        facts.settle();
        HistoryAudit audit = new HistoryAudit(
                storage.nodes(),
                new History(storage.nodes(), storage.history()::floor), // which reads each commit anew
                facts,
                this::tell,
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
        branches.reflog().visitAll(moves::add);
        moves.forEach(move -> been(move, heads));
        audit.tree("the table of refs", checkpoint.table());
        checkpoint.journalDamage().ifPresent(this::tell);
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
        return new CheckReport(sound, reading.rawBytes.sum(), audit.commits(), issues, further);
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

    private void tell(CorruptException damage) {
        add(new Issue(
                Issue.Kind.DAMAGED_JOURNAL,
                "the journal",
                damage.where(),
                damage.offset(),
                damage.expected(),
                damage.found()));
    }

    private void tell(Finding finding) {
        Issue.Kind kind = switch (finding.kind()) {
            case UNREADABLE -> Issue.Kind.MISSING_CHUNK;
            case DANGLING -> Issue.Kind.DANGLING_REF;
            case INVALID -> Issue.Kind.NOT_CANONICAL;
            case WRONG_COUNT -> Issue.Kind.WRONG_COUNT;
            case WRONG_CLOSURE -> Issue.Kind.WRONG_CLOSURE;
        };
        add(new Issue(kind, finding.subject(), finding.where(), finding.offset(), finding.expected(), finding.found()));
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

    /// What the first pass does with each chunk.
    private final class Reading implements PackVisitor {
        private final long total;
        private final LongAdder done = new LongAdder();
        private final LongAdder rawBytes = new LongAdder();

        Reading(long total) {
            this.total = total;
        }

        @Override
        public void sound(Hash hash, byte[] chunk) {
            rawBytes.add(chunk.length);
            facts.learn(hash, chunk);
        }

        @Override
        public void damaged(PackDamage damage) {
            Issue.Kind kind = switch (damage.kind()) {
                case CHUNK -> Issue.Kind.DAMAGED_CHUNK;
                case RECORDS -> Issue.Kind.DAMAGED_PACK;
                case INDEX -> Issue.Kind.DAMAGED_INDEX;
            };
            CorruptException what = damage.what();
            String subject = damage.chunk() == null ? what.where() : "chunk " + damage.chunk();
            add(new Issue(kind, subject, what.where(), what.offset(), what.expected(), what.found()));
        }

        @Override
        public void read(long bytes) {
            done.add(bytes);
            long now = done.sum();
            progress.moved("reading chunks", "bytes", now, Math.max(now, total));
        }
    }
}
