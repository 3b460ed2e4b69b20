package coppice.testing.contract.model;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.api.Commit;
import coppice.api.CommitMessage;
import coppice.api.Conflict;
import coppice.api.ConflictQuery;
import coppice.api.ErrorCode;
import coppice.api.Merge;
import coppice.api.MergeInProgress;
import coppice.api.MergeOutcome;
import coppice.api.MergePreview;
import coppice.api.Resolver;
import coppice.testing.contract.model.Pending.Manner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Commands that merge.
final class Merging {
    private Merging() {}

    /// What merging a version into a branch does: what it refuses, and what becomes of the branch.
    record Work(World world, Running running, Command.On on, String source, Version theirs, Manner manner) {
        private Line line() {
            return on.line(world);
        }

        private Ruling ruling(Decision decision) {
            return Ruling.of(on.plain(world), decision);
        }

        /// Why a merge cannot be, if it cannot.
        Optional<ErrorCode> refusal() {
            if (line().merging().isPresent()) {
                return Optional.of(ErrorCode.MERGE_IN_PROGRESS);
            }
            boolean mayWait = manner.keeps() || !manner.commits();
            Optional<ErrorCode> waiting = mayWait ? line().waiting(on.plain(world)) : Optional.empty();
            return waiting.isPresent() ? waiting : mergingRefusal();
        }

        Optional<ErrorCode> mergingRefusal() {
            Version ours = line().head;
            if (line().hasChanges()) {
                return Optional.of(ErrorCode.UNCOMMITTED_CHANGES);
            }
            if (ours.reaches(theirs) || isForward()) {
                return Optional.empty();
            }
            if (manner.forward() == Merge.FastForward.ONLY && !theirs.reaches(ours)) {
                return Optional.of(ErrorCode.NOT_FAST_FORWARD);
            }
            return Version.bases(ours, theirs).isEmpty()
                    ? Optional.of(ErrorCode.UNRELATED_HISTORIES)
                    : Optional.empty();
        }

        private boolean isForward() {
            return manner.forward() != Merge.FastForward.NEVER && !manner.squash() && theirs.reaches(line().head);
        }

        /// Checks what a merge gave, and does the same.
        void follow(MergeOutcome outcome) {
            Version ours = line().head;
            if (ours.reaches(theirs)) {
                assertThat(outcome).isEqualTo(new MergeOutcome.UpToDate(resolved(ours)));
            } else if (isForward()) {
                assertThat(outcome).isEqualTo(new MergeOutcome.Merged(resolved(theirs)));
                on.plain(world).set(on.branch(), theirs, "merge");
            } else {
                follow(outcome, PlainMerge.of(ours, theirs, ruling(manner.decision())));
            }
        }

        private Commit resolved(Version version) {
            return running.db(on.site()).resolve(version.id());
        }

        private void follow(MergeOutcome outcome, PlainMerge merge) {
            if (!merge.clashes().isEmpty()) {
                assertThat(outcome).isInstanceOf(MergeOutcome.Conflicted.class);
                List<Conflict> conflicts = ((MergeOutcome.Conflicted) outcome).conflicts();
                assertThat(conflicts.stream().map(Clash::of).toList()).isEqualTo(merge.clashes());
                if (manner.keeps()) {
                    wait(begun(null).with(decided()));
                }
            } else if (!manner.commits()) {
                assertThat(outcome).isEqualTo(new MergeOutcome.Uncommitted(resolved(theirs)));
                on.plain(world).set(on.branch(), line().head, merge.merged(), "merge");
                wait(begun(merge.merged()));
            } else {
                assertThat(outcome).isInstanceOf(MergeOutcome.Merged.class);
                committed(((MergeOutcome.Merged) outcome).commit(), merge.merged(), Optional.empty());
            }
        }

        private void wait(Pending merge) {
            line().pending = merge;
            on.plain(world).held.add(theirs);
        }

        private Pending begun(@Nullable State staged) {
            return new Pending(source, theirs, line().head, staged, manner, Map.of());
        }

        /// What the resolver decided at once.
        private Map<Clash, Optional<String>> decided() {
            Map<Clash, Optional<String>> decided = new HashMap<>();
            PlainMerge.of(line().head, theirs, ruling(Decision.NONE))
                    .clashes()
                    .forEach(clash -> manner.decision().decide(clash).ifPresent(value -> decided.put(clash, value)));
            return decided;
        }

        void committed(Commit commit, State merged, Optional<String> message) {
            Version ours = line().head;
            List<Version> parents = manner.squash() ? List.of(ours) : List.of(ours, theirs);
            String text = message.orElse(manner.title(source, on.branch()));
            Version draft = Version.draft(merged, parents, text, on.plain(world).author);
            on.plain(world).set(on.branch(), running.found(world, on.site(), commit.id(), draft), "merge");
        }

        /// Looks first.
        void preview(MergePreview preview) {
            Version ours = line().head;
            assertThat(preview.ours().id().hex()).isEqualTo(ours.id());
            assertThat(preview.theirs().id().hex()).isEqualTo(theirs.id());
            assertThat(preview.bases().stream().map(world::version))
                    .containsExactlyInAnyOrderElementsOf(Version.bases(ours, theirs));
            PlainMerge merge = PlainMerge.of(ours, theirs, ruling(manner.decision()));
            MergePreview.Outcome expected = ours.reaches(theirs)
                    ? MergePreview.Outcome.UP_TO_DATE
                    : isForward()
                            ? MergePreview.Outcome.FAST_FORWARD
                            : merge.clashes().isEmpty() ? MergePreview.Outcome.MERGE : MergePreview.Outcome.CONFLICTS;
            assertThat(preview.outcome()).isEqualTo(expected);
            if (expected == MergePreview.Outcome.MERGE || expected == MergePreview.Outcome.CONFLICTS) {
                Expect.changes(preview.changes(), ours.state(), merge.merged());
                assertThat(preview.conflicts(ConflictQuery.all(), 10_000).conflicts().stream()
                                .map(Clash::of)
                                .toList())
                        .isEqualTo(merge.clashes());
            }
        }
    }

