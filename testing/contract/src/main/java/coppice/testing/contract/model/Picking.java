package coppice.testing.contract.model;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.api.Commit;
import coppice.api.CommitId;
import coppice.api.CommitMessage;
import coppice.api.ConflictQuery;
import coppice.api.ErrorCode;
import coppice.api.HistoryEdits;
import coppice.api.Pick;
import coppice.api.PickInProgress;
import coppice.api.PickOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Commands that apply commits elsewhere, take them back, and put one in place of many.
final class Picking {
    private Picking() {}

    /// Which commits.
    ///
    /// @param since none for `to` alone
    record Choice(List<Version> since, Version to, int mainline) {
        String text() {
            return since.isEmpty() ? to.id() : since.getFirst().id() + ".." + to.id();
        }

        /// Oldest first.
        List<Version> commits() {
            return since.isEmpty() ? List.of(to) : Version.line(since.getFirst(), to);
        }

        boolean needsMainline() {
            int parents = to.parents().size();
            return since.isEmpty() && (parents < 2 ? mainline > 1 : mainline < 1 || mainline > parents);
        }

        /// What a commit's change is counted against.
        State before(Version commit) {
            boolean counts =
                    since.isEmpty() && mainline > 0 && !commit.parents().isEmpty();
            return counts ? commit.parents().get(mainline - 1).state() : commit.before();
        }

        @Override
        public String toString() {
            return (since.isEmpty() ? "" : since.getFirst() + "..") + to + (mainline > 0 ? " -m " + mainline : "");
        }
    }

    record Picked(Command.On on, Choice choice, Manner manner) implements Command {
        /// @param back whether commits are taken back
        /// @param waits whether it waits when it meets conflicts
        record Manner(boolean back, Decision decision, boolean keepsEmpty, boolean waits) {}

        @Override
        public void run(World world, Running running) {
            Line line = on.line(world);
            Optional<ErrorCode> refusal = manner.waits() ? line.waiting(on.plain(world)) : Optional.empty();
            if (refusal.isEmpty() && choice.needsMainline()) {
                refusal = Optional.of(ErrorCode.MAINLINE_NEEDED);
            }
            if (refusal.isEmpty() && line.hasChanges()) {
                refusal = Optional.of(ErrorCode.UNCOMMITTED_CHANGES);
            }
            if (refusal.isPresent()) {
                Expect.refused(refusal.get(), () -> go(running));
                return;
            }
            PlainPick begin = PlainPick.begin(manner, on.plain(world).author, line.head, steps());
            new Work(world, running, on).go(begin, manner.decision(), manner.waits(), () -> go(running));
        }

        private List<PlainPick.Step> steps() {
            int mainline = choice.since().isEmpty() ? Math.max(1, choice.mainline()) : 1;
            List<PlainPick.Step> steps = choice.commits().stream()
                    .map(commit -> new PlainPick.Step(manner.back(), commit, mainline, Optional.empty()))
                    .toList();
            return manner.back() ? steps.reversed() : steps;
        }

        private PickOutcome go(Running running) {
            Pick pick = Pick.of(choice.text()).resolving(manner.decision().resolver());
            pick = choice.mainline() > 0 ? pick.mainline(choice.mainline()) : pick;
            pick = manner.keepsEmpty() ? pick.keepingEmpty() : pick;
            pick = manner.waits() ? pick.keepingConflicts() : pick;
            HistoryEdits edits = on.of(running).edits();
            return manner.back() ? edits.revert(pick) : edits.cherryPick(pick);
        }
    }

    /// One cherry-pick or revert, and what it does to the branch.
    private record Work(World world, Running running, Command.On on) {
        private PlainDatabase plain() {
            return on.plain(world);
        }

        private Line line() {
            return on.line(world);
        }

        PickInProgress real() {
            return on.of(running).edits().picking().orElseThrow();
        }

