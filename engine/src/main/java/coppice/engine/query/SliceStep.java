package coppice.engine.query;

import org.jspecify.annotations.Nullable;

/// Leaves out the first rows, and all after so many.
final class SliceStep extends Step {
    private final Step input;
    private final long offset;
    private final long limit;
    private long toSkip;
    private long left;

    SliceStep(Step input, long offset, long limit) {
        super("limit", Math.clamp(input.estimate() - offset, 0.0, (double) limit), input);
        this.input = input;
        this.offset = offset;
        this.limit = limit;
        this.toSkip = offset;
        this.left = limit;
    }

    @Override
    String of() {
        String rows = limit == Long.MAX_VALUE ? "all" : Long.toString(limit);
        return offset == 0 ? rows : rows + " after " + offset;
    }

    @Override
    @Nullable
    Found advance() {
        for (; toSkip > 0; toSkip--) {
            if (input.next() == null) {
                return null;
            }
        }
        if (left == 0) {
            return null;
        }
        left--;
        return input.next();
    }
}
