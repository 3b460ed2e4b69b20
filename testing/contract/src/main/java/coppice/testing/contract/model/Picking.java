package coppice.testing.contract.model;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.api.Commit;
import coppice.api.CommitId;
import coppice.api.CommitMessage;
import coppice.api.ErrorCode;
import coppice.api.HistoryEdits;
import coppice.api.Pick;
import coppice.api.PickOutcome;
import java.util.ArrayList;
import java.util.List;

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
        record Manner(boolean back, Decision decision, boolean keepsEmpty) {}

        @Override
        public void run(World world, Running running) {
            Line line = on.line(world);
            if (choice.needsMainline() || line.hasChanges()) {
                ErrorCode code = choice.needsMainline() ? ErrorCode.MAINLINE_NEEDED : ErrorCode.UNCOMMITTED_CHANGES;
                Expect.refused(code, () -> go(running));
                return;
            }
            Version at = line.head;
            List<Version> made = new ArrayList<>();
            List<String> skipped = new ArrayList<>();
            for (Version commit : manner.back() ? choice.commits().reversed() : choice.commits()) {
                PlainMerge merge = manner.back()
                        ? PlainMerge.of(commit.state(), at.state(), choice.before(commit), manner.decision())
                        : PlainMerge.of(choice.before(commit), at.state(), commit.state(), manner.decision());
                if (!merge.clashes().isEmpty()) {
                    requireConflict(go(running), commit, merge.clashes());
                    return;
                }
                if (merge.merged().equals(at.state()) && !manner.keepsEmpty()) {
                    skipped.add(commit.id());
                } else {
                    at = Version.draft(merge.merged(), List.of(at), message(commit), author(world, commit));
                    made.add(at);
                }
            }
            requirePicked(world, running, made, skipped);
        }

        private PickOutcome go(Running running) {
            Pick pick = Pick.of(choice.text()).resolving(manner.decision().resolver());
            pick = choice.mainline() > 0 ? pick.mainline(choice.mainline()) : pick;
            pick = manner.keepsEmpty() ? pick.keepingEmpty() : pick;
            HistoryEdits edits = on.of(running).edits();
            return manner.back() ? edits.revert(pick) : edits.cherryPick(pick);
        }

        private String message(Version commit) {
            if (!manner.back()) {
                return commit.message();
            }
            String text = "Revert \"" + commit.title() + "\"\n\nThis reverts commit " + commit.id();
            if (commit.parents().size() > 1) {
                int number = choice.since().isEmpty() ? choice.mainline() : 1;
                text += ", reversing changes made to "
                        + commit.parents().get(number - 1).id();
            }
            return text + ".";
        }

        private String author(World world, Version commit) {
            return manner.back() ? on.plain(world).author : commit.author();
        }

        private static void requireConflict(PickOutcome outcome, Version commit, List<Clash> clashes) {
            assertThat(outcome).isInstanceOf(PickOutcome.Conflicted.class);
            PickOutcome.Conflicted conflicted = (PickOutcome.Conflicted) outcome;
            assertThat(conflicted.at().id().hex()).isEqualTo(commit.id());
            assertThat(conflicted.conflicts().stream().map(Clash::of).toList()).isEqualTo(clashes);
        }

        private void requirePicked(World world, Running running, List<Version> made, List<String> skipped) {
            PickOutcome outcome = go(running);
            assertThat(outcome).isInstanceOf(PickOutcome.Picked.class);
            PickOutcome.Picked picked = (PickOutcome.Picked) outcome;
            assertThat(picked.skipped().stream().map(CommitId::hex).toList()).isEqualTo(skipped);
            assertThat(picked.commits()).hasSameSizeAs(made);
            if (!made.isEmpty()) {
                Version head = running.found(
                        world, on.site(), picked.commits().getLast().id(), made.getLast());
                on.plain(world).set(on.branch(), head, manner.back() ? "revert" : "cherry-pick");
            }
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
