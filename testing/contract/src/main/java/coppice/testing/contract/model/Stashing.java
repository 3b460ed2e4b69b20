package coppice.testing.contract.model;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.api.ErrorCode;
import coppice.api.Stash;
import coppice.api.StashEntry;
import coppice.api.StashOutcome;
import coppice.api.StashPick;
import coppice.testing.contract.model.Move.Given;
import coppice.testing.contract.model.Move.Popped;
import coppice.testing.contract.model.PlainDatabase.Stashed;
import java.util.List;
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
        record Manner(boolean drops, Decision decision) {}

        @Override
        public void run(World world, Running running) {
            List<Stashed> stashes = on.plain(world).stashes;
            if (index >= stashes.size()) {
                Expect.refused(ErrorCode.UNKNOWN_STASH, () -> go(running));
                return;
            }
            Line line = on.line(world);
            Version commit = stashes.get(index).commit();
            Expect.changes(on.of(running).stash().show(index), commit.before(), commit.state());
            PlainMerge merge = PlainMerge.of(commit.before(), line.working, commit.state(), manner.decision());
            StashOutcome outcome = go(running);
            if (merge.clashes().isEmpty()) {
                assertThat(outcome).isInstanceOf(StashOutcome.Applied.class);
                Move.Detail detail =
                        manner.drops() ? new Popped(merge.merged(), stashes.remove(index)) : new Given(merge.merged());
                on.plain(world).set(on.branch(), line.head, merge.merged(), "stash", detail);
            } else {
                assertThat(outcome).isInstanceOf(StashOutcome.Conflicted.class);
                assertThat(((StashOutcome.Conflicted) outcome)
                                .conflicts().stream().map(Clash::of).toList())
                        .isEqualTo(merge.clashes());
            }
        }

        private StashOutcome go(Running running) {
            Stash stash = on.of(running).stash();
            StashPick pick = StashPick.of(index).resolving(manner.decision().resolver());
            return manner.drops() ? stash.pop(pick) : stash.apply(pick);
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