    record MergeRef(Command.On on, String source, Manner manner) implements Command {
        @Override
        public void run(World world, Running running) {
            Version theirs = on.plain(world).refs().get(source);
            if (theirs == null) {
                return;
            }
            Work work = new Work(world, running, on, source, theirs, manner);
            Optional<ErrorCode> refusal = work.refusal();
            Merge merge = manner.into(on.branch());
            if (refusal.isPresent()) {
                Expect.refused(refusal.get(), () -> running.db(on.site()).merge(source, merge));
                return;
            }
            work.preview(running.db(on.site()).previewMerge(source, merge));
            work.follow(running.db(on.site()).merge(source, merge));
        }
    }

    /// Decides what is open in a merge that waits, as far as the decision goes.
    record Resolve(Command.On on, Decision decision, boolean singly) implements Command {
        @Override
        public void run(World world, Running running) {
            Line line = on.line(world);
            Pending merge = line.merging().orElseThrow();
            MergeInProgress real = on.of(running).merging().orElseThrow();
            List<Clash> open = merge.isStaged()
                    ? List.of()
                    : merge.with(line.head, on.plain(world)).clashes();
            List<Clash> decided = open.stream()
                    .filter(clash -> decision.decide(clash).isPresent())
                    .limit(singly ? 1 : Long.MAX_VALUE)
                    .toList();
            if (singly) {
                real.conflicts(ConflictQuery.all(), 10_000).conflicts().stream()
                        .filter(conflict -> decided.contains(Clash.of(conflict)))
                        .forEach(conflict -> real.resolve(
                                conflict,
                                new Resolver.Take(decided(Clash.of(conflict)).map(State::latin))));
            } else {
                assertThat(real.resolveAll(ConflictQuery.all(), decision.resolver()))
                        .isEqualTo(decided.size());
            }
            for (Clash clash : decided) {
                merge = merge.deciding(clash, Optional.of(decided(clash)));
            }
            line.pending = merge;
        }

        private Optional<String> decided(Clash clash) {
            return decision.decide(clash).orElseThrow();
        }
    }

    /// Opens a decided conflict again.
    record Unresolve(Command.On on, int index) implements Command {
        @Override
        public void run(World world, Running running) {
            Line line = on.line(world);
            Pending merge = line.merging().orElseThrow();
            List<Clash> decided = new ArrayList<>(merge.decisions().keySet());
            if (decided.isEmpty()) {
                return;
            }
            decided.sort((a, b) -> a.row().compareTo(b.row()));
            Clash clash = decided.get(index % decided.size());
            assertThat(on.of(running)
                            .merging()
                            .orElseThrow()
                            .unresolve(
                                    clash.row().space(), State.latin(clash.row().key())))
                    .isTrue();
            line.pending = merge.deciding(clash, Optional.empty());
        }
    }

    /// Goes on with a merge that is not finished.
    record Continue(Command.On on, Optional<String> message) implements Command {
        @Override
        public void run(World world, Running running) {
            Line line = on.line(world);
            Pending merge = line.merging().orElseThrow();
            if (merge.isStaged()) {
                commitStaged(world, running, line, merge);
            } else {
                commitMerged(world, running, line, merge);
            }
        }

        private Commit go(Running running) {
            return on.of(running).merging().orElseThrow().commit(message.map(CommitMessage::of));
        }

        private void commitStaged(World world, Running running, Line line, Pending merge) {
            Commit commit = go(running);
            String text = message.orElse(merge.manner().title(merge.source(), on.branch()));
            Version draft = Version.draft(line.working, Committing.parents(line), text, on.plain(world).author);
            on.plain(world).keep(on.branch(), running.found(world, on.site(), commit.id(), draft), "commit");
            line.pending = null;
        }

        private void commitMerged(World world, Running running, Line line, Pending merge) {
            Work work = new Work(world, running, on, merge.source(), merge.theirs(), merge.manner());
            PlainMerge merged = merge.with(line.head, on.plain(world));
            Optional<ErrorCode> refusal = work.mergingRefusal();
            if (refusal.isEmpty() && !work.isForward() && !merged.clashes().isEmpty()) {
                refusal = Optional.of(ErrorCode.OPEN_CONFLICTS);
            }
            if (refusal.isPresent()) {
                Expect.refused(refusal.get(), () -> go(running));
                return;
            }
            Commit commit = go(running);
            if (work.isForward()) {
                assertThat(commit.id().hex()).isEqualTo(merge.theirs().id());
                on.plain(world).set(on.branch(), merge.theirs(), "merge");
            } else {
                work.committed(commit, merged.merged(), message);
            }
            line.pending = null;
        }
    }

    /// Gives a merge up that is not finished.
    record Abort(Command.On on, boolean anyway) implements Command {
        @Override
        public void run(World world, Running running) {
            Line line = on.line(world);
            Pending merge = line.merging().orElseThrow();
            MergeInProgress real = on.of(running).merging().orElseThrow();
            if (merge.isStaged() && !anyway && !merge.isContent(line.working)) {
                Expect.refused(ErrorCode.WORKING_STATE_CHANGED, real::abort);
                return;
            }
            if (anyway) {
                real.abortAnyway();
            } else {
                real.abort();
            }
            if (merge.isStaged()) {
                on.plain(world).set(on.branch(), line.head, "merge");
            }
            line.pending = null;
            Expect.refused(ErrorCode.NO_MERGE, real::abort);
        }
    }
}
