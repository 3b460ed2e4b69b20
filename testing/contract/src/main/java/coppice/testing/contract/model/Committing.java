package coppice.testing.contract.model;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.api.Commit;
import coppice.api.CommitMessage;
import coppice.api.EmptyCommit;
import coppice.api.ErrorCode;
import coppice.api.Reset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Commands that make commits of working states, and put branches elsewhere.
final class Committing {
    private Committing() {}

    /// The parents of a branch's next commit.
    static List<Version> parents(Line line) {
        List<Version> parents = new ArrayList<>(List.of(line.head));
        Optional.ofNullable(line.pending)
                .filter(merge -> merge.isStaged() && !merge.manner().squash())
                .ifPresent(merge -> parents.add(merge.theirs()));
        return parents;
    }

    record MakeCommit(Command.On on, EmptyCommit whenEmpty) implements Command {
        @Override
        public void run(World world, Running running) {
            Line line = on.line(world);
            List<Version> parents = parents(line);
            boolean isEmpty = parents.size() == 1 && !line.hasChanges();
            String text = "on " + on.branch() + " " + line.head.generation();
            CommitMessage message = CommitMessage.of(text).whenEmpty(whenEmpty);
            if (isEmpty && whenEmpty == EmptyCommit.REFUSE) {
                Expect.refused(ErrorCode.NOTHING_TO_COMMIT, () -> on.of(running).commit(message));
                return;
            }
            Commit commit = on.of(running).commit(message);
            if (isEmpty && whenEmpty == EmptyCommit.SKIP) {
                assertThat(commit.id().hex()).isEqualTo(line.head.id());
                return;
            }
            Version draft = Version.draft(line.working, parents, text, on.plain(world).author);
            on.plain(world).keep(on.branch(), running.found(world, on.site(), commit.id(), draft), "commit");
        }
    }

    /// A write and a commit of all there is.
    record Change(Command.On on, Writing.Write write) implements Command {
        @Override
        public void run(World world, Running running) {
            new Writing.Put(on, write).run(world, running);
            new MakeCommit(on, EmptyCommit.MAKE).run(world, running);
        }
    }

    record Amend(Command.On on) implements Command {
        @Override
        public void run(World world, Running running) {
            Line line = on.line(world);
            CommitMessage message = CommitMessage.of("amended " + line.head.generation());
            if (line.head.parents().isEmpty()) {
                Expect.refused(ErrorCode.UNKNOWN_REF, () -> on.of(running).amend(message));
                return;
            }
            Commit commit = on.of(running).amend(message);
            Version draft = Version.draft(line.working, line.head.parents(), message.text(), line.head.author());
            on.plain(world).keep(on.branch(), running.found(world, on.site(), commit.id(), draft), "amend");
        }
    }

    record ResetTo(Command.On on, Version to, Reset how) implements Command {
        @Override
        public void run(World world, Running running) {
            assertThat(on.of(running).reset(to.id(), how).id().hex()).isEqualTo(to.id());
            if (how == Reset.SOFT) {
                on.plain(world).keep(on.branch(), to, "reset");
            } else {
                on.plain(world).set(on.branch(), to, "reset");
            }
        }
    }

    record Discard(Command.On on) implements Command {
        @Override
        public void run(World world, Running running) {
            Line line = on.line(world);
            Expect.changes(on.of(running).changes(), line.head.state(), line.working);
            on.of(running).discard();
            on.plain(world).set(on.branch(), line.head, "discard");
        }
    }
}
