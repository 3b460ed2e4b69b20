package coppice.testing.contract.model;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.api.ConflictQuery;
import coppice.api.ErrorCode;
import coppice.api.Stash;
import coppice.api.StashEntry;
import coppice.api.StashInProgress;
import coppice.api.StashOutcome;
import coppice.api.StashPick;
import coppice.testing.contract.model.Move.Given;
import coppice.testing.contract.model.Move.Popped;
import coppice.testing.contract.model.PlainDatabase.Stashed;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Commands that put changes aside and bring them back.
final class Stashing {
    private Stashing() {}

    record Push(Command.On on, String message) implements Command {
        @Override
        public void run(World world, Running running) {
            Line line = on.line(world);
            Stash stash = on.of(running).stash();
            if (line.merging().filter(Pending::isStaged).isPresent()) {
                Expect.refused(ErrorCode.MERGE_IN_PROGRESS, () -> stash.push(message));
                return;
            }
            Optional<StashEntry> entry = stash.push(message);
            assertThat(entry.isPresent()).isEqualTo(line.hasChanges());
            if (entry.isPresent()) {
                Version draft = Version.draft(line.working, List.of(line.head), message, on.plain(world).author);
                Version commit =
                        running.found(world, on.site(), entry.get().commit().id(), draft);
                on.plain(world).stash(on.branch(), commit);
                line.working = line.head.state();
            }
        }
    }

    record Take(Command.On on, int index, Manner manner) implements Command {
        /// @param drops whether what was applied is dropped
        /// @param waits whether it waits when it meets conflicts
        record Manner(boolean drops, Decision decision, boolean waits) {}

        @Override
        public void run(World world, Running running) {
            PlainDatabase plain = on.plain(world);
            Line line = on.line(world);
            Optional<ErrorCode> refusal = refusal(plain, line);
            if (refusal.isPresent()) {
                Expect.refused(refusal.get(), () -> go(running));
                return;
            }
            Stashed entry = plain.stashes.get(index);
            Version commit = entry.commit();
            Expect.changes(on.of(running).stash().show(index), commit.before(), commit.state());
            PlainReturn back = new PlainReturn(entry, manner.drops(), Map.of());
            PlainMerge merge = back.work(line.working, Ruling.of(plain, manner.decision()));
            follow(plain, on, back, merge, go(running));
            if (!merge.clashes().isEmpty() && manner.waits()) {
                line.returning = back.deciding(line.working, plain, manner.decision());
            }
        }

        private Optional<ErrorCode> refusal(PlainDatabase plain, Line line) {
            if (line.merging().filter(Pending::isStaged).isPresent()) {
                return Optional.of(ErrorCode.MERGE_IN_PROGRESS);
            }
            Optional<ErrorCode> waiting = manner.waits() ? line.waiting(plain) : Optional.empty();
            boolean isThere = index < plain.stashes.size();
            return waiting.isPresent() || isThere ? waiting : Optional.of(ErrorCode.UNKNOWN_STASH);
        }

        private StashOutcome go(Running running) {
            Stash stash = on.of(running).stash();
            StashPick pick = StashPick.of(index).resolving(manner.decision().resolver());
            pick = manner.waits() ? pick.keepingConflicts() : pick;
            return manner.drops() ? stash.pop(pick) : stash.apply(pick);
        }
    }

    /// Checks how an entry came back, and does the same.
    private static void follow(
            PlainDatabase plain, Command.On on, PlainReturn back, PlainMerge merge, StashOutcome outcome) {
        if (!merge.clashes().isEmpty()) {
            assertThat(outcome).isInstanceOf(StashOutcome.Conflicted.class);
            assertThat(((StashOutcome.Conflicted) outcome)
                            .conflicts().stream().map(Clash::of).toList())
                    .isEqualTo(merge.clashes());
            return;
        }
        assertThat(outcome).isInstanceOf(StashOutcome.Applied.class);
        Move.Detail detail = back.drops() ? new Popped(merge.merged(), back.entry()) : new Given(merge.merged());
        plain.set(on.branch(), plain.line(on.branch()).head, merge.merged(), "stash", detail);
        if (back.drops()) {
            plain.stashes.remove(back.entry());
        }
    }

    /// Goes on with what waits to come back, after some of what is open was decided.
    record Resume(Command.On on, Decision decision) implements Command {
        @Override
        public void run(World world, Running running) {
            PlainDatabase plain = on.plain(world);
            Line line = on.line(world);
            PlainReturn back = Objects.requireNonNull(line.returning(plain));
            StashInProgress real = on.of(running).stash().waiting().orElseThrow();
            if (decision != Decision.NONE) {
                back = back.deciding(line.working, plain, decision);
                on.of(running).conflicts().orElseThrow().resolveAll(ConflictQuery.all(), decision.resolver());
            }
            PlainMerge merge = back.work(line.working, Ruling.of(plain, back));
            follow(plain, on, back, merge, real.resume());
            line.returning = merge.clashes().isEmpty() ? null : back.deciding(line.working, plain);
        }
    }

    /// Gives up what waits to come back.
    record Abort(Command.On on) implements Command {
        @Override
        public void run(World world, Running running) {
            StashInProgress real = on.of(running).stash().waiting().orElseThrow();
            real.abort();
            Expect.refused(ErrorCode.EDIT_OVER, real::abort);
            on.line(world).returning = null;
        }
    }

    record Drop(Command.On on, int index) implements Command {
        @Override
        public void run(World world, Running running) {
            List<Stashed> stashes = on.plain(world).stashes;
            Stash stash = on.of(running).stash();
            if (index < stashes.size()) {
                assertThat(stash.drop(index).commit().id().hex())
                        .isEqualTo(stashes.remove(index).commit().id());
            } else {
                Expect.refused(ErrorCode.UNKNOWN_STASH, () -> stash.drop(index));
            }
        }
    }
}
