package coppice.testing.contract.model;

import coppice.testing.contract.model.Clash.Decider;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// How far a cherry-pick or revert has come.
///
/// @param isNew whether nothing is remembered of it yet
/// @param original the branch's commit when it began, or when it was last made anew on top of another
/// @param reached the last commit made, or `original`
/// @param isStopped whether the first of the steps that are left clashes
/// @param decisions what was decided of which clash of that step
record PlainPick(
        boolean back,
        boolean keepsEmpty,
        String author,
        boolean isNew,
        Version original,
        Version reached,
        boolean isStopped,
        List<Step> steps,
        List<Version> skipped,
        Map<Clash, Optional<String>> decisions)
        implements Decider {
    /// @param back whether the commit is taken back
    /// @param mainline against which parent its change counts
    record Step(boolean back, Version commit, int mainline, Optional<String> message) {
        private State before() {
            return commit.parents().isEmpty()
                    ? State.EMPTY
                    : commit.parents().get(mainline - 1).state();
        }

        /// The message of what it makes.
        String text() {
            return message.orElseGet(() -> back ? reverting() : commit.message());
        }

        private String reverting() {
            String text = "Revert \"" + commit.title() + "\"\n\nThis reverts commit " + commit.id();
            String merged = commit.parents().size() > 1
                    ? ", reversing changes made to "
                            + commit.parents().get(mainline - 1).id()
                    : "";
            return text + merged + ".";
        }
    }

    static PlainPick begin(Picking.Picked.Manner manner, String author, Version head, List<Step> steps) {
        return new PlainPick(
                manner.back(), manner.keepsEmpty(), author, true, head, head, false, steps, List.of(), Map.of());
    }

    private PlainPick with(Version to, boolean stops, List<Step> left, List<Version> passed) {
        return new PlainPick(back, keepsEmpty, author, isNew, original, to, stops, left, passed, Map.of());
    }

    private PlainPick decided(Map<Clash, Optional<String>> all) {
        return new PlainPick(
                back, keepsEmpty, author, isNew, original, reached, isStopped, steps, skipped, Map.copyOf(all));
    }

    /// What its first step makes of what it reached.
    PlainMerge work(Ruling ruling) {
        Step step = steps.getFirst();
        State before = step.before();
        State after = step.commit().state();
        return step.back()
                ? PlainMerge.of(after, reached.state(), before, ruling)
                : PlainMerge.of(before, reached.state(), after, ruling);
    }

    /// Does steps until one clashes or none is left.
    PlainPick advanced(PlainDatabase plain, Decider first, Decider rest) {
        PlainPick at = this;
        Decider decider = first;
        while (!at.isStopped && !at.steps.isEmpty()) {
            at = at.next(plain, decider);
            decider = rest;
        }
        return at;
    }

    private PlainPick next(PlainDatabase plain, Decider decider) {
        PlainMerge merge = work(Ruling.of(plain, decider));
        if (!merge.clashes().isEmpty()) {
            return with(reached, true, steps, skipped).decided(decisions(plain, decider));
        }
        Step step = steps.getFirst();
        List<Step> left = steps.subList(1, steps.size());
        if (merge.merged().equals(reached.state()) && !keepsEmpty) {
            return with(
                    reached,
                    false,
                    left,
                    Stream.concat(skipped.stream(), Stream.of(step.commit())).toList());
        }
        String by = step.back() ? author : step.commit().author();
        return with(Version.draft(merge.merged(), List.of(reached), step.text(), by), false, left, skipped);
    }

    /// What somebody decides of what the rules leave of the first step.
    private Map<Clash, Optional<String>> decisions(PlainDatabase plain, Decider decider) {
        Map<Clash, Optional<String>> all = new HashMap<>();
        work(Ruling.of(plain, Decision.NONE))
                .clashes()
                .forEach(clash -> decider.decide(clash).ifPresent(value -> all.put(clash, value)));
        return all;
    }

    /// With what is open decided, as far as the decision goes.
    PlainPick deciding(PlainDatabase plain, Decision decision) {
        Map<Clash, Optional<String>> all = decisions(plain, decision);
        all.putAll(decisions);
        return decided(all);
    }

    /// About to do the first step again.
    PlainPick resumed(Optional<String> message) {
        if (!isStopped) {
            return remembered();
        }
        List<Step> all = new ArrayList<>(steps);
        Step step = steps.getFirst();
        all.set(0, new Step(step.back, step.commit, step.mainline, message.or(step::message)));
        return remembered().with(reached, false, all, skipped);
    }

    /// About to do what follows the first step.
    PlainPick skipping() {
        return isStopped ? remembered().with(reached, false, steps.subList(1, steps.size()), skipped) : remembered();
    }

    private PlainPick remembered() {
        return new PlainPick(back, keepsEmpty, author, false, original, reached, isStopped, steps, skipped, decisions);
    }

    /// About to make again what was made, on top of another commit.
    PlainPick restarted(Version head) {
        List<Step> again = new ArrayList<>();
        made().forEach(commit -> again.add(new Step(false, commit, 1, Optional.empty())));
        again.addAll(steps);
        return new PlainPick(back, keepsEmpty, author, isNew, head, head, false, again, skipped, Map.of());
    }

    /// The commits made so far, oldest first.
    List<Version> made() {
        return Version.line(original, reached);
    }

    /// Whether it has nothing left to do and the branch has what it made.
    boolean isOver(Version head) {
        return !isStopped && steps.isEmpty() && head.reaches(reached);
    }

    /// This, with the commit that it reached and those of its steps as they were found in the database.
    PlainPick learned(Version found, List<Version> commits) {
        List<Step> known = new ArrayList<>();
        for (int i = 0; i < commits.size(); i++) {
            Step step = steps.get(i);
            known.add(new Step(step.back, commits.get(i), step.mainline, step.message));
        }
        return new PlainPick(back, keepsEmpty, author, isNew, original, found, isStopped, known, skipped, decisions);
    }

    @Override
    public Optional<Optional<String>> decide(Clash clash) {
        return Optional.ofNullable(decisions.get(clash));
    }
}
