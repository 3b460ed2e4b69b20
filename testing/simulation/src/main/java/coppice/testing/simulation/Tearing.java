package coppice.testing.simulation;

import coppice.testing.simulation.Change.Resize;
import coppice.testing.simulation.Change.Write;
import coppice.testing.simulation.Change.Zeros;
import java.util.SplittableRandom;

/// Decides what one power cut leaves of the changes that were not durable: all, none, or any part of any of them.
///
/// A write tears at multiples of 512 bytes or 4 KiB, or anywhere; its parts survive as a beginning, an end, or any
/// selection. Where a write made a file longer, the length may survive without the bytes, which then are zeros or,
/// seldom, garbage.
final class Tearing {
    private enum Mood {
        KEEP,
        LOSE,
        TEAR
    }

    private static final int[] GRAINS = {512, 4096, 1};

    private final SplittableRandom random;
    private final Mood mood;
    private final int grain;

    Tearing(long seed) {
        this.random = new SplittableRandom(seed);
        // Everything and nothing are the likeliest states in practice; the rest is for mixtures.
        int draw = random.nextInt(8);
        this.mood = draw == 0 ? Mood.KEEP : draw == 1 ? Mood.LOSE : Mood.TEAR;
        this.grain = GRAINS[random.nextInt(GRAINS.length)];
    }

    /// Whether a change that is all or nothing survives.
    boolean keeps() {
        return switch (mood) {
            case KEEP -> true;
            case LOSE -> false;
            case TEAR -> random.nextBoolean();
        };
    }

    /// Applies what is left of a change.
    void apply(Change change, Pages pages) {
        int fate = random.nextInt(4);
        if (mood == Mood.KEEP || (mood == Mood.TEAR && fate == 0)) {
            change.applyTo(pages);
        } else if (mood == Mood.TEAR && fate > 1) {
            switch (change) {
                case Write write -> tear(write, pages);
                case Zeros zeros -> pages.zero(zeros.position(), random.nextLong(zeros.length() + 1));
                case Resize resize -> resize.applyTo(pages);
            }
        }
    }

    private void tear(Write write, Pages pages) {
        int manner = random.nextInt(3);
        int border = random.nextInt(write.bytes().length + 1);
        if (write.end() > pages.size() && random.nextInt(3) == 0) {
            lengthen(write, pages);
        }
        // The medium writes whole sectors: borders are multiples of the grain in the file, not in the write.
        for (long from = write.position(); from < write.end(); ) {
            long to = Math.min(write.end(), (from / grain + 1) * (long) grain);
            if (grain == 1) {
                to = Math.min(write.end(), from + 1 + random.nextInt(200));
            }
            int at = (int) (from - write.position());
            boolean keep = switch (manner) {
                case 0 -> at < border;
                case 1 -> at >= border;
                default -> random.nextBoolean();
            };
            if (keep) {
                pages.write(from, write.bytes(), at, (int) (to - from));
            }
            from = to;
        }
    }

    private void lengthen(Write write, Pages pages) {
        long from = pages.size();
        pages.truncate(write.end());
        if (random.nextInt(8) == 0) {
            byte[] garbage = new byte[(int) (write.end() - from)];
            random.nextBytes(garbage);
            pages.write(from, garbage, 0, garbage.length);
        }
    }
}
