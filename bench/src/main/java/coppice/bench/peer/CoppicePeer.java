package coppice.bench.peer;

import coppice.api.Batch;
import coppice.api.Coppice;
import coppice.api.Cursor;
import coppice.api.Database;
import coppice.api.Options;
import coppice.api.Range;
import coppice.api.Space;
import coppice.api.SpaceView;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Coppice, by its public interface, with its default options but for the memory.
final class CoppicePeer implements Peer {
    private static final String SPACE = "rows";
    private static final int LOAD_BATCH = 100_000;

    private @Nullable Database database;

    @Override
    public String settings() {
        return "default options (zstd level 1); durable write: the default, journal synced before a put returns; load:"
                + " batches of 100,000 rows, then a checkpoint; readers hold one snapshot";
    }

    @Override
    public void open(Path directory, Budget budget) {
        database = Coppice.open(
                directory.resolve("coppice").toString(), Options.defaults().withMemoryBytes(budget.cacheBytes()));
    }

    private Database database() {
        if (database == null) {
            throw new IllegalStateException("open the store first");
        }
        return database;
    }

    @Override
    public void load(long count) {
        Space space = database().space(SPACE);
        var batch = new Batch();
        for (long row = 0; row < count; row++) {
            batch.put(Rows.key(row), Rows.value(row, 0));
            if (batch.size() == LOAD_BATCH) {
                space.apply(batch);
                batch = new Batch();
            }
        }
        space.apply(batch);
        database().checkpoint();
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
        if (database != null) {
            database.close();
        }
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
        public void put(List<Entry> entries) {
            var batch = new Batch();
            for (Entry entry : entries) {
                batch.put(entry.key(), entry.value());
            }
            space.apply(batch);
        }

        @Override
        public void close() {}
    }
}
