package coppice.testing.contract.model;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.api.CommitId;
import coppice.api.ErrorCode;
import coppice.api.Rebase;
import coppice.api.RebaseDecision;
import coppice.api.RebaseOutcome;
import coppice.api.RebasePlan;
import coppice.api.RebaseStep;
import coppice.api.RebaseStep.Action;
import coppice.testing.contract.model.Move.Replaced;
import coppice.testing.contract.model.PlainRebase.Step;
import coppice.testing.contract.model.PlainRebase.Stop;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/// Commands that rebase.
final class Rebasing {
    private static final String ACTION = PlainDatabase.REBASE;

    private Rebasing() {}

    /// One rebase, and what it does to the branch.
    private record Work(World world, Running running, Command.On on) {
        private PlainDatabase plain() {
            return on.plain(world);
        }

        private Line line() {
            return on.line(world);
        }

        private Rebase real() {
            return on.of(running).edits().rebase();
        }

        /// Does the steps that are left, and checks that the database came to the same.
        void go(PlainRebase from, Decision decision, Supplier<RebaseOutcome> call) {
            PlainRebase rebase = from;
            while (true) {
                rebase = rebase.advanced(plain(), decision);
                if (rebase.stop() != Stop.NONE) {
                    stopped(rebase, call);
                    return;
                }
                boolean isElsewhere = line().head != rebase.original() || line().hasChanges();
                if (isElsewhere && rebase.isOver(line().head)) {
                    assertThat(call.get()).isNotInstanceOf(RebaseOutcome.Stopped.class);
                    line().rebase = null; // nothing came of it, or the branch was set to what did
                    return;
                }
                if (line().hasChanges()) {
                    refused(ErrorCode.UNCOMMITTED_CHANGES, rebase, call);
                    return;
                }
                if (line().head == rebase.original()) {
                    finished(rebase, call);
                    return;
                }
                if (!line().head.reaches(rebase.original())) {
                    refused(ErrorCode.REBASE_OVERTAKEN, rebase, call);
                    return;
                }
                rebase = rebase.following(line().head);
            }
        }

        private void refused(ErrorCode code, PlainRebase rebase, Supplier<RebaseOutcome> call) {
            Expect.refused(code, call::get);
            remember(rebase);
        }

        private void stopped(PlainRebase rebase, Supplier<RebaseOutcome> call) {
            assertThat(call.get()).isInstanceOf(RebaseOutcome.Stopped.class);
            remember(rebase);
        }

        /// Keeps what the model knows of a rebase that waits, with the commits that the database has made. The
        /// commit that may get another message is not to be seen yet.
        private void remember(PlainRebase rebase) {
            CommitId reached = real().progress().orElseThrow().reached().id();
            boolean edits = rebase.stop() == Stop.EDIT;
            String helper = PlainDatabase.edits(on.branch());
            line().rebase = rebase.learned(version -> {
                if (version == rebase.reached()) {
                    return running.found(world, on.site(), reached, version);
                }
                return edits && !plain().lines.containsKey(helper)
                        ? running.found(
                                world,
                                on.site(),
                                running.db(on.site()).branch(helper).head().id(),
                                version)
                        : version;
            });
            if (edits) {
                plain().create(helper, line().rebase.top(), line().rebase.top().state(), ACTION, new Replaced());
            }
        }

        private void finished(PlainRebase rebase, Supplier<RebaseOutcome> call) {
            RebaseOutcome outcome = call.get();
            if (rebase.reached() == rebase.original()) {
                assertThat(outcome).isInstanceOf(RebaseOutcome.UpToDate.class);
            } else {
                assertThat(outcome).isInstanceOf(RebaseOutcome.Rebased.class);
                RebaseOutcome.Rebased rebased = (RebaseOutcome.Rebased) outcome;
                assertThat(rebased.skipped().stream().map(CommitId::hex).toList())
                        .isEqualTo(rebase.skipped().stream().map(Version::id).toList());
                Version head = running.found(world, on.site(), rebased.head().id(), rebase.reached());
                plain().set(on.branch(), head, ACTION);
            }
            line().rebase = null;
        }
    }

