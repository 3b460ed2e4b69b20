package coppice.kernel.tree;

import com.dynatrace.hash4j.hashing.Hashing;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/// A second implementation of the tree format, written after `docs/format/node.md` and nothing else: builds all
/// levels from a sorted map, in memory, as simply as possible. It shares no code with the first one; its XXH3 is
/// another library's and its logarithm is made of big integers. What both agree on is the format.
final class NaiveTree {
    private final TreeFormat format;
    private final BigInteger constant;
    /// All nodes of all levels, the leaves first.
    final List<byte[]> nodes = new ArrayList<>();
    int height;

    private record Entry(byte[] key, byte[] payload, long rows) {}

    NaiveTree(TreeFormat format) {
        this.format = format;
        long square = (long) format.scale() * format.scale();
        this.constant = BigInteger.valueOf(Math.round(square * Math.log(2)));
    }

    /// The root, in hexadecimal. All values must be short enough to lie in leaves.
    String root(SortedMap<byte[], byte[]> rows) {
        List<Entry> entries = new ArrayList<>();
        for (Map.Entry<byte[], byte[]> row : rows.entrySet()) {
            byte[] cell = ByteBuffer.allocate(1 + row.getValue().length)
                    .put((byte) 0)
                    .put(row.getValue())
                    .array();
            entries.add(new Entry(row.getKey(), cell, 1));
        }
        for (int level = 0; ; level++) {
            height = level + 1;
            List<Entry> above = level(level, entries);
            if (above.isEmpty()) {
                return hex(sha256(node(0, List.of())));
            }
            if (above.size() == 1) {
                return hex(above.getFirst().payload());
            }
            entries = above;
        }
    }

    private List<Entry> level(int level, List<Entry> entries) {
        List<Entry> above = new ArrayList<>();
        List<Entry> open = new ArrayList<>();
        for (Entry entry : entries) {
            int before = weight(level, open);
            open.add(entry);
            if (ends(level, open.size(), before, weight(level, open), entry.key())) {
                above.add(close(level, open));
                open.clear();
            }
        }
        if (!open.isEmpty()) {
            above.add(close(level, open));
        }
        return above;
    }

    private Entry close(int level, List<Entry> open) {
        byte[] bytes = node(level, open);
        nodes.add(bytes);
        long rows = open.stream().mapToLong(Entry::rows).sum();
        return new Entry(open.getLast().key(), sha256(bytes), rows);
    }

    private static int size(int level, List<Entry> entries) {
        int size = 8;
        for (Entry entry : entries) {
            size += entry.key().length + (level == 0 ? 4 + entry.payload().length : 42);
        }
        return size;
    }

    private int weight(int level, List<Entry> entries) {
        return size(level, entries) + (level == 0 ? 0 : entries.size() * format.childWeight());
    }

    private boolean ends(int level, int count, int before, int after, byte[] key) {
        if (after < format.min() || (level > 0 && count < 2)) {
            return false;
        }
        if (after >= format.cap()) {
            return true;
        }
        long seed = 0x9E3779B97F4A7C15L * (level + 1);
        long hash = Hashing.xxh3_64(seed).hashBytesToLong(key);
        BigInteger gain = BigInteger.valueOf(after)
                .pow(2)
                .subtract(BigInteger.valueOf(before).pow(2));
        return gain.shiftLeft(24).compareTo(constant.multiply(BigInteger.valueOf(cost(hash)))) > 0;
    }

    /// Minus the binary logarithm of `(~hash | 1) / 2^64`, with 24 bits of fraction.
    static long cost(long hash) {
        BigInteger u = new BigInteger(Long.toUnsignedString(~hash | 1));
        int zeros = 64 - u.bitLength();
        BigInteger x = u.shiftLeft(zeros);
        long log = 0;
        for (int bit = 0; bit < 24; bit++) {
            x = x.multiply(x).shiftRight(64);
            boolean atLeastTwo = x.bitLength() == 64;
            log = 2 * log + (atLeastTwo ? 1 : 0);
            x = atLeastTwo ? x : x.shiftLeft(1);
        }
        return (zeros + 1L) * (1 << 24) - log;
    }

    private static byte[] node(int level, List<Entry> entries) {
        ByteBuffer out = ByteBuffer.allocate(size(level, entries)).order(ByteOrder.LITTLE_ENDIAN);
        out.put((byte) 'T').put((byte) 2).put((byte) level).put((byte) 0);
        out.putShort((short) entries.size()).putShort((short) common(entries));
        int keyEnd = 0;
        int cellEnd = 0;
        for (Entry entry : entries) {
            keyEnd += entry.key().length;
            out.putShort((short) keyEnd);
            if (level == 0) {
                cellEnd += entry.payload().length;
                out.putShort((short) cellEnd);
            }
        }
        if (level > 0) {
            entries.forEach(entry -> out.putLong(entry.rows()));
            entries.forEach(entry -> out.put(entry.payload()));
        }
        entries.forEach(entry -> out.put(entry.key()));
        if (level == 0) {
            entries.forEach(entry -> out.put(entry.payload()));
        }
        return out.array();
    }

    private static int common(List<Entry> entries) {
        if (entries.isEmpty()) {
            return 0;
        }
        byte[] first = entries.getFirst().key();
        byte[] last = entries.getLast().key();
        int common = 0;
        while (common < first.length && common < last.length && first[common] == last[common]) {
            common++;
        }
        return common;
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
