package coppice.engine.views;

import coppice.api.Range;
import coppice.engine.delta.Delta;
import coppice.engine.projection.Advance;
import coppice.engine.projection.Step;
import coppice.engine.state.SpaceState;
import coppice.engine.state.StateCursor;
import coppice.kernel.bytes.Hash;
import coppice.projection.GroupShape;
import coppice.projection.GroupValues;
import coppice.projection.Tally;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Makes the rows of groups of what they amount to.
record GroupStep(Hash name, GroupShape shape) implements Step {
    @Override
    public Range keys(int input) {
        return Range.all();
    }

    @Override
    public void advance(Advance work) {
        Groups groups = new Groups(work);
        work.differences(0, (key, _, _) -> groups.changed(shape.token(key)));
        groups.finish();
    }

    /// Takes the groups that changed: the entries of one come one after another.
    private final class Groups {
        private final Advance work;
        private final GroupValues values;
        private byte @Nullable [] last;

        Groups(Advance work) {
            this.work = work;
            this.values = new Values(work.after(0));
        }

        void changed(byte[] token) {
            if (!Arrays.equals(token, last)) {
                finish();
                last = token;
            }
        }

        void finish() {
            byte[] token = last;
            if (token != null) {
                byte[] tally = work.after(0).get(shape.key(token));
                work.put(token, tally == null ? Delta.REMOVED : shape.document(token, Tally.decode(tally), values));
            }
        }
    }

    /// Looks into the entries of groups.
    private record Values(SpaceState entries) implements GroupValues {
        @Override
        public Optional<Map.Entry<byte[], byte[]>> first(byte[] from, byte[] to) {
            return next(Range.between(from, to));
        }

        @Override
        public Optional<Map.Entry<byte[], byte[]>> last(byte[] from, byte[] to) {
            return next(Range.between(from, to).reversed());
        }

        private Optional<Map.Entry<byte[], byte[]>> next(Range range) {
            try (StateCursor cursor = entries.scan(range)) {
                return cursor.next() ? Optional.of(Map.entry(cursor.key(), cursor.value())) : Optional.empty();
            }
        }

        @Override
        public long count(byte[] from, byte[] to) {
            return entries.countOnce(Range.between(from, to));
        }
    }
}
