package coppice.bench.micro;

import coppice.bench.peer.Rows;
import coppice.kernel.journal.Journal;
import coppice.kernel.journal.JournalOptions;
import coppice.kernel.platform.LocalDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/// The journal alone, on the disk of the temporary directory (`-jvmArgsAppend -Djava.io.tmpdir=DIR` for another).
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 2)
public class JournalBenchmark {
    private static final Path PLACE = Path.of(System.getProperty("java.io.tmpdir"), "coppice-journal-benchmark");
    private static final long KEPT_BYTES = 16 << 20;
    private static final int RECYCLE_BITS = 23;

    private final LocalDisk disk = LocalDisk.at(PLACE);
    private final byte[] payload = Rows.value(1, 1);
    private @Nullable Journal opened;

    /// Opens an empty journal.
    @Setup
    public void open() throws IOException {
        Files.createDirectories(PLACE);
        opened = Journal.open(disk, "journal", JournalOptions.of(UUID.randomUUID()), 0, (type, b, o, l, end) -> {});
    }

    /// Closes and deletes it.
    @TearDown
    public void close() {
        journal().close();
        for (String file : disk.list("journal")) {
            disk.delete("journal/" + file);
        }
    }

    private Journal journal() {
        if (opened == null) {
            throw new IllegalStateException("the journal is not open");
        }
        return opened;
    }

    /// A record that nobody waits for.
    @Benchmark
    public long append() {
        long end = journal().append((byte) 1, payload, 0, payload.length);
        if ((end ^ (end - payload.length)) >>> RECYCLE_BITS != 0) {
            journal().recycleBelow(Math.max(0, journal().durable() - KEPT_BYTES));
        }
        return end;
    }

    /// A durable record from one thread.
    @Benchmark
    public void durable() {
        journal().await(append());
    }

    /// Durable records from eight threads.
    @Benchmark
    @Threads(8)
    public void durableTogether() {
        journal().await(append());
    }
}
