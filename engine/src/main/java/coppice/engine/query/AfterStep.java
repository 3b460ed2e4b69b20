package coppice.engine.query;

import org.jspecify.annotations.Nullable;

/// Leaves out the rows up to a place in the order of the answer, in which they need not come.
final class AfterStep extends Step {
    private final Step input;
    private final Ordering ordering;
    private final Place place;

    AfterStep(Step input, Ordering ordering, Place place) {
        super("after", input.estimate(), input);
        this.input = input;
        this.ordering = ordering;
        this.place = place;
    }

    @Override
    String of() {
        return "a page";
    }

    @Override
    @Nullable
    Found advance() {
        while (true) {
            Found found = input.next();
            if (found == null || ordering.compare(ordering.ordered(found), place.order(), place.key()) > 0) {
                return found;
            }
        }
    }
}
