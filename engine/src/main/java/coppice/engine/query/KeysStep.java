package coppice.engine.query;

import coppice.engine.state.SpaceState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Gives each of the keys that its inputs have, once and in order: those that all of them have, or any.
final class KeysStep extends Step {
    /// What becomes of several inputs.
    enum Kind {
        /// Rows that one of them has.
        UNION,
        /// Rows that all of them have.
        INTERSECT
    }

    private final SpaceState rows;
    private final Kind kind;
    private final List<Step> inputs;
    private final boolean isDown;
    private @Nullable Iterator<byte[]> keys;

    KeysStep(SpaceState rows, Kind kind, List<Step> inputs, boolean isDown, double estimate) {
        super(
                inputs.size() == 1 ? "keys" : kind == Kind.UNION ? "union" : "intersect",
                estimate,
                inputs.toArray(Step[]::new));
        this.rows = rows;
        this.kind = kind;
        this.inputs = inputs;
        this.isDown = isDown;
    }

    @Override
    String of() {
        return "";
    }

    @Override
    @Nullable
    Found advance() {
        Iterator<byte[]> rest = keys;
        if (rest == null) {
            List<byte[]> all = kind == Kind.UNION ? union() : intersection();
            rest = (isDown ? all.reversed() : all).iterator();
            keys = rest;
        }
        return rest.hasNext() ? new Found(rows, rest.next(), null) : null;
    }

    private List<byte[]> union() {
        List<byte[]> all = new ArrayList<>();
        for (Step input : inputs) {
            for (Found found = input.next(); found != null; found = input.next()) {
                all.add(found.key());
            }
        }
        return distinct(all);
    }

    private static List<byte[]> distinct(List<byte[]> keys) {
        byte[][] sorted = keys.toArray(byte[][]::new);
        Arrays.sort(sorted, Arrays::compareUnsigned);
        return IntStream.range(0, sorted.length)
                .filter(i -> i == 0 || !Arrays.equals(sorted[i], sorted[i - 1]))
                .mapToObj(i -> sorted[i])
                .toList();
    }

    private List<byte[]> intersection() {
        List<byte[]> first = new ArrayList<>();
        for (Found found = inputs.getFirst().next();
                found != null;
                found = inputs.getFirst().next()) {
            first.add(found.key());
        }
        byte[][] left = distinct(first).toArray(byte[][]::new);
        for (Step input : inputs.subList(1, inputs.size())) {
            BitSet there = new BitSet();
            for (Found found = input.next(); found != null && left.length > 0; found = input.next()) {
                int at = Arrays.binarySearch(left, found.key(), Arrays::compareUnsigned);
                if (at >= 0) {
                    there.set(at);
                }
            }
            byte[][] before = left;
            left = there.stream().mapToObj(at -> before[at]).toArray(byte[][]::new);
        }
        return Arrays.asList(left);
    }
}
