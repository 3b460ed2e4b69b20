package coppice.testing.contract;

import static coppice.testing.contract.WriteCommands.latin;
import static coppice.testing.contract.WriteCommands.requireSame;
import static org.assertj.core.api.Assertions.assertThat;

import coppice.api.Change;
import coppice.api.Commit;
import coppice.api.CommitId;
import coppice.api.ErrorCode;
import coppice.api.Merge;
import coppice.api.MergeOutcome;
import coppice.api.Resolver;
import coppice.testing.contract.Commands.Command;
import coppice.testing.contract.ModelContract.Running;
import coppice.testing.contract.PlainDatabase.Decision;
import coppice.testing.contract.PlainDatabase.Line;
import coppice.testing.contract.PlainDatabase.Merging;
import coppice.testing.contract.PlainDatabase.Row;
import coppice.testing.contract.PlainDatabase.State;
import coppice.testing.contract.PlainDatabase.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Commands that make versions and look at them.
final class VersionCommands {
    private VersionCommands() {}

    record MakeCommit(String branch) implements Command {
        @Override
        public void run(PlainDatabase model, Running running) {
            Line line = model.line(branch);
            Commit commit = running.db.branch(branch).commit("on " + branch);
            assertThat(commit.parents()).containsExactly(new CommitId(line.head.id));
            line.head = model.add(commit.id().hex(), line.working, List.of(line.head));
        }
    }

    record CreateBranch(String name, int version) implements Command {
        @Override
        public void run(PlainDatabase model, Running running) {
            Version at = model.versions.get(version);
            if (!isReachable(model, at)) {
                return; // may have been collected
            }
            if (model.lines.containsKey(name)) {
                Contract.incorrect(ErrorCode.BRANCH_EXISTS, () -> running.db.branch(name, at.id));
                return;
            }
            running.db.branch(name, at.id);
            model.lines.put(name, new Line(at));
        }
    }

    private static boolean isReachable(PlainDatabase model, Version version) {
        return model.lines.values().stream()
                .anyMatch(line -> line.head.ancestors().contains(version));
    }

    record DeleteBranch(String name) implements Command {
        @Override
        public void run(PlainDatabase model, Running running) {
            if (model.lines.remove(name) == null) {
                Contract.notFound(ErrorCode.UNKNOWN_BRANCH, () -> running.db.forceDeleteBranch(name));
            } else {
                running.db.forceDeleteBranch(name);
            }
        }
    }

    record Discard(String branch) implements Command {
        @Override
        public void run(PlainDatabase model, Running running) {
            requireChanges(
                    running.db.branch(branch).changes(), model.line(branch).head.state, model.line(branch).working);
            running.db.branch(branch).discard();
            model.line(branch).working = model.line(branch).head.state;
            requireSame(running.db.branch(branch).snapshot(), model.line(branch).working);
        }
    }

    record Travel(int version) implements Command {
        @Override
        public void run(PlainDatabase model, Running running) {
            Version at = model.versions.get(version);
            if (isReachable(model, at)) {
                requireSame(running.db.at(at.id), at.state);
                Set<String> log = new TreeSet<>();
                running.db.log(at.id).forEach(commit -> log.add(commit.id().hex()));
                Set<String> expected = new TreeSet<>();
                at.ancestors().forEach(ancestor -> expected.add(ancestor.id));
                assertThat(log).isEqualTo(expected);
            }
        }
    }

    record Diff(int from, int to) implements Command {
        @Override
        public void run(PlainDatabase model, Running running) {
            Version before = model.versions.get(from);
            Version after = model.versions.get(to);
            if (isReachable(model, before) && isReachable(model, after)) {
                requireChanges(running.db.diff(before.id, after.id), before.state, after.state);
            }
        }
    }