        /// Does the steps that are left, and checks that the database came to the same.
        ///
        /// @param first decides what clashes in the first step, and the rest when it begins
        void go(PlainPick from, Clash.Decider first, boolean waits, Supplier<PickOutcome> call) {
            boolean begins = from.isNew();
            PlainPick pick = from.advanced(plain(), first, begins ? first : Decision.NONE);
            while (!pick.isStopped()) {
                boolean isElsewhere = line().head != pick.original() || line().hasChanges();
                if (!begins && isElsewhere && pick.isOver(line().head)) {
                    assertThat(call.get()).isInstanceOf(PickOutcome.Picked.class);
                    line().pick = null; // nothing came of it, or the branch was set to what did
                    return;
                }
                if (line().hasChanges()) {
                    Expect.refused(ErrorCode.UNCOMMITTED_CHANGES, call::get);
                    remember(pick);
                    return;
                }
                if (line().head == pick.original()) {
                    finished(pick, call.get());
                    return;
                }
                pick = pick.restarted(line().head).advanced(plain(), Decision.NONE, Decision.NONE);
            }
            PickOutcome outcome = call.get();
            assertThat(outcome).isInstanceOf(PickOutcome.Conflicted.class);
            PickOutcome.Conflicted conflicted = (PickOutcome.Conflicted) outcome;
            if (waits) {
                pick = remember(pick);
            }
            assertThat(conflicted.at().id().hex())
                    .isEqualTo(pick.steps().getFirst().commit().id());
            assertThat(conflicted.conflicts().stream().map(Clash::of).toList())
                    .isEqualTo(pick.work(Ruling.of(plain(), pick)).clashes());
        }

        /// Keeps what the model knows of a pick that waits, with the commits that the database has made.
        private PlainPick remember(PlainPick pick) {
            PlainPick learned = on.of(running)
                    .edits()
                    .picking()
                    .map(real -> learned(pick, real))
                    .orElse(pick);
            plain().held
                    .addAll(learned.steps().stream().map(PlainPick.Step::commit).toList());
            line().pick = learned;
            return learned;
        }

        /// Commits that were made for the branch and are to be made again are among the steps.
        private PlainPick learned(PlainPick pick, PickInProgress real) {
            List<CommitId> left = Stream.concat(real.at().map(Commit::id).stream(), real.remaining().stream())
                    .toList();
            assertThat(left).hasSameSizeAs(pick.steps());
            List<Version> commits = new ArrayList<>();
            for (int i = 0; i < left.size(); i++) {
                commits.add(running.found(
                        world, on.site(), left.get(i), pick.steps().get(i).commit()));
            }
            List<Commit> made = real.made();
            Version reached = made.isEmpty()
                    ? pick.reached()
                    : running.found(world, on.site(), made.getLast().id(), pick.reached());
            return pick.learned(reached, commits);
        }

        private void finished(PlainPick pick, PickOutcome outcome) {
            assertThat(outcome).isInstanceOf(PickOutcome.Picked.class);
            PickOutcome.Picked picked = (PickOutcome.Picked) outcome;
            assertThat(picked.skipped().stream().map(CommitId::hex).toList())
                    .isEqualTo(pick.skipped().stream().map(Version::id).toList());
            assertThat(picked.commits()).hasSameSizeAs(pick.made());
            if (!pick.made().isEmpty()) {
                Version head = running.found(
                        world, on.site(), picked.commits().getLast().id(), pick.reached());
                plain().set(on.branch(), head, pick.back() ? "revert" : "cherry-pick");
            }
            line().pick = pick.isNew() ? line().pick : null;
        }
    }

    /// Goes on with one that waits, after some of what is open was decided.
    record Resume(Command.On on, Decision decision, Optional<String> message) implements Command {
        @Override
        public void run(World world, Running running) {
            Work work = new Work(world, running, on);
            PlainPick pick = Objects.requireNonNull(on.line(world).picking());
            if (pick.isStopped() && decision != Decision.NONE) {
                pick = pick.deciding(on.plain(world), decision);
                on.of(running).conflicts().orElseThrow().resolveAll(ConflictQuery.all(), decision.resolver());
            }
            PickInProgress real = work.real();
            work.go(pick.resumed(message), pick, true, () -> real.resume(message));
        }
    }

    record Skip(Command.On on) implements Command {
        @Override
        public void run(World world, Running running) {
            Work work = new Work(world, running, on);
            PlainPick pick = Objects.requireNonNull(on.line(world).picking());
            work.go(pick.skipping(), Decision.NONE, true, () -> work.real().skip());
        }
    }

    record Abort(Command.On on) implements Command {
        @Override
        public void run(World world, Running running) {
            new Work(world, running, on).real().abort();
            on.line(world).pick = null;
        }
    }

    record Squash(Command.On on, Version since) implements Command {
        @Override
        public void run(World world, Running running) {
            Line line = on.line(world);
            CommitMessage message = CommitMessage.of("squashed after " + since.generation());
            if (since == line.head || !line.head.reaches(since)) {
                Expect.refused(
                        ErrorCode.NOTHING_TO_SQUASH,
                        () -> on.of(running).edits().squash(since.id(), message));
                return;
            }
            Commit commit = on.of(running).edits().squash(since.id(), message);
            Version draft = Version.draft(line.head.state(), List.of(since), message.text(), on.plain(world).author);
            on.plain(world).keep(on.branch(), running.found(world, on.site(), commit.id(), draft), "squash");
        }
    }
}
