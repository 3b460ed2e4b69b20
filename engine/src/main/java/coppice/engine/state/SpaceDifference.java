package coppice.engine.state;

import coppice.api.Range;
import coppice.engine.delta.Delta;
import coppice.engine.delta.DeltaCursor;
import coppice.kernel.tree.TreeDiff;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The keys of a range whose values differ between two states of a space, in order, one [#next] after the other.
/// Neither state is made a tree for it. Not thread-safe.
///
/// Costs what differs between the folded trees, and all changes over them; of states over one tree, and with keys
/// that are known to be all that differ, only these.
public final class SpaceDifference {
    private final SpaceState before;
    private final SpaceState after;
    private final Range range;
    private final List<Source> sources = new ArrayList<>();
    private byte[] key = {};
    private byte @Nullable [] was;
    private byte @Nullable [] is;

    /// Something that has keys in order, standing on one of them.
    private abstract static class Source {
        byte @Nullable [] key;

        abstract void advance();
    }

    private SpaceDifference(SpaceState before, SpaceState after, Range range) {
        this.before = before;
        this.after = after;
        this.range = range;
    }

    /// Between any two states.
    ///
    /// @param range ascending
    public static SpaceDifference of(SpaceState before, SpaceState after, Range range) {
        SpaceDifference walk = new SpaceDifference(before, after, range);
        byte[] lower = range.lower();
        if (!before.isOverSameTree(after)) {
            byte[] upper = range.upper().orElse(null);
            TreeDiff diff = before.base().diff(after.base(), lower.length == 0 ? null : lower, upper);
            walk.begin(new Source() {
                @Override
                void advance() {
                    key = diff.next() ? diff.key() : null;
                }
            });
        }
        for (Delta changes : List.of(before.changes(), after.changes())) {
            DeltaCursor cursor = changes.cursor();
            walk.begin(new Source() {
                @Override
                void advance() {
                    do {
                        key = cursor.next() ? cursor.key() : null;
                    } while (key != null && Arrays.compareUnsigned(key, lower) < 0);
                }
            });
        }
        return walk;
    }

    /// Between two states that differ in these keys at most.
    ///
    /// @param keys in order, each once
    public static SpaceDifference of(SpaceState before, SpaceState after, List<byte[]> keys) {
        SpaceDifference walk = new SpaceDifference(before, after, Range.all());
        var iterator = keys.iterator();
        walk.begin(new Source() {
            @Override
            void advance() {
                key = iterator.hasNext() ? iterator.next() : null;
            }
        });
        return walk;
    }

    private void begin(Source source) {
        source.advance();
        sources.add(source);
    }

    /// Goes on to the next key whose values differ, and says whether there is one.
    public boolean next() {
        while (true) {
            byte[] least = null;
            for (Source source : sources) {
                if (source.key != null && (least == null || Arrays.compareUnsigned(source.key, least) < 0)) {
                    least = source.key;
                }
            }
            if (least == null || !isBelowEnd(least)) {
                return false;
            }
            for (Source source : sources) {
                if (Arrays.equals(source.key, least)) {
                    source.advance();
                }
            }
            was = before.get(least);
            is = after.get(least);
            if (!Arrays.equals(was, is)) {
                key = least;
                return true;
            }
        }
    }

    private boolean isBelowEnd(byte[] at) {
        return range.upper().map(end -> Arrays.compareUnsigned(at, end) < 0).orElse(true);
    }

    /// The key. A copy.
    public byte[] key() {
        return key.clone();
    }

    /// Its value in the earlier state, null when it is not there. The array is the caller's own.
    public byte @Nullable [] before() {
        return was;
    }

    /// Its value in the later state, null when it is not there; not both. The array is the caller's own.
    public byte @Nullable [] after() {
        return is;
    }

    /// Its value in the later state, where it is there.
    public byte[] present() {
        return Objects.requireNonNull(is);
    }
}
