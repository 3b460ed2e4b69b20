package coppice.testing.property;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The sequence of choices that a generator reads: drawn at random the first time, replayed and edited by the shrinker
/// afterwards. Zero is the simplest choice, and a replay that runs out of choices goes on with zeros. Not thread-safe.
public final class Choices {
    /// Where in the sequence one removable part (a list element, a command) stands, and how deep it is nested.
    record Span(int depth, int start, int end) {}

    private static final int LIMIT = 1 << 20;

    private final boolean replaying;
    private final long[] script;
    private long state;
    private long[] taken = new long[64];
    private int count;
    private int depth;
    private final List<Span> spans = new ArrayList<>();

    private Choices(boolean replaying, long[] script, long seed) {
        this.replaying = replaying;
        this.script = script;
        this.state = seed;
    }

    static Choices random(long seed) {
        return new Choices(false, new long[0], seed);
    }

    static Choices replay(long[] script) {
        return new Choices(true, script, 0);
    }

    /// A number from 0 to `max`, both included and taken as unsigned, each as likely as any other.
    public long upTo(long max) {
        return take(max, replaying ? 0 : uniform(max));
    }

    /// A number from 0 to `max` (unsigned), with small numbers, powers of two and the largest numbers preferred: it is
    /// at the edges that programs err.
    public long skewed(long max) {
        return take(max, replaying ? 0 : edgy(max));
    }

    /// The choice between stopping (false, the simpler) and going on. When drawn at random the answer is `proposal`,
    /// which may come from [#target] without making the sequence longer.
    public boolean more(boolean proposal) {
        return take(1, proposal ? 1 : 0) == 1;
    }

    /// A size to aim at, from `min` to `max`. It is not part of the sequence: use it only in proposals for [#more].
    public int target(int min, int max) {
        return replaying ? min : (int) (min + edgy(Math.min(max - min, uniform(3) == 0 ? Integer.MAX_VALUE : 16)));
    }

    /// Gives this run up without a verdict, because the choices lead to no sensible value.
    public Rejected reject() {
        throw new Rejected();
    }

    /// Marks the beginning of a part that the shrinker may take out as a whole. Returns a mark for [#end].
    public int begin() {
        depth++;
        return count;
    }

    /// Marks the end of the part that began at `mark`.
    public void end(int mark) {
        depth--;
        spans.add(new Span(depth, mark, count));
    }

    long[] sequence() {
        return Arrays.copyOf(taken, count);
    }

    List<Span> spans() {
        return spans;
    }

    private long take(long max, long drawn) {
        if (count == LIMIT) {
            throw new Rejected();
        }
        long value = drawn;
        if (replaying) {
            value = count < script.length ? script[count] : 0;
            value = Long.compareUnsigned(value, max) > 0 ? max : value;
        }
        if (count == taken.length) {
            taken = Arrays.copyOf(taken, 2 * count);
        }
        taken[count++] = value;
        return value;
    }

    private long edgy(long max) {
        if (max == 0) {
            return 0;
        }
        int bits = Long.SIZE - Long.numberOfLeadingZeros(max);
        long value = switch ((int) uniform(7)) {
            case 0, 1 -> uniform(7);
            case 2 -> max - uniform(2);
            case 3 -> (1L << uniform(bits - 1)) - uniform(1);
            case 4, 5 -> next() >>> (Long.SIZE - 1 - uniform(bits - 1));
            default -> uniform(max);
        };
        return Long.compareUnsigned(value, max) > 0 ? uniform(max) : value;
    }

    private long uniform(long max) {
        long mask = max == 0 ? 0 : -1L >>> Long.numberOfLeadingZeros(max);
        long value = next() & mask;
        while (Long.compareUnsigned(value, max) > 0) {
            value = next() & mask;
        }
        return value;
    }

    /// SplitMix64 (G. L. Steele, D. Lea, C. H. Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014),
    /// written out so that a seed means the same on every JDK.
    private long next() {
        state += 0x9E3779B97F4A7C15L;
        return mix(state);
    }

    static long mix(long word) {
        long z = (word ^ (word >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /// Thrown by [#reject]; never seen outside a property run.
    public static final class Rejected extends RuntimeException {
        private static final long serialVersionUID = 1;

        private Rejected() {
            super("the choices lead to no sensible value", null, false, false);
        }
    }
}
