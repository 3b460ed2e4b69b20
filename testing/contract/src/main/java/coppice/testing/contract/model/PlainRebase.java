package coppice.testing.contract.model;

import coppice.api.RebaseStep;
import coppice.api.RebaseStep.Action;
import coppice.testing.contract.model.Clash.Decider;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// How far a rebase has come.
///
/// @param reached the last commit made, or `onto`
/// @param made the commit of the step at which it stopped, where that is made already
/// @param melding whether the last step that was to make a commit has made one
/// @param steps what is left; at a stop, the step at which it stopped comes first
/// @param decisions what was decided of which clash of the first step
record PlainRebase(
        Version onto,
        Version original,
        Version reached,
        @Nullable Version made,
        Stop stop,
        boolean melding,
        List<Step> steps,
        List<Version> skipped,
        Map<Clash, Optional<String>> decisions)
        implements Decider {
    enum Stop {
        NONE,
        CONFLICT,
        EDIT,
        REWORD
    }

    record Step(Action action, Version commit, Optional<String> message) {
        boolean isPart() {
            return action == Action.SQUASH || action == Action.FIXUP;
        }

        static RebaseStep shown(Step step) {
            return new RebaseStep(step.action, new coppice.api.CommitId(step.commit.id()), step.message);
        }
    }

    static PlainRebase begin(Version onto, Version original, List<Step> steps) {
        return new PlainRebase(onto, original, onto, null, Stop.NONE, false, steps, List.of(), Map.of());
    }

    private Step step() {
        return steps.getFirst();
    }

    private PlainRebase stopped(Stop why, @Nullable Version commit) {
        return new PlainRebase(onto, original, reached, commit, why, melding, steps, skipped, Map.of());
    }

    private PlainRebase then(Version commit, boolean meld) {
        List<Step> rest = steps.subList(1, steps.size());
        return new PlainRebase(onto, original, commit, null, Stop.NONE, meld, rest, skipped, Map.of());
    }

    /// Does steps until one stops or none is left.
    PlainRebase advanced(PlainDatabase plain, Decider decider) {
        PlainRebase at = this;
        while (at.stop == Stop.NONE && !at.steps.isEmpty()) {
            at = at.step().action() == Action.DROP ? at.dropped() : at.next(plain, decider);
        }
        return at;
    }

    /// What was decided of its first step, and what another decides of the rest.
    private Decider with(Decider decider) {
        return clash -> {
            Optional<Optional<String>> decided = decide(clash);
            return decided.isPresent() ? decided : decider.decide(clash);
        };
    }

    @Override
    public Optional<Optional<String>> decide(Clash clash) {
        return Optional.ofNullable(decisions.get(clash));
    }

    /// Stopped at what clashes, with what is decided of it.
    private PlainRebase clashing(PlainDatabase plain, Decider decider) {
        Map<Clash, Optional<String>> all = new HashMap<>();
        work(Ruling.of(plain, Decision.NONE))
                .clashes()
                .forEach(clash -> decider.decide(clash).ifPresent(value -> all.put(clash, value)));
        return new PlainRebase(onto, original, reached, null, Stop.CONFLICT, melding, steps, skipped, Map.copyOf(all));
    }

    private PlainMerge work(Ruling ruling) {
        Version commit = step().commit();
        return PlainMerge.of(commit.before(), reached.state(), commit.state(), ruling);
    }

    private PlainRebase next(PlainDatabase plain, Decider rest) {
        Decider decider = with(rest);
        Version commit = step().commit();
        boolean isPart = step().isPart() && melding;
        boolean asItIs = step().message().isEmpty()
                && !isPart
                && !commit.parents().isEmpty()
                && commit.parents().getFirst() == reached;
        if (asItIs) {
            return done(commit);
        }
        PlainMerge merge = work(Ruling.of(plain, decider));
        if (!merge.clashes().isEmpty()) {
            return clashing(plain, decider);
        }
        if (merge.merged().equals(reached.state()) && !commit.isEmpty()) {
            List<Version> more = new ArrayList<>(skipped);
            more.add(commit);
            PlainRebase passed = then(reached, melding && step().isPart());
            return new PlainRebase(
                    onto, original, reached, null, Stop.NONE, passed.melding, passed.steps, more, Map.of());
        }
        return done(isPart ? melded(merge.merged()) : made(merge.merged()));
    }

    private Version made(State state) {
        Version commit = step().commit();
        return Version.draft(state, List.of(reached), step().message().orElse(commit.message()), commit.author());
    }

    private Version melded(State state) {
        String both = step().message()
                .orElse(reached.message() + "\n\n" + step().commit().message());
        String message = step().action() == Action.FIXUP ? reached.message() : both;
        return Version.draft(state, reached.parents(), message, reached.author());
    }

    private PlainRebase done(Version commit) {
        if (step().action() == Action.EDIT) {
            return stopped(Stop.EDIT, commit);
        }
        boolean asks = step().action() == Action.REWORD && step().message().isEmpty();
        return asks ? stopped(Stop.REWORD, commit) : then(commit, true);
    }

    private PlainRebase dropped() {
        boolean apart = step().isPart() || step().action() == Action.DROP;
        return then(reached, melding && apart);
    }

    /// Goes on without the step at which it stopped.
    PlainRebase skipping() {
        return stop == Stop.NONE ? this : dropped();
    }

    /// Goes on from the step at which it stopped.
    ///
    /// @param edited what became of the commit that was edited
    PlainRebase resumed(Optional<Version> edited, Optional<String> message) {
        return switch (stop) {
            case NONE -> this;
            case EDIT -> then(reworded(edited.orElseThrow(), message), true);
            case REWORD -> then(reworded(top(), message), true);
            case CONFLICT -> {
                List<Step> all = new ArrayList<>(steps);
                if (message.isPresent() && step().action() != Action.EDIT) {
                    Action action = step().isPart() ? Action.SQUASH : Action.REWORD;
                    all.set(0, new Step(action, step().commit(), message));
                }
                yield new PlainRebase(onto, original, reached, null, Stop.NONE, melding, all, skipped, decisions);
            }
        };
    }

    private static Version reworded(Version commit, Optional<String> message) {
        return message.filter(text -> !text.equals(commit.message()))
                .map(text -> Version.draft(commit.state(), commit.parents(), text, commit.author()))
                .orElse(commit);
    }

    /// The branch got more commits meanwhile, which are to follow.
    PlainRebase following(Version head) {
        List<Step> all = new ArrayList<>(steps);
        Version.line(original, head).forEach(commit -> all.add(new Step(Action.PICK, commit, Optional.empty())));
        return new PlainRebase(onto, head, reached, made, stop, melding, all, skipped, decisions);
    }

    /// The rows that clash where it stopped.
    List<Clash> clashes(PlainDatabase plain) {
        return work(Ruling.of(plain, this)).clashes();
    }

    /// The commit made last, stopped at or not.
    Version top() {
        return made != null ? made : reached;
    }

    /// Whether it has nothing left to do and the branch was moved.
    boolean isOver(Version head) {
        return stop == Stop.NONE
                && steps.isEmpty()
                && head.reaches(reached)
                && (reached == original || !head.reaches(original));
    }

    /// This with its commits as they were found in the database.
    PlainRebase learned(UnaryOperator<Version> found) {
        Version stoppedAt = made == null ? null : found.apply(made);
        return new PlainRebase(
                onto, original, found.apply(reached), stoppedAt, stop, melding, steps, skipped, decisions);
    }
}
