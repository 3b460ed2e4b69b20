package coppice.testing.contract.model;

import static coppice.testing.contract.model.PlainDatabase.HEADS;
import static org.assertj.core.api.Assertions.assertThat;

import coppice.api.Branch;
import coppice.api.BranchInfo;
import coppice.api.CommitId;
import coppice.api.Conflict;
import coppice.api.ConflictQuery;
import coppice.api.Database;
import coppice.api.MergeInProgress;
import coppice.api.OpenConflicts;
import coppice.api.PickInProgress;
import coppice.api.RebaseProgress;
import coppice.api.RebaseProgress.Reason;
import coppice.api.ReflogEntry;
import coppice.api.StashEntry;
import coppice.api.StashInProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Compares what a database shows with the model: all but old commits.
final class Comparison {
    private final PlainDatabase plain;
    private final Database db;
    private final boolean forgetful;

    Comparison(PlainDatabase plain, Database db, boolean forgetful) {
        this.plain = plain;
        this.db = db;
        this.forgetful = forgetful;
    }

    void run() {
        branches();
        tags();
        stashes();
        plain.tracking.forEach(
                (ref, version) -> assertThat(db.resolve(ref).id().hex()).as(ref).isEqualTo(version.id()));
        plain.lines.forEach((name, line) -> {
            Branch branch = db.branch(name);
            Expect.same(branch.snapshot(), line.working);
            merging(line.merging(), line.head, branch.merging());
            rebase(line.rebasing(), branch.edits().rebase().progress());
            pick(line.picking(), branch.edits().picking());
            returning(line.returning(plain), branch.stash().waiting());
            conflicts(line, branch.conflicts());
        });
        if (!forgetful) {
            plain.reflog.refs().forEach(this::reflog);
        }
    }

    private void branches() {
        List<String> found = new ArrayList<>();
        for (BranchInfo info : db.branches()) {
            found.add(shown(info.name(), info.head().id().hex(), info.hasChanges(), info.isCurrent()));
            assertThat(db.branch(info.name()).hasChanges()).isEqualTo(info.hasChanges());
        }
        List<String> expected = new ArrayList<>();
        plain.lines.forEach((name, line) ->
                expected.add(shown(name, line.head.id(), line.hasChanges(), name.equals(plain.current))));
        assertThat(found).isEqualTo(expected);
        assertThat(db.current().name()).isEqualTo(plain.current);
    }

    private static String shown(String name, String head, boolean changed, boolean current) {
        return name + " " + head + (changed ? " changed" : "") + (current ? " current" : "");
    }

    private void tags() {
        List<String> expected = new ArrayList<>();
        plain.tags.forEach((name, tag) -> expected.add(name + " " + tag.commit().id() + " " + tag.note()));
        assertThat(db.tags().list().stream()
                        .map(tag -> tag.name() + " " + tag.commit().hex() + " "
                                + tag.annotation().map(note -> note.message()))
                        .toList())
                .isEqualTo(expected);
    }

    private void stashes() {
        List<StashEntry> found = db.main().stash().list();
        assertThat(found).hasSameSizeAs(plain.stashes);
        for (int i = 0; i < found.size(); i++) {
            StashEntry entry = found.get(i);
            Version commit = plain.stashes.get(i).commit();
            assertThat(entry.index()).isEqualTo(i);
            assertThat(entry.branch()).isEqualTo(plain.stashes.get(i).branch());
            assertThat(entry.commit().id().hex()).isEqualTo(commit.id());
            assertThat(entry.base().hex()).isEqualTo(commit.parents().getFirst().id());
        }
    }

    private void merging(Optional<Pending> expected, Version head, Optional<MergeInProgress> found) {
        assertThat(found.isPresent()).as("a merge is under way").isEqualTo(expected.isPresent());
        if (expected.isEmpty() || found.isEmpty()) {
            return;
        }
        Pending merge = expected.get();
        MergeInProgress real = found.get();
        assertThat(real.source()).isEqualTo(merge.source());
        assertThat(real.theirs().id().hex()).isEqualTo(merge.theirs().id());
        assertThat(real.ours().id().hex()).isEqualTo(merge.ours().id());
        assertThat(real.isUncommitted()).isEqualTo(merge.isStaged());
        List<Clash> clashes =
                merge.isStaged() ? List.of() : merge.with(head, plain).clashes();
        List<Conflict> conflicts = real.conflicts(ConflictQuery.all(), 10_000).conflicts();
        assertThat(conflicts.stream().map(Clash::of).toList()).isEqualTo(clashes);
        assertThat(real.conflictCounts().stream()
                        .mapToLong(count -> count.open())
                        .sum())
                .isEqualTo(clashes.size());
    }

