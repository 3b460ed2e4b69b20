package coppice.bench.peer;

import java.nio.file.Path;
import java.util.List;
import jetbrains.exodus.ArrayByteIterable;
import jetbrains.exodus.ByteIterable;
import jetbrains.exodus.env.Environment;
import jetbrains.exodus.env.EnvironmentConfig;
import jetbrains.exodus.env.Environments;
import jetbrains.exodus.env.Store;
import jetbrains.exodus.env.StoreConfig;
import jetbrains.exodus.env.Transaction;
import org.jspecify.annotations.Nullable;

/// JetBrains Xodus, its environments.
final class XodusPeer implements Peer {
    private static final int LOAD_BATCH = 100_000;

    private @Nullable Environment environment;
    private @Nullable Store rows;

    @Override
    public String settings() {
        return "64 MiB log files; durable write: exclusive transaction with durable log writes; load: putRight, commits"
                + " of 100,000 rows; readers hold one snapshot";
    }

    @Override
    public void open(Path directory, Budget budget) {
        var config = new EnvironmentConfig()
                .setLogDurableWrite(true)
                .setLogFileSize(64 * 1024)
                .setMemoryUsage(budget.cacheBytes())
                .setEnvTxnReplayTimeout(1000);
        var opened = Environments.newInstance(directory.resolve("xodus").toFile(), config);
        rows = opened.computeInTransaction(
                transaction -> opened.openStore("rows", StoreConfig.WITHOUT_DUPLICATES, transaction));
        environment = opened;
    }

    private Environment environment() {
        if (environment == null) {
            throw new IllegalStateException("open the store first");
        }
        return environment;
    }

    private Store rows() {
        if (rows == null) {
            throw new IllegalStateException("open the store first");
        }
        return rows;
    }

    @Override
    public void load(long count) {
        Transaction transaction = environment().beginExclusiveTransaction();
        for (long row = 0; row < count; row++) {
            rows().putRight(transaction, entry(Rows.key(row)), entry(Rows.value(row, 0)));
            if ((row + 1) % LOAD_BATCH == 0) {
                transaction.commit();
                transaction = environment().beginExclusiveTransaction();
            }
        }
        transaction.commit();
    }

    private static ByteIterable entry(byte[] bytes) {
        return new ArrayByteIterable(bytes);
    }

    @Override
    public Reader reader() {
        return new XodusReader(environment().beginReadonlyTransaction(), rows());
    }

    @Override
    public Writer writer() {
        return new XodusWriter(environment(), rows());
    }

    @Override
    public void close() {
        if (environment != null) {
            environment.close();
        }
    }

    private static final class XodusReader implements Reader {
        private final Transaction transaction;
        private final Store rows;

        XodusReader(Transaction transaction, Store rows) {
            this.transaction = transaction;
            this.rows = rows;
        }

        @Override
        public int get(byte[] key, byte[] into) {
            ByteIterable value = rows.get(transaction, entry(key));
            return value == null ? -1 : copy(value, into);
        }

        @Override
        public long scan() {
            long count = 0;
            long sum = 0;
            try (var cursor = rows.openCursor(transaction)) {
                while (cursor.getNext()) {
                    sum += cursor.getValue().getBytesUnsafe()[0];
                    count++;
                }
            }
            return Sink.keep(sum, count);
        }

        @Override
        public int range(byte[] from, int wanted, byte[] into) {
            int seen = 0;
            try (var cursor = rows.openCursor(transaction)) {
                for (boolean more = cursor.getSearchKeyRange(entry(from)) != null;
                        more && seen < wanted;
                        more = seen < wanted && cursor.getNext()) {
                    copy(cursor.getValue(), into);
                    seen++;
                }
            }
            return seen;
        }

        private static int copy(ByteIterable value, byte[] into) {
            int length = value.getLength();
            System.arraycopy(value.getBytesUnsafe(), 0, into, 0, length);
            return length;
        }

        @Override
        public void close() {
            transaction.abort();
        }
    }

    private record XodusWriter(Environment environment, Store rows) implements Writer {
        @Override
        public void put(List<Entry> batch) {
            Transaction transaction = environment.beginExclusiveTransaction();
            for (Entry entry : batch) {
                rows.put(transaction, entry(entry.key()), entry(entry.value()));
            }
            if (!transaction.commit()) {
                throw new IllegalStateException("an exclusive transaction met a conflict");
            }
        }

        @Override
        public void close() {}
    }
}
