package coppice.bench.peer;

import coppice.api.Batch;
import coppice.api.Cursor;
import coppice.api.Database;
import coppice.api.Entry;
import coppice.api.Options;
import coppice.api.Range;
import coppice.api.Space;
import coppice.api.SpaceView;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/// Coppice, by its public interface, with its default options but for the memory.
final class CoppicePeer implements Peer {
    private static final String SPACE = "rows";

    private final OwnDatabase database = new OwnDatabase();

    @Override
    public String settings() {
        return "default options (zstd level 1); durable write: the default, journal synced before a put returns; load:"
                + " the sorted load of a branch; readers hold one snapshot";
    }

    @Override
    public void open(Path directory, Budget budget) {
        database.open(directory, Options.defaults().withMemoryBytes(budget.cacheBytes()));
    }

    private Database database() {
        return database.get();
    }

    @Override
    public void load(long count) {
        database().main().load(SPACE, new SortedRows(count));
    }

    @Override
    public Reader reader() {
        return new CoppiceReader(database().main().snapshot().space(SPACE));
    }

    @Override
    public Writer writer() {
        return new CoppiceWriter(database().space(SPACE));
    }

    @Override
    public void close() {
        database.close();
    }

    private record CoppiceReader(SpaceView space) implements Reader {
        private static final byte[] ABSENT = {};

        @Override
        public int get(byte[] key, byte[] into) {
            byte[] value = space.getOrDefault(key, ABSENT);
            if (value.length == 0) { // no row's value is empty
                return -1;
            }
            System.arraycopy(value, 0, into, 0, value.length);
            return value.length;
        }

        @Override
        public long scan() {
            long count = 0;
            long sum = 0;
            try (Cursor cursor = space.scan(Range.all())) {
                while (cursor.next()) {
                    sum += cursor.valueAt(0);
                    count++;
                }
            }
            return Sink.keep(sum, count);
        }

        @Override
        public int range(byte[] from, int rows, byte[] into) {
            int seen = 0;
            try (Cursor cursor = space.scan(Range.from(from))) {
                while (seen < rows && cursor.next()) {
                    cursor.copyValue(into, 0);
                    seen++;
                }
            }
            return seen;
        }

        @Override
        public void close() {}
    }

    private record CoppiceWriter(Space space) implements Writer {
        @Override
        public void put(byte[] key, byte[] value) {
            space.put(key, value);
        }

        @Override
        public void put(List<Writer.Entry> entries) {
            var batch = new Batch();
            for (Writer.Entry entry : entries) {
                batch.put(entry.key(), entry.value());
            }
            space.apply(batch);
        }

        @Override
        public void close() {}
    }

    private static final class SortedRows implements Iterator<Entry> {
        private final long count;
        private long next;

        SortedRows(long count) {
            this.count = count;
        }

        @Override
        public boolean hasNext() {
            return next < count;
        }

        @Override
        public Entry next() {
            if (!hasNext()) {
                throw new NoSuchElementException("there are only " + count + " rows");
            }
            long row = next++;
            return new Entry(Rows.key(row), Rows.value(row, 0));
        }
    }
}
