package coppice.engine;

import coppice.api.BisectOutcome;
import coppice.api.BisectSession;
import coppice.api.BlamePage;
import coppice.api.Change;
import coppice.api.ChangeCount;
import coppice.api.ChangePage;
import coppice.api.Commit;
import coppice.api.CommitDetails;
import coppice.api.CommitPage;
import coppice.api.DiffQuery;
import coppice.api.FieldBlame;
import coppice.api.FieldChange;
import coppice.api.HistoryView;
import coppice.api.KeyVersion;
import coppice.api.LogQuery;
import coppice.api.Operation;
import coppice.api.Range;
import coppice.api.Snapshot;
import coppice.api.Verdict;
import coppice.api.Version;
import coppice.engine.history.BisectNotes;
import coppice.engine.history.Bisection;
import coppice.engine.history.Blames;
import coppice.engine.history.Differences;
import coppice.engine.history.Fields;
import coppice.engine.history.Logs;
import coppice.engine.reading.Access;
import coppice.engine.refs.RefResolver;
import coppice.engine.storage.Gate;
import coppice.engine.storage.Storage;
import coppice.engine.terms.Checks;
import coppice.engine.terms.Failures;
import coppice.engine.version.EmbeddedSnapshot;
import coppice.engine.version.Versions;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// The API's face of the past: hands each question to the part that answers it.
final class EmbeddedHistory implements HistoryView {
    private final Storage storage;
    private final Access access;
    private final RefResolver refs;
    private final Versions versions;
    private final Gate gate;
    private final Logs logs;
    private final Differences differences;
    private final Blames blames;
    private final BisectSession session;

    EmbeddedHistory(Parts parts) {
        this.storage = parts.storage();
        this.access = parts.access();
        this.refs = parts.refs();
        this.versions = parts.versions();
        this.gate = parts.gate();
        this.logs = new Logs(storage, refs, parts.origins());
        this.differences = new Differences(storage, parts.branches(), refs);
        this.blames = new Blames(storage, versions, parts.origins());
        this.session = new BisectNotes(storage, versions, refs, parts.settings(), gate);
    }

    private <T> T looking(Supplier<T> look) {
        gate.ensureOpen();
        return Failures.guarded(look);
    }

    private <T> T timed(Operation operation, Supplier<T> look) {
        return looking(() -> storage.meters().of(operation).time(look));
    }

    @Override
    public Iterable<Commit> log(LogQuery query) {
        return looking(() -> logs.all(query));
    }

    @Override
    public CommitPage page(LogQuery query, int limit) {
        return timed(Operation.LOG, () -> logs.page(query, limit));
    }

    @Override
    public Iterable<Change> diff(DiffQuery query) {
        return looking(() -> differences.all(query));
    }

    @Override
    public ChangePage page(DiffQuery query, int limit) {
        return timed(Operation.DIFF, () -> differences.page(query, limit));
    }

    @Override
    public List<ChangeCount> count(DiffQuery query) {
        return timed(Operation.DIFF, () -> differences.count(query));
    }

    @Override
    public CommitDetails show(String ref) {
        return looking(() -> {
            Commit commit = versions.describe(refs.resolve(ref));
            Version before = commit.parents().isEmpty()
                    ? Version.empty()
                    : Version.of(commit.parents().getFirst().hex());
            DiffQuery changes = DiffQuery.between(before, Version.of(commit));
            return new CommitDetails(commit, differences.count(changes), changes);
        });
    }

    @Override
    public boolean isAncestor(String ancestor, String descendant) {
        return looking(() -> storage.history().isAncestor(refs.resolve(ancestor), refs.resolve(descendant)));
    }

    @Override
    public List<Commit> mergeBases(String a, String b) {
        return looking(() -> storage.history().mergeBases(refs.resolve(a), refs.resolve(b)).stream()
                .map(versions::describe)
                .toList());
    }

    @Override
    public Iterable<KeyVersion> versions(String ref, String space, byte[] key) {
        return looking(() -> blames.versions(refs.resolve(ref), Checks.spaceName(space), Checks.key(key.clone())));
    }

    @Override
    public Optional<Commit> blame(String ref, String space, byte[] key) {
        return timed(
                Operation.BLAME,
                () -> blames.blame(refs.resolve(ref), Checks.spaceName(space), Checks.key(key.clone())));
    }

    @Override
    public BlamePage blame(String ref, String space, Range range, int limit) {
        return timed(Operation.BLAME, () -> blames.blame(refs.resolve(ref), Checks.spaceName(space), range, limit));
    }

    @Override
    public List<FieldChange> fields(Change change) {
        return Fields.changes(change);
    }

    @Override
    public List<FieldBlame> blameFields(String ref, String space, byte[] key) {
        return timed(
                Operation.BLAME,
                () -> blames.fields(refs.resolve(ref), Checks.spaceName(space), Checks.key(key.clone())));
    }

    @Override
    public BisectOutcome bisect(String good, String bad, Function<Snapshot, Verdict> test) {
        Bisection bisection =
                looking(() -> Bisection.between(storage, versions, List.of(refs.resolve(good)), refs.resolve(bad)));
        return bisection.run(commit -> test.apply(looking(() -> EmbeddedSnapshot.of(commit, access, versions))));
    }

    @Override
    public BisectSession bisection() {
        gate.ensureOpen();
        return session;
    }
}
