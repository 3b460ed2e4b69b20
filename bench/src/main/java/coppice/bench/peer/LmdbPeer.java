package coppice.bench.peer;

import static org.lmdbjava.DbiFlags.MDB_CREATE;
import static org.lmdbjava.EnvFlags.MDB_NOSUBDIR;
import static org.lmdbjava.EnvFlags.MDB_NOTLS;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lmdbjava.ByteBufferProxy;
import org.lmdbjava.Dbi;
import org.lmdbjava.Env;
import org.lmdbjava.GetOp;
import org.lmdbjava.PutFlags;
import org.lmdbjava.Txn;

/// LMDB, by lmdbjava.
final class LmdbPeer implements Peer {
    private static final long BYTES_PER_RECORD = 600;

    private @Nullable Env<ByteBuffer> environment;
    private @Nullable Dbi<ByteBuffer> rows;

    @Override
    public String settings() {
        return "memory map, NOTLS, binding's checks off; durable write: the default, meta page and data synced per"
                + " commit; load: one transaction of MDB_APPEND; readers hold one snapshot";
    }

    @Override
    public void open(Path directory, Budget budget) {
        environment = Env.create(ByteBufferProxy.PROXY_OPTIMAL)
                .setMapSize(Math.max(4L << 30, budget.records() * BYTES_PER_RECORD))
                .setMaxDbs(1)
                .setMaxReaders(64)
                .open(directory.resolve("lmdb.data").toFile(), MDB_NOSUBDIR, MDB_NOTLS);
        rows = environment.openDbi("rows", MDB_CREATE);
    }

    private Env<ByteBuffer> environment() {
        if (environment == null) {
            throw new IllegalStateException("open the store first");
        }
        return environment;
    }

    private Dbi<ByteBuffer> rows() {
        if (rows == null) {
            throw new IllegalStateException("open the store first");
        }
        return rows;
    }

    @Override
    public void load(long count) {
        ByteBuffer key = ByteBuffer.allocateDirect(Rows.KEY_BYTES);
        ByteBuffer value = ByteBuffer.allocateDirect(Rows.VALUE_BYTES);
        try (var transaction = environment().txnWrite()) {
            try (var cursor = rows().openCursor(transaction)) {
                for (long row = 0; row < count; row++) {
                    key.put(0, Rows.key(row));
                    value.put(0, Rows.value(row, 0));
                    cursor.put(key, value, PutFlags.MDB_APPEND);
                }
            }
            transaction.commit();
        }
    }

    @Override
    public Reader reader() {
        return new LmdbReader(environment().txnRead(), rows());
    }

    @Override
    public Writer writer() {
        return new LmdbWriter(environment(), rows());
    }

    @Override
    public void close() {
        if (environment != null) {
            environment.close();
        }
    }

    private static final class LmdbReader implements Reader {
        private final Txn<ByteBuffer> transaction;
        private final Dbi<ByteBuffer> rows;
        private final ByteBuffer key = ByteBuffer.allocateDirect(Rows.KEY_BYTES);

        LmdbReader(Txn<ByteBuffer> transaction, Dbi<ByteBuffer> rows) {
            this.transaction = transaction;
            this.rows = rows;
        }

        @Override
        public int get(byte[] wanted, byte[] into) {
            key.put(0, wanted);
            ByteBuffer value = rows.get(transaction, key);
            return value == null ? -1 : copy(value, into);
        }

        @Override
        public long scan() {
            long count = 0;
            long sum = 0;
            try (var cursor = rows.openCursor(transaction)) {
                for (boolean more = cursor.first(); more; more = cursor.next()) {
                    sum += cursor.val().get(0);
                    count++;
                }
            }
            return Sink.keep(sum, count);
        }

        @Override
        public int range(byte[] from, int wanted, byte[] into) {
            key.put(0, from);
            int seen = 0;
            try (var cursor = rows.openCursor(transaction)) {
                for (boolean more = cursor.get(key, GetOp.MDB_SET_RANGE);
                        more && seen < wanted;
                        more = seen < wanted && cursor.next()) {
                    copy(cursor.val(), into);
                    seen++;
                }
            }
            return seen;
        }

        private static int copy(ByteBuffer value, byte[] into) {
            int length = value.remaining();
            value.get(value.position(), into, 0, length);
            return length;
        }

        @Override
        public void close() {
            transaction.close();
        }
    }

    private static final class LmdbWriter implements Writer {
        private final Env<ByteBuffer> environment;
        private final Dbi<ByteBuffer> rows;
        private final ByteBuffer key = ByteBuffer.allocateDirect(Rows.KEY_BYTES);
        private final ByteBuffer value = ByteBuffer.allocateDirect(Rows.VALUE_BYTES);

        LmdbWriter(Env<ByteBuffer> environment, Dbi<ByteBuffer> rows) {
            this.environment = environment;
            this.rows = rows;
        }

        @Override
        public void put(List<Entry> batch) {
            try (var transaction = environment.txnWrite()) {
                for (Entry entry : batch) {
                    key.put(0, entry.key());
                    value.put(0, entry.value());
                    rows.put(transaction, key, value);
                }
                transaction.commit();
            }
        }

        @Override
        public void close() {}
    }
}
