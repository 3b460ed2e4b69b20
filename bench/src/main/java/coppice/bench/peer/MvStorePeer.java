package coppice.bench.peer;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;
import org.jspecify.annotations.Nullable;

/// H2's storage engine, without its SQL.
final class MvStorePeer implements Peer {
    private static final int LOAD_BATCH = 100_000;

    private @Nullable MVStore store;
    private @Nullable MVMap<byte[], byte[]> rows;

    @Override
    public String settings() {
        return "a byte-array map, auto-commit off; durable write: commit and sync; load: commits of 100,000 rows";
    }

    @Override
    public void open(Path directory, Budget budget) {
        store = new MVStore.Builder()
                .fileName(directory.resolve("mvstore.db").toString())
                .cacheSize((int) (budget.cacheBytes() >> 20))
                .autoCommitDisabled()
                .open();
        rows = store.openMap(
                "rows", new MVMap.Builder<byte[], byte[]>().keyType(Bytes.TYPE).valueType(Bytes.TYPE));
    }

    private MVStore store() {
        if (store == null) {
            throw new IllegalStateException("open the store first");
        }
        return store;
    }

    private MVMap<byte[], byte[]> rows() {
        if (rows == null) {
            throw new IllegalStateException("open the store first");
        }
        return rows;
    }

    @Override
    public void load(long count) {
        for (long row = 0; row < count; row++) {
            rows().put(Rows.key(row), Rows.value(row, 0));
            if ((row + 1) % LOAD_BATCH == 0) {
                store().commit();
            }
        }
        store().commit();
        store().sync();
    }

    @Override
    public Reader reader() {
        return new MvStoreReader(rows());
    }

    @Override
    public Writer writer() {
        return new MvStoreWriter(store(), rows());
    }

    @Override
    public void close() {
        if (store != null) {
            store.close();
        }
    }

    private static final class MvStoreReader implements Reader {
        private final MVMap<byte[], byte[]> rows;

        MvStoreReader(MVMap<byte[], byte[]> rows) {
            this.rows = rows;
        }

        @Override
        public int get(byte[] key, byte[] into) {
            byte[] value = rows.get(key);
            return value == null ? -1 : copy(value, into);
        }

        @Override
        public long scan() {
            long count = 0;
            long sum = 0;
            for (var cursor = rows.cursor(null); cursor.hasNext(); count++) {
                cursor.next();
                sum += cursor.getValue()[0];
            }
            return Sink.keep(sum, count);
        }

        @Override
        public int range(byte[] from, int wanted, byte[] into) {
            int seen = 0;
            for (var cursor = rows.cursor(from); seen < wanted && cursor.hasNext(); seen++) {
                cursor.next();
                copy(cursor.getValue(), into);
            }
            return seen;
        }

        private static int copy(byte[] value, byte[] into) {
            System.arraycopy(value, 0, into, 0, value.length);
            return value.length;
        }

        @Override
        public void close() {}
    }

    private record MvStoreWriter(MVStore store, MVMap<byte[], byte[]> rows) implements Writer {
        @Override
        public void put(List<Entry> batch) {
            for (Entry entry : batch) {
                rows.put(entry.key(), entry.value());
            }
            store.commit();
            store.sync();
        }

        @Override
        public void close() {}
    }

    /// Byte arrays in unsigned order; the one that H2 ships orders them so too, but by way of `Object`.
    private static final class Bytes extends BasicDataType<byte[]> {
        static final Bytes TYPE = new Bytes();

        @Override
        public int getMemory(byte[] bytes) {
            return 24 + bytes.length;
        }

        @Override
        public void write(WriteBuffer out, byte[] bytes) {
            out.putVarInt(bytes.length);
            out.put(bytes);
        }

        @Override
        public byte[] read(ByteBuffer in) {
            byte[] bytes = new byte[DataUtils.readVarInt(in)];
            in.get(bytes);
            return bytes;
        }

        @Override
        public byte[][] createStorage(int size) {
            return new byte[size][];
        }

        @Override
        public int compare(byte[] a, byte[] b) {
            return Arrays.compareUnsigned(a, b);
        }
    }
}