    private static void requireChanges(Iterable<Change> found, State before, State after) {
        Set<Row> rows = new TreeSet<>(before.keySet());
        rows.addAll(after.keySet());
        List<String> expected = new ArrayList<>();
        for (Row row : rows) {
            if (!before.at(row).equals(after.at(row))) {
                expected.add(row + ": " + before.at(row) + " to " + after.at(row));
            }
        }
        List<String> shown = new ArrayList<>();
        for (Change change : found) {
            Row row = new Row(change.space(), latin(change.key()));
            Optional<String> was = Optional.empty();
            Optional<String> is = Optional.empty();
            switch (change) {
                case Change.Added added -> is = Optional.of(latin(added.after()));
                case Change.Removed removed -> was = Optional.of(latin(removed.before()));
                case Change.Modified both -> {
                    was = Optional.of(latin(both.before()));
                    is = Optional.of(latin(both.after()));
                }
            }
            shown.add(row + ": " + was + " to " + is);
        }
        assertThat(shown).isEqualTo(expected);
    }

    record MergeBranches(Sides sides, Manner manner) implements Command {
        record Sides(String source, String into) {}

        record Manner(Decision decision, boolean fastForward) {}

        @Override
        public void run(PlainDatabase model, Running running) {
            Line into = model.line(sides.into());
            Version ours = into.head;
            Version theirs = model.line(sides.source()).head;
            if (into.hasChanges()) {
                if (!ours.ancestors().contains(theirs)) {
                    Contract.incorrect(ErrorCode.UNCOMMITTED_CHANGES, () -> merge(running));
                }
                return;
            }
            MergeOutcome outcome = merge(running);
            if (ours.ancestors().contains(theirs)) {
                assertThat(outcome)
                        .isEqualTo(new MergeOutcome.UpToDate(
                                running.db.branch(sides.into()).head()));
            } else if (manner.fastForward() && theirs.ancestors().contains(ours)) {
                assertThat(outcome).isEqualTo(new MergeOutcome.Merged(running.db.resolve(theirs.id)));
                into.head = theirs;
                into.working = theirs.state;
            } else {
                requireMerged(model, running, outcome, theirs);
            }
        }

        private MergeOutcome merge(Running running) {
            Merge merge = Merge.into(sides.into()).resolving(resolver());
            return running.db.merge(sides.source(), manner.fastForward() ? merge : merge.noFastForward());
        }

        private Resolver resolver() {
            return switch (manner.decision()) {
                case NONE -> Resolver.NONE;
                case OURS -> Resolver.OURS;
                case THEIRS -> Resolver.THEIRS;
                case DELETE -> conflict -> new Resolver.Take(Optional.empty());
            };
        }

        private void requireMerged(PlainDatabase model, Running running, MergeOutcome outcome, Version theirs) {
            Line into = model.line(sides.into());
            Version ours = into.head;
            State base = PlainDatabase.base(ours, theirs);
            Merging expected = PlainDatabase.merge(base, ours.state, theirs.state, manner.decision());
            switch (outcome) {
                case MergeOutcome.UpToDate upToDate -> throw new AssertionError("not up to date: " + upToDate);
                case MergeOutcome.Uncommitted staged -> throw new AssertionError("it was to be committed: " + staged);
                case MergeOutcome.Conflicted(var conflicts) -> {
                    List<Row> clashes = conflicts.stream()
                            .map(conflict -> new Row(conflict.space(), latin(conflict.key())))
                            .toList();
                    assertThat(clashes).isNotEmpty().isEqualTo(expected.clashes());
                }
                case MergeOutcome.Merged(Commit commit) -> {
                    assertThat(expected.clashes()).isEmpty();
                    assertThat(commit.parents()).containsExactly(new CommitId(ours.id), new CommitId(theirs.id));
                    requireSame(running.db.branch(sides.into()).snapshot(), expected.state());
                    into.head = model.add(commit.id().hex(), expected.state(), List.of(ours, theirs));
                    into.working = expected.state();
                }
            }
        }
    }

    /// What happens to a database besides work.
    record Upkeep(Kind kind) implements Command {
        enum Kind {
            CHECKPOINT,
            REOPEN,
            COMPACT,
            CHECK
        }

        @Override
        public void run(PlainDatabase model, Running running) {
            switch (kind) {
                case CHECKPOINT -> running.db.checkpoint();
                case COMPACT -> assertThat(running.db.gc().freedBytes()).isNotNegative();
                case CHECK -> assertThat(running.db.check().problems()).isEmpty();
                case REOPEN -> {
                    if (running.isPersistent()) {
                        running.reopen();
                    }
                }
            }
        }
    }
}
