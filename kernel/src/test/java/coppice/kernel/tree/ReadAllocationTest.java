package coppice.kernel.tree;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import coppice.kernel.store.MemoryChunks;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What a warm read may allocate: the value, and nothing else.
class ReadAllocationTest {
    private static final int VALUE_BYTES = 100;
    /// An array of 100 bytes: header and padding included.
    private static final int ARRAY_BYTES = 120;

    private final NavigableMap<byte[], byte[]> rows = rows();
    private final Tree tree = Rows.build(new Nodes(new MemoryChunks(), 64 << 20), rows);
    private final List<byte[]> keys = new ArrayList<>(rows.keySet());

    private static NavigableMap<byte[], byte[]> rows() {
        NavigableMap<byte[], byte[]> rows = Rows.of(Rows.Shape.RANDOM, 20_000, new Random(1));
        rows.replaceAll((key, value) -> new byte[VALUE_BYTES]);
        return rows;
    }

    @Test
    void aPointReadAllocatesItsValueOnly() {
        long found = 0;
        long allocated = 0;
        for (int round = 0; round < 3; round++) {
            long before = allocatedBytes();
            for (int i = 0; i < keys.size(); i++) {
                byte[] value = tree.get(keys.get(i));
                found += value == null ? 0 : value.length;
            }
            allocated = allocatedBytes() - before;
        }
        assertThat(found).isEqualTo(3L * keys.size() * VALUE_BYTES);
        assertThat(allocated / keys.size()).isLessThanOrEqualTo(ARRAY_BYTES);
    }

    @Test
    void aScanAllocatesNothing() {
        Cursor cursor = tree.cursor();
        long allocated = 0;
        long seen = 0;
        for (int round = 0; round < 3; round++) {
            cursor.rewind();
            long before = allocatedBytes();
            while (cursor.next()) {
                seen += cursor.keyLength() + cursor.valueLength();
            }
            allocated = allocatedBytes() - before;
        }
        assertThat(seen).isEqualTo(3L * keys.size() * (16 + VALUE_BYTES));
        assertThat(allocated).isLessThan(keys.size());
    }

    private static long allocatedBytes() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }
}
