package coppice.structure.sequence;

import coppice.structure.ground.Origin;

/// A step on the way to a place: a run of values that one origin put in, and where in the run.
///
/// @param seat the place of the run among those that begin behind the same value
/// @param run the origin that put the run in; it alone goes on with it
/// @param number where in the run; unique when the fraction is 0
/// @param fraction where between that number and the next, in 2^32 parts
/// @param serial unique when the fraction is not 0, else 0
record Step(long seat, long run, long number, long fraction, long serial) {
    private static final long PARTS = 1L << 32;

    /// Begins a run.
    static Step begin(long seat, Origin origin) {
        return new Step(seat, origin.number(), origin.next(), 0, 0);
    }

    boolean isOf(Origin origin) {
        return run == origin.number();
    }

    boolean isInRunOf(Step other) {
        return seat == other.seat && run == other.run;
    }

    /// Behind all of a run of this origin: it has used smaller numbers only.
    Step behind(Origin origin) {
        return new Step(seat, run, origin.next(), 0, 0);
    }

    /// Before all of a run of this origin.
    Step before(Origin origin) {
        return new Step(seat, run, -origin.next(), 0, 0);
    }

    /// How many parts there are between this and a later one of the run, until the next number.
    long partsTo(Step later) {
        return (later.number > number ? PARTS : later.fraction) - fraction;
    }

    /// In the middle between this and a later one of the run.
    Step middle(Step later, Origin origin) {
        return new Step(seat, run, number, fraction + partsTo(later) / 2, origin.next());
    }
}
