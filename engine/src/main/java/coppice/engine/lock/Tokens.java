package coppice.engine.lock;

import coppice.engine.live.Settings;
import coppice.kernel.bytes.ByteReader;
import coppice.kernel.bytes.ByteWriter;
import coppice.kernel.journal.Journal;
import java.util.concurrent.atomic.AtomicLong;

/// Fencing tokens: numbers that rise for ever. What is stored is a number that none has reached yet, so that the
/// disk is written to once for thousands of them; those that are left when the process ends are never used.
///
/// Who may need one has it promised beforehand, which may write to the disk; to take one never does.
public final class Tokens {
    /// The area of the settings that holds them.
    public static final String AREA = "locks";

    /// The key of the one entry there.
    public static final String KEY = "tokens";

    private static final long RANGE = 1 << 16;

    private final Settings settings;
    private final Journal journal;
    private final AtomicLong promised;
    private volatile long limit;
    private long taken; // guarded by whoever takes them: promises are many, takings come one after the other

    Tokens(Settings settings, Journal journal) {
        this.settings = settings;
        this.journal = journal;
        this.limit = settings.find(AREA, KEY).map(Tokens::decode).orElse(0L);
        this.promised = new AtomicLong(limit);
        this.taken = limit;
    }

    /// Makes sure that there is one more to take.
    void promise() {
        long mine = promised.incrementAndGet();
        if (mine > limit) {
            reserve(mine);
        }
    }

    private synchronized void reserve(long mine) {
        if (mine > limit) {
            long next = mine + RANGE;
            settings.put(AREA, KEY, new ByteWriter(Long.BYTES).i64(next).toBytes());
            journal.sync(); // whatever the durability: a number that comes back would defeat its purpose
            limit = next;
        }
    }

    /// Takes the next one. One has to be promised for each that is taken.
    long take() {
        return ++taken;
    }

    /// Reads the stored form.
    ///
    /// @throws coppice.kernel.bytes.CorruptException when it is none
    public static long decode(byte[] bytes) {
        ByteReader in = new ByteReader("the fencing tokens", bytes);
        long limit = in.i64();
        if (limit < 0) {
            throw in.corrupt("a number of tokens", String.valueOf(limit));
        }
        in.expectEnd();
        return limit;
    }
}
