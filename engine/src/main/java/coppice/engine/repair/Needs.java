package coppice.engine.repair;

import coppice.engine.check.SettingsAudit;
import coppice.engine.delta.Delta;
import coppice.engine.exchange.Shallow;
import coppice.engine.exchange.StateCopy;
import coppice.engine.live.RefNames;
import coppice.engine.live.Reflog;
import coppice.engine.log.LogRecord;
import coppice.engine.log.Note;
import coppice.engine.log.RefMove;
import coppice.engine.log.SpaceWrites;
import coppice.engine.recovery.PastRecords;
import coppice.engine.recovery.RefPositions;
import coppice.engine.storage.Layout;
import coppice.kernel.bytes.Bytes;
import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Hash;
import coppice.kernel.history.Catalog;
import coppice.kernel.history.History;
import coppice.kernel.history.RefValue;
import coppice.kernel.history.Refs;
import coppice.kernel.journal.JournalOptions;
import coppice.kernel.journal.JournalSurvey;
import coppice.kernel.journal.RecordVisitor;
import coppice.kernel.platform.Disk;
import coppice.kernel.store.Chunks;
import coppice.kernel.store.Manifest;
import coppice.kernel.store.MissingChunkException;
import coppice.kernel.tree.Cursor;
import coppice.kernel.tree.Nodes;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a database that nobody has open needs of its chunks, as far as that can be read: what refs, working states,
/// reflog and journal refer to. Named for people.
final class Needs {
    private final Disk disk;
    private final Manifest manifest;
    private final JournalOptions journal;
    private final Nodes nodes;
    private final History history;
    private final Map<Hash, String> commits = new LinkedHashMap<>();
    private final Map<Hash, String> catalogs = new LinkedHashMap<>();
    private final Map<Hash, String> trees = new LinkedHashMap<>();
    private final Set<Hash> made = new HashSet<>();
    private final Map<String, SortedMap<byte[], Optional<byte[]>>> written = new TreeMap<>();
    private Optional<RefPositions> older = Optional.empty();
    private final Set<String> dropped = new HashSet<>();
    private long system = -1; // up to where the table has what was written to the system branch
    private JournalSurvey.@Nullable Result survey;

    private Needs(Disk disk, Chunks chunks, Manifest manifest, JournalOptions journal, long memoryBytes) {
        this.disk = disk;
        this.manifest = manifest;
        this.journal = journal;
        this.nodes = new Nodes(chunks, memoryBytes);
        long floor = floor();
        this.history = new History(nodes, () -> floor);
    }

    /// @param isOlder whether the journal begins at records that the table of refs may have already: those need nothing
    static Needs of(
            Disk disk, Chunks chunks, Manifest manifest, JournalOptions journal, boolean isOlder, long memoryBytes) {
        Needs needs = new Needs(disk, chunks, manifest, journal, memoryBytes);
        needs.trees.put(manifest.refs(), "the table of refs");
        needs.attempt(needs::refs);
        needs.attempt(needs::reflog);
        if (isOlder) {
            needs.attempt(() -> needs.older = Optional.of(RefPositions.of(needs.table())));
            needs.replay(needs::drop);
        }
        needs.survey = needs.replay(needs::record);
        return needs;
    }

    private void attempt(Runnable step) {
        try {
            step.run();
        } catch (CorruptException | MissingChunkException unreadable) {
            // Whoever proves the trees finds out what is missing.
        }
    }

    private long floor() {
        long[] floor = {0};
        attempt(() -> StateCopy.setting(nodes, manifest.refs(), Shallow.AREA, Shallow.FLOOR)
                .ifPresent(bytes -> floor[0] = Shallow.decode(bytes)));
        return floor[0];
    }

    private void refs() {
        table().list("").forEach(ref -> add("ref '" + ref.name() + "'", ref.value()));
        table().get(RefNames.head(RefNames.SYSTEM)).ifPresent(value -> system = value.lsn());
    }

    /// The table of refs of the last checkpoint.
    Refs table() {
        return Refs.load(nodes, manifest.refs());
    }

    private void reflog() {
        Hash working = table().get(RefNames.head(RefNames.SYSTEM))
                .map(RefValue::working)
                .orElse(null);
        if (working != null) {
            Cursor cursor = Catalog.load(nodes, working).rows(Reflog.SPACE).cursor();
            while (cursor.next()) {
                byte[] key = cursor.key();
                byte[] value = cursor.value();
                if (SettingsAudit.wrong(Reflog.SPACE, key, value).isEmpty()) {
                    String ref = RefMove.ref(key);
                    add("the reflog of '" + ref + "'", RefMove.decode(ref, value));
                }
            }
        }
    }

    private void add(String subject, RefValue value) {
        commit(subject, value.commit());
        catalog(subject, value.working());
    }

    private void add(String subject, RefMove move) {
        commit(subject, move.from());
        commit(subject, move.to());
        catalog(subject, move.working());
    }

    private void commit(String subject, @Nullable Hash commit) {
        boolean isHere =
                history.floor() == 0 || commit == null || nodes.chunks().contains(commit);
        if (commit != null && isHere && !made.contains(commit)) {
            commits.putIfAbsent(commit, subject);
        }
    }

    private void catalog(String subject, @Nullable Hash catalog) {
        if (catalog != null) {
            catalogs.putIfAbsent(catalog, "the working state of " + subject);
        }
    }

