package coppice.bench.micro;

import coppice.bench.peer.Rows;
import coppice.kernel.bytes.Crc;
import coppice.kernel.bytes.Hash;
import coppice.kernel.bytes.Xxh3;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// What it costs to decide on a boundary, to name a chunk and to guard a record.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class HashingBenchmark {
    private final byte[] key = Rows.key(4711);
    private final byte[] chunk = chunk();

    private static byte[] chunk() {
        byte[] bytes = new byte[4096];
        for (int at = 0; at + Rows.VALUE_BYTES <= bytes.length; at += Rows.VALUE_BYTES) {
            System.arraycopy(Rows.value(at, 0), 0, bytes, at, Rows.VALUE_BYTES);
        }
        return bytes;
    }

    /// The hash of a key of 16 bytes, as the splitter takes it.
    @Benchmark
    public long keyHash() {
        return Xxh3.hash64(key, 0, key.length, 1);
    }

    /// The name of a chunk of 4 KiB.
    @Benchmark
    public Hash chunkHash() {
        return Hash.of(chunk);
    }

    /// The checksum of a record of 4 KiB.
    @Benchmark
    public int recordChecksum() {
        return Crc.of(chunk, 0, chunk.length);
    }
}
