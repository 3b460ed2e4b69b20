package coppice.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.api.Branch;
import coppice.api.Commit;
import coppice.api.CommitId;
import coppice.api.CommitMessage;
import coppice.api.Database;
import coppice.api.Pick;
import coppice.api.PickOutcome;
import coppice.api.Rebase;
import coppice.api.RebaseOutcome;
import coppice.api.RebasePlan;
import coppice.api.RebaseStep;
import coppice.api.RebaseStep.Action;
import coppice.api.Resolver;
import coppice.api.Snapshot;
import coppice.api.StashOutcome;
import coppice.api.StashPick;
import coppice.testing.contract.Timeline.Step;
import coppice.testing.contract.Timeline.Version;
import coppice.testing.property.Gen;
import coppice.testing.property.Property;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What becomes of a random history that is edited is what the same edits make of plain maps.
abstract class EditingContract extends Contract {
    private static final List<Action> ACTIONS =
            List.of(Action.PICK, Action.PICK, Action.PICK, Action.REWORD, Action.SQUASH, Action.FIXUP, Action.DROP);

    /// A random history, and what to do with it.
    private record Case(List<Step> steps, List<Integer> choices, boolean theirs) {
        Resolver resolver() {
            return theirs ? Resolver.THEIRS : Resolver.OURS;
        }

        int choice(int index) {
            return choices.get(index % choices.size());
        }
    }

    private interface Check {
        void accept(Database db, Timeline timeline, Case random) throws Exception;
    }

    private void inRandomHistories(int runs, Check check) {
        Gen<Case> cases = Gen.combine(
                Timeline.steps(50),
                Gen.combine(
                        Gen.ints(0, 1000).list(8, 8),
                        Gen.ints(0, 1),
                        (choices, side) -> new Case(List.of(), choices, side == 1)),
                (steps, rest) -> new Case(steps, rest.choices, rest.theirs));
        Property.forAll(cases).runs(runs).check(random -> {
            try (Database fresh = subject().open(OPTIONS)) {
                Timeline timeline = new Timeline(fresh);
                timeline.run(random.steps);
                check.accept(fresh, timeline, random);
            }
        });
    }

    private static Map<String, String> plain(Snapshot state) {
        Map<String, String> rows = new TreeMap<>();
        for (String space : state.spaces()) {
            for (String row : rows(state.space(space))) {
                int sign = row.indexOf('=');
                rows.put(space + "/" + row.substring(0, sign), row.substring(sign + 1));
            }
        }
        return rows;
    }

    /// What differs between two states made to a third.
    private static Map<String, String> applied(
            Map<String, String> base, Map<String, String> theirs, Map<String, String> ours, boolean preferTheirs) {
        Set<String> keys = new TreeSet<>(base.keySet());
        keys.addAll(theirs.keySet());
        Map<String, String> result = new TreeMap<>(ours);
        for (String key : keys) {
            @Nullable String before = base.get(key);
            @Nullable String after = theirs.get(key);
            boolean isFree = Objects.equals(ours.get(key), before) || preferTheirs;
            if (!Objects.equals(before, after) && isFree) {
                if (after == null) {
                    result.remove(key);
                } else {
                    result.put(key, after);
                }
            }
        }
        return result;
    }

    private static Map<String, String> before(Version version) {
        return version.parents().isEmpty()
                ? Map.of()
                : version.parents().getFirst().rows();
    }

    /// The first-parent line of a version without what another has, oldest first.
    private static List<Version> line(Version since, Version to) {
        Set<Version> known = since.withAncestors();
        List<Version> line = new ArrayList<>();
        Version at = to;
        while (!known.contains(at)) {
            line.add(at);
            if (at.parents().isEmpty()) {
                break;
            }
            at = at.parents().getFirst();
        }
        return line.reversed();
    }

    private static String id(Version version) {
        return version.commit().id().hex();
    }

    /// A commit as the model makes it.
    private record Made(String message, Map<String, String> rows) {}