    record Start(Command.On on, Version onto, Manner manner) implements Command {
        /// @param variations how each step of the plan is treated
        record Manner(List<Integer> variations, Decision decision) {}

        private static final List<Action> ACTIONS = List.of(
                Action.PICK,
                Action.PICK,
                Action.PICK,
                Action.DROP,
                Action.FIXUP,
                Action.SQUASH,
                Action.REWORD,
                Action.EDIT);

        @Override
        public void run(World world, Running running) {
            Line line = on.line(world);
            Rebase real = on.of(running).edits().rebase();
            RebasePlan plan = real.plan(onto.id()).resolving(manner.decision().resolver());
            List<Step> steps = new ArrayList<>();
            List<Version> commits = Version.line(onto, line.head);
            for (int i = 0; i < commits.size(); i++) {
                steps.add(varied(commits.get(i), i));
            }
            assertThat(plan.steps())
                    .isEqualTo(commits.stream()
                            .map(commit -> RebaseStep.pick(new CommitId(commit.id())))
                            .toList());
            RebasePlan varied = plan.steps(steps.stream().map(Step::shown).toList());
            boolean beginsWithPart = steps.stream()
                    .filter(step -> step.action() != Action.DROP)
                    .findFirst()
                    .filter(Step::isPart)
                    .isPresent();
            Optional<ErrorCode> waiting = line.waiting(on.plain(world));
            if (waiting.isPresent()) {
                Expect.refused(waiting.get(), () -> real.start(varied));
            } else if (line.hasChanges()) {
                Expect.refused(ErrorCode.UNCOMMITTED_CHANGES, () -> real.start(varied));
            } else if (beginsWithPart) {
                Expect.refused(ErrorCode.INVALID_PLAN, () -> real.start(varied));
            } else {
                PlainRebase rebase = PlainRebase.begin(onto, line.head, steps);
                new Work(world, running, on).go(rebase, manner.decision(), () -> real.start(varied));
            }
        }

        private Step varied(Version commit, int index) {
            int variation =
                    index < manner.variations().size() ? manner.variations().get(index) : 0;
            Action action = ACTIONS.get(variation % ACTIONS.size());
            boolean speaks = variation / ACTIONS.size() % 2 == 1;
            boolean takes = action == Action.REWORD || action == Action.SQUASH;
            Optional<String> message = speaks && takes ? Optional.of("planned " + index) : Optional.empty();
            return new Step(action, commit, message);
        }
    }

    record Resume(Command.On on, Decision decision, Optional<String> message) implements Command {
        @Override
        public void run(World world, Running running) {
            Work work = new Work(world, running, on);
            PlainRebase rebase = Objects.requireNonNull(on.line(world).rebase);
            Optional<Version> edited = rebase.stop() == Stop.EDIT ? Optional.of(edited(world)) : Optional.empty();
            on.plain(world).endEditing(on.branch());
            RebaseDecision decided = new RebaseDecision(decision.resolver(), message);
            work.go(rebase.resumed(edited, message), decision, () -> work.real().resume(decided));
        }

        /// The edited commit, with what is uncommitted as a part of it.
        private Version edited(World world) {
            Line helper = on.plain(world).line(PlainDatabase.edits(on.branch()));
            Version head = helper.head;
            return helper.hasChanges()
                    ? Version.draft(helper.working, head.parents(), head.message(), head.author())
                    : head;
        }
    }

    record Skip(Command.On on) implements Command {
        @Override
        public void run(World world, Running running) {
            Work work = new Work(world, running, on);
            PlainRebase rebase = Objects.requireNonNull(on.line(world).rebase);
            on.plain(world).endEditing(on.branch());
            work.go(rebase.skipping(), Decision.NONE, () -> work.real().skip());
        }
    }

    record Abort(Command.On on) implements Command {
        @Override
        public void run(World world, Running running) {
            Work work = new Work(world, running, on);
            work.real().abort();
            on.plain(world).endEditing(on.branch());
            on.line(world).rebase = null;
            Expect.refused(ErrorCode.NO_REBASE, () -> work.real().abort());
        }
    }
}
