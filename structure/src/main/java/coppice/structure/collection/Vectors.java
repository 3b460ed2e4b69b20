package coppice.structure.collection;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.Entry;
import coppice.structure.collection.VectorRows.Settings;
import coppice.structure.ground.Following;
import coppice.vector.VectorChange;
import coppice.vector.VectorSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The vectors of a collection, ready to be compared.
///
/// @param settings how they are compared; nothing before the first one was indexed
/// @param set of those that can be; nothing before the first one was indexed
/// @param misfits the ids of those that cannot be compared with the others, as merges may leave them
record Vectors(Optional<Settings> settings, Optional<VectorSet> set, SortedSet<String> misfits) {
    static final Following<Vectors> FOLLOWING = new Follower();

    private static final int MISFIT_BYTES = 100;

    Vectors {
        misfits = Collections.unmodifiableSortedSet(misfits);
    }

    /// Those that can be compared, one after the other; the others are noted.
    static final class Sorting implements Iterator<VectorChange> {
        private final Settings settings;
        private final Iterator<Following.Differing> rows;
        private final SortedSet<String> misfits;
        private final Optional<Long> maker;
        private @Nullable VectorChange next;

        Sorting(Settings settings, Iterator<Following.Differing> rows, SortedSet<String> misfits) {
            this.settings = settings;
            this.rows = rows;
            this.misfits = misfits;
            this.maker = settings.embedding().map(VectorRow.Mark::number);
            this.next = advance();
        }

        private @Nullable VectorChange advance() {
            while (rows.hasNext()) {
                Following.Differing row = rows.next();
                if (VectorRows.isVector(row.key())) {
                    return change(VectorRows.id(row.key()), row.value());
                }
            }
            return null;
        }

        private VectorChange change(byte[] id, byte @Nullable [] stored) {
            misfits.remove(new String(id, UTF_8));
            if (stored == null) {
                return new VectorChange(id, null);
            }
            VectorRow row = VectorRow.decode(stored);
            boolean isMisfit = isForeign(row)
                    || VectorSet.misfit(settings.similarity(), settings.dimension(), row.numbers())
                            .isPresent();
            if (isMisfit) {
                misfits.add(new String(id, UTF_8));
            }
            return new VectorChange(id, isMisfit ? null : row.numbers());
        }

        /// Whether another function made it, as a merge may leave it.
        private boolean isForeign(VectorRow row) {
            return maker.isPresent()
                    && row.mark().filter(mark -> mark.by() != maker.get()).isPresent();
        }

        @Override
        public boolean hasNext() {
            return next != null;
        }

        @Override
        public VectorChange next() {
            VectorChange one = Objects.requireNonNull(next);
            next = advance();
            return one;
        }
    }

    /// Rows as what differs from none.
    static Iterator<Following.Differing> differing(Iterator<Entry> rows) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return rows.hasNext();
            }

            @Override
            public Following.Differing next() {
                Entry row = rows.next();
                return new Following.Differing(row.key(), row.value());
            }
        };
    }

    private static final class Follower implements Following<Vectors> {
        @Override
        public String name() {
            return "vectors";
        }

        @Override
        public Vectors of(Iterator<Entry> rows) {
            SortedSet<String> misfits = new TreeSet<>();
            Optional<Settings> settings = Settings.first(rows);
            return new Vectors(
                    settings,
                    settings.map(how -> VectorSet.of(
                            how.similarity(), how.dimension(), new Sorting(how, differing(rows), misfits))),
                    misfits);
        }

        @Override
        public Optional<Vectors> with(Vectors before, List<Differing> rows) {
            if (before.set.isEmpty() || Settings.isAmong(rows)) {
                return Optional.empty();
            }
            VectorSet set = before.set.get();
            SortedSet<String> misfits = new TreeSet<>(before.misfits);
            List<VectorChange> changes = new ArrayList<>();
            new Sorting(before.settings.orElseThrow(), rows.iterator(), misfits).forEachRemaining(changes::add);
            VectorSet next = set.with(changes);
            return Optional.of(
                    new Vectors(before.settings, Optional.of(next.isDue() ? next.compacted() : next), misfits));
        }

        @Override
        public long bytes(Vectors made) {
            return made.set.map(VectorSet::bytes).orElse(0L) + (long) MISFIT_BYTES * made.misfits.size();
        }
    }
}