    @Test
    void aRebaseReplaysTheCommits() {
        inRandomHistories(60, (db, timeline, random) -> {
            Branch branch = db.branch(timeline.branches.getLast());
            Version onto = timeline.at(db.branch(timeline.branches.getFirst()).head());
            Version head = timeline.at(branch.head());
            Rebase rebase = branch.edits().rebase();
            RebasePlan plan = rebase.plan(id(onto)).resolving(random.resolver());
            List<Version> line = line(onto, head);
            assertThat(plan.steps())
                    .isEqualTo(line.stream()
                            .map(version -> RebaseStep.pick(version.commit().id()))
                            .toList());
            List<RebaseStep> steps = new ArrayList<>();
            for (int i = 0; i < line.size(); i++) {
                steps.add(varied(plan.steps().get(i), random.choice(i), steps));
            }
            Replay replay = new Replay(onto, random.theirs);
            for (int i = 0; i < line.size(); i++) {
                replay.step(steps.get(i), line.get(i));
            }
            RebaseOutcome outcome = rebase.start(plan.steps(steps));
            assertThat(plain(branch.snapshot())).isEqualTo(replay.rows());
            assertThat(made(db, branch.head(), replay.made.size())).isEqualTo(replay.made.reversed());
            if (outcome instanceof RebaseOutcome.Rebased rebased) {
                assertThat(rebased.skipped()).isEqualTo(replay.skipped);
            } else {
                assertThat(outcome).isEqualTo(new RebaseOutcome.UpToDate(head.commit()));
            }
            assertThat(branch.hasChanges()).isFalse();
            assertThat(db.history().isAncestor(id(onto), branch.name())).isTrue();
        });
    }

    private static RebaseStep varied(RebaseStep step, int choice, List<RebaseStep> before) {
        Action action = ACTIONS.get(choice % ACTIONS.size());
        boolean isFirst = before.stream().allMatch(other -> other.action() == Action.DROP);
        return switch (action) {
            case PICK, DROP -> step.as(action);
            case REWORD -> step.reword("reworded " + choice);
            case SQUASH, FIXUP -> isFirst ? step : step.as(action);
            case EDIT -> throw new AssertionError("edits stop");
        };
    }

    /// The commits of a line, newest first.
    private static List<Made> made(Database db, Commit head, int count) {
        List<Made> all = new ArrayList<>();
        Commit at = head;
        for (int i = 0; i < count; i++) {
            all.add(new Made(at.message(), plain(db.at(at.id().hex()))));
            at = db.resolve(at.parents().getFirst().hex());
        }
        return all;
    }

    /// A rebase of plain maps.
    private static final class Replay {
        private final Version onto;
        private final boolean theirs;
        private final List<Made> made = new ArrayList<>();
        private final List<CommitId> skipped = new ArrayList<>();
        private @Nullable Version inPlace;
        private boolean melding;

        Replay(Version onto, boolean theirs) {
            this.onto = onto;
            this.theirs = theirs;
            this.inPlace = onto;
        }

        Map<String, String> rows() {
            return made.isEmpty() ? onto.rows() : made.getLast().rows();
        }

        void step(RebaseStep step, Version version) {
            if (step.action() == Action.DROP) {
                return;
            }
            boolean isPart = step.action() == Action.SQUASH || step.action() == Action.FIXUP;
            Map<String, String> next = applied(before(version), version.rows(), rows(), theirs);
            boolean wasEmpty = version.rows().equals(before(version));
            boolean asItIs = step.message().isEmpty()
                    && !(isPart && melding)
                    && version.parents().getFirst().equals(inPlace);
            if (!asItIs && next.equals(rows()) && !wasEmpty) {
                skipped.add(version.commit().id());
                melding &= isPart;
                return;
            }
            String message = step.message().orElse(version.commit().message());
            if (isPart && melding) {
                String first = made.removeLast().message();
                message = step.action() == Action.FIXUP ? first : first + "\n\n" + message;
            }
            made.add(new Made(message, next));
            inPlace = asItIs ? version : null;
            melding = true;
        }
    }

