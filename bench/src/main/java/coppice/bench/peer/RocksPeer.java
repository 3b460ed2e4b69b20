package coppice.bench.peer;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.CompressionType;
import org.rocksdb.DataBlockIndexType;
import org.rocksdb.FlushOptions;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/// RocksDB, by its Java binding.
final class RocksPeer implements Peer {
    private static final int LOAD_BATCH = 1024;

    private @Nullable RocksDB database;
    private @Nullable Options options;
    private @Nullable LRUCache cache;

    @Override
    public String settings() {
        return "LZ4, bloom filter of 10 bits, hashed data blocks, 64 MiB write buffer, 2 background jobs; "
                + "durable write: write-ahead log with sync; load: batches without the log, then a flush";
    }

    @Override
    public void open(Path directory, Budget budget) throws RocksDBException {
        RocksDB.loadLibrary();
        cache = new LRUCache(budget.cacheBytes());
        options = new Options()
                .setCreateIfMissing(true)
                .setWriteBufferSize(64L << 20)
                .setMaxBackgroundJobs(2)
                .setCompressionType(CompressionType.LZ4_COMPRESSION)
                .setTableFormatConfig(new BlockBasedTableConfig()
                        .setBlockCache(cache)
                        .setFilterPolicy(new BloomFilter(10))
                        .setFormatVersion(5)
                        .setDataBlockIndexType(DataBlockIndexType.kDataBlockBinaryAndHash));
        database = RocksDB.open(options, directory.resolve("rocks").toString());
    }

    private RocksDB database() {
        if (database == null) {
            throw new IllegalStateException("open the store first");
        }
        return database;
    }

    @Override
    public void load(long count) throws RocksDBException {
        try (var unlogged = new WriteOptions().setDisableWAL(true);
                var batch = new WriteBatch()) {
            for (long row = 0; row < count; row++) {
                batch.put(Rows.key(row), Rows.value(row, 0));
                if (batch.count() == LOAD_BATCH) {
                    database().write(unlogged, batch);
                    batch.clear();
                }
            }
            database().write(unlogged, batch);
        }
        try (var flush = new FlushOptions().setWaitForFlush(true)) {
            database().flush(flush);
        }
    }

    @Override
    public Reader reader() {
        return new RocksReader(database());
    }

    @Override
    public Writer writer() {
        return new RocksWriter(database());
    }

    @Override
    public void close() {
        if (database != null && options != null && cache != null) {
            database.close();
            options.close();
            cache.close();
        }
    }

    private static final class RocksReader implements Reader {
        private final RocksDB database;
        private final ReadOptions unverified = new ReadOptions().setVerifyChecksums(false);
        private final ByteBuffer value = ByteBuffer.allocateDirect(2 * Rows.VALUE_BYTES);

        RocksReader(RocksDB database) {
            this.database = database;
        }

        @Override
        public int get(byte[] key, byte[] into) throws RocksDBException {
            int length = database.get(unverified, key, into);
            return length == RocksDB.NOT_FOUND ? -1 : length;
        }

        @Override
        public long scan() {
            long rows = 0;
            long sum = 0;
            try (var iterator = database.newIterator(unverified)) {
                for (iterator.seekToFirst(); iterator.isValid(); iterator.next()) {
                    value.clear();
                    iterator.value(value);
                    sum += value.get(0);
                    rows++;
                }
            }
            return Sink.keep(sum, rows);
        }

        @Override
        public int range(byte[] from, int rows, byte[] into) {
            int seen = 0;
            try (var iterator = database.newIterator(unverified)) {
                for (iterator.seek(from); seen < rows && iterator.isValid(); iterator.next()) {
                    value.clear();
                    int length = iterator.value(value);
                    value.get(0, into, 0, length);
                    seen++;
                }
            }
            return seen;
        }

        @Override
        public void close() {
            unverified.close();
        }
    }

    private static final class RocksWriter implements Writer {
        private final RocksDB database;
        private final WriteOptions synced = new WriteOptions().setSync(true);
        private final WriteBatch writes = new WriteBatch();

        RocksWriter(RocksDB database) {
            this.database = database;
        }

        @Override
        public void put(byte[] key, byte[] value) throws RocksDBException {
            database.put(synced, key, value);
        }

        @Override
        public void put(List<Entry> batch) throws RocksDBException {
            writes.clear();
            for (Entry entry : batch) {
                writes.put(entry.key(), entry.value());
            }
            database.write(synced, writes);
        }

        @Override
        public void close() {
            writes.close();
            synced.close();
        }
    }
}
