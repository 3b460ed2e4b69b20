package coppice.structure.sequence;

import coppice.structure.ground.Origin;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Where a value of a list is: a path of steps, each behind the value that the steps before it lead to. Places
/// sort as their bytes do, which are the keys of rows, and there is always one between two.
///
/// The idea of paths with unique steps is that of Logoot (Weiss, Urso and Molli 2009); that of runs, which stay
/// together and whose places do not grow, is that of Weidner's position strings (2022). What is bisected here in
/// 2^32 parts before a path gets longer is not longer by far for those who insert in the middle all the time.
record Place(List<Step> steps) {
    Place {
        steps = List.copyOf(steps);
    }

    /// A place between two neighbours.
    ///
    /// @param before nothing for the beginning
    /// @param after nothing for the end
    static Place between(Optional<Place> before, Optional<Place> after, Origin origin) {
        List<Step> low = before.map(Place::steps).orElse(List.of());
        if (after.isEmpty()) {
            return new Place(List.of(last(low, origin)));
        }
        List<Step> high = after.get().steps;
        int same = 0;
        while (same < low.size() && low.get(same).equals(high.get(same))) {
            same++;
        }
        if (same == low.size()) {
            Step first = high.get(same);
            return path(low, same, first.isOf(origin) ? first.before(origin) : Step.begin(first.seat() - 1, origin));
        }
        Optional<Step> step = step(low.get(same), high.get(same), origin);
        if (step.isPresent()) {
            return path(low, same, step.get());
        }
        for (int depth = same + 1; depth < low.size(); depth++) {
            if (low.get(depth).isOf(origin)) {
                return path(low, depth, low.get(depth).behind(origin));
            }
        }
        return path(low, low.size(), Step.begin(0, origin));
    }

    private static Step last(List<Step> low, Origin origin) {
        if (low.isEmpty()) {
            return Step.begin(0, origin);
        }
        Step last = low.getFirst();
        return last.isOf(origin) ? last.behind(origin) : Step.begin(last.seat() + 1, origin);
    }

    /// A step between two, if there is one.
    private static Optional<Step> step(Step low, Step high, Origin origin) {
        if (low.isInRunOf(high)) {
            boolean hasRoom = low.isOf(origin) && low.partsTo(high) >= 2;
            return hasRoom ? Optional.of(low.middle(high, origin)) : Optional.empty();
        }
        if (low.isOf(origin)) {
            return Optional.of(low.behind(origin));
        }
        if (high.isOf(origin)) {
            return Optional.of(high.before(origin));
        }
        return high.seat() - low.seat() >= 2 ? Optional.of(Step.begin(low.seat() + 1, origin)) : Optional.empty();
    }

    private static Place path(List<Step> steps, int count, Step then) {
        List<Step> path = new ArrayList<>(steps.subList(0, count));
        path.add(then);
        return new Place(path);
    }

    /// The place of the value behind which the last steps begin, so many steps from the start.
    Place parent(int count) {
        return new Place(steps.subList(0, count));
    }

    /// The first of places behind this one that are made one after the other with [#next].
    Place child(Origin origin) {
        return path(steps, steps.size(), Step.begin(0, origin));
    }

    /// The one behind this one, in its run.
    Place next(Origin origin) {
        return path(steps, steps.size() - 1, steps.getLast().behind(origin));
    }

    /// The key of its row.
    byte[] key() {
        PlaceWriter writer = new PlaceWriter();
        long around = 0;
        for (Step step : steps) {
            writer.number(step.seat());
            writer.run(step.run(), around);
            writer.number(step.number());
            writer.number(step.fraction());
            if (step.fraction() != 0) {
                writer.number(step.serial());
            }
            around = step.run();
        }
        return writer.bytes();
    }

    /// The place of a key; nothing when it is no place.
    static Optional<Place> of(byte[] key) {
        PlaceReader reader = new PlaceReader(key);
        List<Step> steps = new ArrayList<>();
        long around = 0;
        while (reader.hasMore()) {
            long seat = reader.number();
            long run = reader.run(around);
            long number = reader.number();
            long fraction = reader.number();
            steps.add(new Step(seat, run, number, fraction, fraction == 0 ? 0 : reader.number()));
            around = run;
        }
        Place place = new Place(steps);
        return reader.isRight() && !steps.isEmpty() && Arrays.equals(place.key(), key)
                ? Optional.of(place)
                : Optional.empty();
    }
}