    @Test
    void aPickIsAppliedAndItsRevertRestores() {
        inRandomHistories(40, (db, timeline, random) -> {
            Branch branch = db.branch(timeline.branches.getFirst());
            Version ours = timeline.at(branch.head());
            Version source = timeline.at(db.branch(timeline.branches.getLast()).head());
            Map<String, String> expected = ours.rows();
            for (Version version : line(ours, source)) {
                expected = applied(before(version), version.rows(), expected, random.theirs);
            }
            Pick range = Pick.of(id(ours) + ".." + id(source)).resolving(random.resolver());
            PickOutcome outcome = branch.edits().cherryPick(range);
            assertThat(plain(branch.snapshot())).isEqualTo(expected);
            int count = ((PickOutcome.Picked) outcome).commits().size();
            PickOutcome back = branch.edits().revert(id(ours) + ".." + branch.name());
            assertThat(plain(branch.snapshot())).isEqualTo(ours.rows());
            assertThat(db.diff(id(ours), branch.name())).isEmpty();
            assertThat(((PickOutcome.Picked) back).commits()).hasSize(count);
        });
    }

    @Test
    void revertingALineGoesBackToItsBeginning() {
        inRandomHistories(25, (db, timeline, random) -> {
            Branch branch = db.branch(timeline.branches.getLast());
            Version head = timeline.at(branch.head());
            List<Version> line = new ArrayList<>(List.of(head));
            while (!line.getLast().parents().isEmpty()) {
                line.add(line.getLast().parents().getFirst());
            }
            Version since = line.get(random.choice(0) % line.size());
            branch.edits().revert(id(since) + ".." + branch.name());
            // What a merge brought into the line is in the history of the later commits only.
            assertThat(plain(branch.snapshot())).isEqualTo(since.rows());
        });
    }

    @Test
    void squashKeepsContentAndChanges() {
        inRandomHistories(25, (db, timeline, random) -> {
            Branch branch = db.branch(timeline.branches.getLast());
            Version head = timeline.at(branch.head());
            List<Version> ancestors = new ArrayList<>(new HashSet<>(head.withAncestors()));
            ancestors.remove(head);
            ancestors.sort((a, b) -> id(a).compareTo(id(b)));
            Version since = ancestors.get(random.choice(0) % ancestors.size());
            branch.space("s").put("uncommitted", "1");
            Commit made = branch.edits().squash(id(since), CommitMessage.of("squashed"));
            assertThat(made.parents()).containsExactly(since.commit().id());
            assertThat(plain(db.at(branch.name()))).isEqualTo(head.rows());
            assertThat(shown(branch.changes())).containsExactly("+s/uncommitted=1");
        });
    }

    @Test
    void aStashIsMergedIntoWhatIsThere() {
        inRandomHistories(30, (db, timeline, random) -> {
            Branch branch = db.branch(timeline.branches.getFirst());
            Branch target = db.branch(timeline.branches.getLast());
            change(branch, random, 0);
            Map<String, String> changed = plain(branch.snapshot());
            Map<String, String> base = timeline.at(branch.head()).rows();
            boolean isStashed = branch.stash().push("aside").isPresent();
            assertThat(isStashed).isEqualTo(!changed.equals(base));
            assertThat(plain(branch.snapshot())).isEqualTo(base);
            change(target, random, 3);
            Map<String, String> ours = plain(target.snapshot());
            if (isStashed) {
                assertThat(target.stash().pop(StashPick.of(0).resolving(random.resolver())))
                        .isInstanceOf(StashOutcome.Applied.class);
                assertThat(plain(target.snapshot())).isEqualTo(applied(base, changed, ours, random.theirs));
                assertThat(target.stash().list()).isEmpty();
            }
        });
    }

    private static void change(Branch branch, Case random, int from) {
        for (int i = from; i < from + 3; i++) {
            int choice = random.choice(i);
            String key = "k" + choice % 6;
            if (choice % 4 == 0) {
                branch.space("s").delete(key);
            } else {
                branch.space(choice % 5 == 0 ? "t" : "s").put(key, "" + choice % 3);
            }
        }
    }
}
