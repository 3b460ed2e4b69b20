package coppice.engine.views;

import coppice.api.KeyPattern;
import coppice.api.Range;
import coppice.engine.projection.Advance;
import coppice.engine.projection.Step;
import coppice.kernel.bytes.Hash;
import coppice.projection.JoinShape;
import coppice.projection.JoinedKey;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Puts rows of two sides beside each other. A joined row follows from one row of each side, so that a change on
/// either costs the joined rows that it is in.
record JoinStep(Hash name, KeyPattern leftKeys, KeyPattern rightKeys, JoinShape shape) implements Step {
    /// The inputs: the rows of both sides, and by what these are found ([JoinKeys]).
    private static final int LEFT = 0;
    private static final int RIGHT = 1;
    private static final int LEFT_BY = 2;
    private static final int RIGHT_BY = 3;

    @Override
    public Range keys(int input) {
        return switch (input) {
            case LEFT -> leftKeys.range();
            case RIGHT -> rightKeys.range();
            default -> Range.all();
        };
    }

    @Override
    public void advance(Advance work) {
        work.differences(LEFT, (key, before, after) -> {
            if (leftKeys.fits(key)) {
                leftChanged(work, key, before, after);
            }
        });
        if (!work.isNew()) {
            work.differences(RIGHT, (key, before, after) -> {
                if (rightKeys.fits(key)) {
                    rightChanged(work, key, before, after);
                }
            });
        }
    }

    private void leftChanged(Advance work, byte[] key, byte @Nullable [] before, byte @Nullable [] after) {
        if (before != null) {
            work.remove(alone(key));
            shape.local(key, before)
                    .ifPresent(common ->
                            JoinKeys.rows(work.before(RIGHT_BY), common, other -> work.remove(joined(key, other))));
        }
        if (after != null) {
            Optional<byte[]> common = shape.local(key, after);
            common.ifPresent(
                    value -> JoinKeys.rows(work.after(RIGHT_BY), value, other -> put(work, key, after, other)));
            if (common.isEmpty() || !JoinKeys.hasRows(work.after(RIGHT_BY), common.get())) {
                shape.alone(after).ifPresent(document -> work.put(alone(key), document));
            }
        }
    }

    private void put(Advance work, byte[] key, byte[] document, byte[] other) {
        byte[] row = Objects.requireNonNull(work.after(RIGHT).get(other), "what a row is found by is in the row");
        shape.document(document, other, row).ifPresent(whole -> work.put(joined(key, other), whole));
    }

    private void rightChanged(Advance work, byte[] other, byte @Nullable [] before, byte @Nullable [] after) {
        if (before != null) {
            shape.foreign(other, before).ifPresent(common -> {
                boolean isLast = !JoinKeys.hasRows(work.after(RIGHT_BY), common);
                JoinKeys.rows(work.after(LEFT_BY), common, key -> {
                    work.remove(joined(key, other));
                    if (isLast) {
                        shape.alone(left(work, key)).ifPresent(document -> work.put(alone(key), document));
                    }
                });
            });
        }
        if (after != null) {
            shape.foreign(other, after)
                    .ifPresent(common -> JoinKeys.rows(work.after(LEFT_BY), common, key -> {
                        work.remove(alone(key));
                        put(work, key, left(work, key), other);
                    }));
        }
    }

    private static byte[] left(Advance work, byte[] key) {
        return Objects.requireNonNull(work.after(LEFT).get(key), "what a row is found by is in the row");
    }

    private static byte[] joined(byte[] key, byte[] other) {
        return new JoinedKey(key, Optional.of(other)).bytes();
    }

    private static byte[] alone(byte[] key) {
        return new JoinedKey(key, Optional.empty()).bytes();
    }
}