    /// Reads the journal from the last checkpoint on.
    JournalSurvey.Result replay(RecordVisitor visitor) {
        return JournalSurvey.read(disk, Layout.JOURNAL, journal, manifest.checkpointLsn(), visitor);
    }

    private void record(byte type, byte[] bytes, int offset, int length, long lsn) {
        String subject = "the journal, up to position " + lsn;
        LogRecord entry = LogRecord.decode(subject, type, bytes, offset, length);
        if ((older.isEmpty() || older.get().take(entry, lsn)) && !isDropped(PastRecords.ref(entry))) {
            need(subject, entry, lsn);
        }
    }

    /// Notes which refs are gone at the end of the journal. One that got another name may live on under that.
    private void drop(byte type, byte[] bytes, int offset, int length, long lsn) {
        switch (LogRecord.decode("the journal, up to position " + lsn, type, bytes, offset, length)) {
            case LogRecord.Dropped(String ref, Note _) -> dropped.add(ref);
            case LogRecord.Placed(String ref, RefValue _, Note _) -> dropped.remove(ref);
            case LogRecord.Renamed(String from, String to, Note _) -> {
                dropped.remove(RefNames.head(from));
                dropped.remove(RefNames.head(to));
            }
            case LogRecord.OnBranch _ -> {}
        }
    }

    /// Whether a ref is gone at the end of a journal that begins before the table: what it needed may be gone as well.
    boolean isDropped(String ref) {
        return dropped.contains(ref);
    }

    private void need(String subject, LogRecord entry, long lsn) {
        switch (entry) {
            case LogRecord.Committed(String _, byte[] commit, Note _) -> made.add(Hash.of(commit));
            case LogRecord.Stashed(String _, String _, byte[] commit, Note _) -> made.add(Hash.of(commit));
            case LogRecord.Transacted(String _, var _, byte[] commit, boolean isKept, Note _) -> {
                if (isKept) {
                    commit(subject, Hash.of(commit));
                } else {
                    made.add(Hash.of(commit));
                }
            }
            case LogRecord.Moved(String _, Hash commit, var working, Note _) -> {
                commit(subject, commit);
                catalog(subject, working instanceof LogRecord.Working.Replaced(Hash catalog) ? catalog : null);
            }
            case LogRecord.Loaded(String _, String _, Hash root) -> trees.putIfAbsent(root, subject);
            case LogRecord.Placed(String _, RefValue value, Note _) -> add(subject, value);
            case LogRecord.Writes(String branch, List<SpaceWrites> spaces) -> {
                if (branch.equals(RefNames.SYSTEM) && lsn > system) {
                    spaces.forEach(this::write);
                }
            }
            case LogRecord.Mark _, LogRecord.Dropped _, LogRecord.Renamed _ -> {}
        }
    }

    @SuppressWarnings("ReferenceEquality") // a removal is known by identity
    private void write(SpaceWrites writes) {
        SortedMap<byte[], Optional<byte[]>> area =
                written.computeIfAbsent(writes.space(), _ -> new TreeMap<>(Bytes::compare));
        for (int i = 0; i < writes.keys().length; i++) {
            byte[] value = writes.values()[i];
            area.put(writes.keys()[i], value == Delta.REMOVED ? Optional.empty() : Optional.of(value));
        }
    }

    /// An entry of the settings or the reflog.
    interface SettingVisitor {
        void setting(String area, byte[] key, byte[] value);
    }

    /// Visits settings and reflog as of the end of the journal, as far as they can be read; entries of the reflog
    /// that follow from the journal are left out.
    void visitSettings(SettingVisitor visitor) {
        attempt(() -> table().get(RefNames.head(RefNames.SYSTEM))
                .map(RefValue::working)
                .ifPresent(working -> visit(Catalog.load(nodes, working), visitor)));
        written.forEach((area, entries) ->
                entries.forEach((key, value) -> value.ifPresent(put -> visitor.setting(area, key, put))));
    }

    private void visit(Catalog system, SettingVisitor visitor) {
        for (Catalog.Space space : system.spaces()) {
            SortedMap<byte[], Optional<byte[]>> later =
                    written.getOrDefault(space.name(), new TreeMap<>(Bytes::compare));
            attempt(() -> {
                Cursor cursor = system.rows(space.name()).cursor();
                while (cursor.next()) {
                    if (!later.containsKey(cursor.key())) {
                        visitor.setting(space.name(), cursor.key(), cursor.value());
                    }
                }
            });
        }
    }

    Nodes nodes() {
        return nodes;
    }

    History history() {
        return history;
    }

    /// What the journal is like.
    JournalSurvey.Result survey() {
        JournalSurvey.Result known = survey;
        if (known == null) {
            throw new IllegalStateException("The journal has not been read yet");
        }
        return known;
    }

    /// The commits that are referred to.
    Map<String, Hash> commits() {
        return named(commits);
    }

    /// The catalogs that are referred to by something else than a commit.
    Map<String, Hash> catalogs() {
        return named(catalogs);
    }

    /// Trees that are in no catalog.
    Map<String, Hash> trees() {
        return named(trees);
    }

    private static Map<String, Hash> named(Map<Hash, String> subjects) {
        Map<String, Hash> named = new LinkedHashMap<>();
        subjects.forEach((hash, subject) -> {
            String name = subject;
            for (int more = 2; named.containsKey(name); more++) {
                name = subject + " (" + more + ")";
            }
            named.put(name, hash);
        });
        return named;
    }
}
