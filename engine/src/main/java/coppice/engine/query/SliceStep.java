package coppice.engine.query;

import org.jspecify.annotations.Nullable;

/// Leaves out the first rows, and all after so many.
final class SliceStep extends Step {
    private final Step input;
    private long toSkip;
    private long left;

    SliceStep(Step input, long offset, long limit) {
        super("limit", text(offset, limit), Math.clamp(input.estimate() - offset, 0.0, (double) limit), input);
        this.input = input;
        this.toSkip = offset;
        this.left = limit;
    }

    private static String text(long offset, long limit) {
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