    private void rebase(@Nullable PlainRebase expected, Optional<RebaseProgress> found) {
        assertThat(found.isPresent()).as("a rebase is under way").isEqualTo(expected != null);
        if (expected == null || found.isEmpty()) {
            return;
        }
        RebaseProgress real = found.get();
        assertThat(real.onto().hex()).isEqualTo(expected.onto().id());
        assertThat(real.original().hex()).isEqualTo(expected.original().id());
        assertThat(real.reached().id().hex()).isEqualTo(expected.reached().id());
        boolean isAtStep = expected.stop() != PlainRebase.Stop.NONE;
        assertThat(real.remaining())
                .isEqualTo(expected.steps().stream()
                        .skip(isAtStep ? 1 : 0)
                        .map(PlainRebase.Step::shown)
                        .toList());
        switch (real.reason()) {
            case Reason.Interrupted _ -> assertThat(expected.stop()).isEqualTo(PlainRebase.Stop.NONE);
            case Reason.Editing _ -> assertThat(expected.stop()).isEqualTo(PlainRebase.Stop.EDIT);
            case Reason.Rewording(var _, String message) -> {
                assertThat(expected.stop()).isEqualTo(PlainRebase.Stop.REWORD);
                assertThat(message).isEqualTo(expected.top().message());
            }
            case Reason.Conflicted(var _, var _, List<Conflict> conflicts) -> {
                assertThat(expected.stop()).isEqualTo(PlainRebase.Stop.CONFLICT);
                assertThat(conflicts.stream().map(Clash::of).toList()).isEqualTo(expected.clashes(plain));
            }
        }
    }

    private static void pick(@Nullable PlainPick expected, Optional<PickInProgress> found) {
        assertThat(found.isPresent()).as("a pick waits").isEqualTo(expected != null);
        if (expected == null || found.isEmpty()) {
            return;
        }
        PickInProgress real = found.get();
        List<String> steps =
                expected.steps().stream().map(step -> step.commit().id()).toList();
        assertThat(real.isRevert()).isEqualTo(expected.back());
        assertThat(real.at().map(commit -> commit.id().hex()).stream().toList())
                .isEqualTo(expected.isStopped() ? List.of(steps.getFirst()) : List.of());
        assertThat(real.remaining().stream().map(CommitId::hex).toList())
                .isEqualTo(steps.subList(expected.isStopped() ? 1 : 0, steps.size()));
        assertThat(real.made().stream().map(commit -> commit.id().hex()).toList())
                .isEqualTo(expected.made().stream().map(Version::id).toList());
    }

    private static void returning(@Nullable PlainReturn expected, Optional<StashInProgress> found) {
        assertThat(found.isPresent()).as("a stash waits").isEqualTo(expected != null);
        if (expected != null && found.isPresent()) {
            assertThat(found.get().isPop()).isEqualTo(expected.drops());
            assertThat(found.get().entry().commit().id().hex())
                    .isEqualTo(expected.entry().commit().id());
        }
    }

    /// What is open of whatever waits, as picks and stashes show it.
    private void conflicts(Line line, Optional<OpenConflicts> found) {
        PlainPick pick = line.picking();
        PlainReturn returning = line.returning(plain);
        Optional<PlainMerge> merge = pick != null && pick.isStopped()
                ? Optional.of(pick.work(Ruling.of(plain, pick)))
                : Optional.ofNullable(returning).map(one -> one.work(line.working, Ruling.of(plain, one)));
        if (merge.isPresent() && line.merging().isEmpty() && line.rebasing() == null) {
            assertThat(found.orElseThrow().conflicts(ConflictQuery.all(), 10_000).conflicts().stream()
                            .map(Clash::of)
                            .toList())
                    .isEqualTo(merge.get().clashes());
        }
    }

    private void reflog(String ref) {
        List<String> expected = plain.reflog.of(ref).reversed().stream()
                .map(move -> move.action() + " " + shown(move.before()) + ">" + shown(move.after()))
                .toList();
        List<String> found = new ArrayList<>();
        String name = ref.startsWith(HEADS) ? ref.substring(HEADS.length()) : ref;
        for (ReflogEntry entry : db.reflog(name)) {
            found.add(entry.action() + " " + shown(entry.before()) + ">" + shown(entry.after()));
        }
        assertThat(found).as("reflog of %s", ref).isEqualTo(expected);
    }

    private static String shown(@Nullable Version version) {
        return version == null ? "" : version.id().substring(0, 8);
    }

    private static String shown(Optional<CommitId> commit) {
        return commit.map(id -> id.hex().substring(0, 8)).orElse("");
    }
}
