package coppice.kernel.tree;

import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Hash;
import coppice.kernel.bytes.Xxh3;

/// What was learnt of chunks while all of them were read: so much that [TreeAudit] can prove trees afterwards without
/// reading their leaves again.
///
/// Of a sound node or blob chunk it keeps 16 bytes: the beginning of its hash, and a fingerprint of what its parent
/// must say of it (level, content, last key), with a bit that says whether it ends where the rule lets it end or only
/// where its entries do. Heap: 24 to 48 bytes a chunk of about 4 KiB. A chunk that is not as it should be leaves
/// nothing behind: whoever needs it reads it again, and finds out what is wrong.
///
/// Thread-safe. Learn first, ask then.
public final class ChunkFacts {
    /// It may only be the last of its level.
    static final long OPEN = 1;

    private static final long SEEN_INSIDE = 2;
    private static final long SEEN_AT_EDGE = 4;
    private static final long FLAGS = OPEN | SEEN_INSIDE | SEEN_AT_EDGE;
    private static final long DISPUTED = ~FLAGS;
    private static final long MIX = 0x9E3779B97F4A7C15L;
    private static final int BLOB_LEVELS = 128;
    private static final byte[] NO_KEY = {};
    private static final int STRIPES = 64;

    private final TreeFormat format;
    private final Splitter splitter;
    private final Stripe[] stripes = new Stripe[STRIPES];

    /// Nothing is known yet.
    public ChunkFacts() {
        this(TreeFormat.V1);
    }

    ChunkFacts(TreeFormat format) {
        this.format = format;
        this.splitter = new Splitter(format);
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new Stripe();
        }
    }

    /// A table of its own lock: pairs of the hash's beginning and the fact, which is never 0.
    private static final class Stripe {
        private long[] table = new long[64];
        private int count;

        synchronized void put(long key, long fact) {
            if (3 * (2 * count + 2) > 2 * table.length) {
                grow();
            }
            int slot = slot(table, key);
            if (table[slot + 1] == 0) {
                count++;
                table[slot] = key;
                table[slot + 1] = fact;
            } else if (table[slot + 1] != fact) {
                table[slot + 1] = DISPUTED;
            }
        }

        synchronized long find(long key) {
            return table[slot(table, key) + 1];
        }

        synchronized boolean enter(long key, boolean edge) {
            int at = slot(table, key) + 1;
            // Inside of a level everything below must be closed: more than at its edge.
            if ((table[at] & SEEN_INSIDE) != 0 || (edge && (table[at] & SEEN_AT_EDGE) != 0)) {
                return false;
            }
            table[at] |= edge ? SEEN_AT_EDGE : SEEN_INSIDE;
            return true;
        }

        private void grow() {
            long[] larger = new long[2 * table.length];
            for (int slot = 0; slot < table.length; slot += 2) {
                if (table[slot + 1] != 0) {
                    int to = slot(larger, table[slot]);
                    larger[to] = table[slot];
                    larger[to + 1] = table[slot + 1];
                }
            }
            table = larger;
        }

        private static int slot(long[] table, long key) {
            int mask = table.length - 1;
            int slot = (int) (key >>> 5) & mask & ~1;
            while (table[slot + 1] != 0 && table[slot] != key) {
                slot = (slot + 2) & mask;
            }
            return slot;
        }
    }

    private Stripe stripe(Hash hash) {
        return stripes[(int) hash.prefix() & (STRIPES - 1)];
    }

    /// Learns what a chunk says, if it is a sound part of a tree or a blob. `chunk` has this hash.
    public void learn(Hash hash, byte[] chunk) {
        try {
            long fact = switch (chunk[0]) {
                case NodeLayout.TAG -> ofNode(hash, NodeReader.read(format, chunk, hash));
                case BlobNode.DATA_TAG, BlobNode.INDEX_TAG -> ofBlob(hash, BlobNode.decode(chunk, hash));
                default -> 0;
            };
            if (fact != 0) {
                stripe(hash).put(hash.prefix(), fact);
            }
        } catch (CorruptException _) {
            // Its hash is right, so it was written so. Whoever refers to it will look at it.
        }
    }

    private long ofNode(Hash hash, Node node) {
        if (node.count() == 0) {
            return 0;
        }
        int last = node.count() - 1;
        int end = NodeEnds.firstEnd(splitter, node);
        if (end < last) {
            return 0;
        }
        return node(hash, node.level(), node.content(), node.bytes(), node.keyStart(last), node.keyLength(last))
                | (end == last ? 0 : OPEN);
    }

    private static long ofBlob(Hash hash, BlobNode node) {
        return switch (node.end()) {
            case CLOSED -> blob(hash, node.level(), node.length());
            case OPEN -> blob(hash, node.level(), node.length()) | OPEN;
            case WRONG -> 0;
        };
    }

    /// The fact of a sound, closed node of which this is true.
    static long node(Hash hash, int level, long content, byte[] key, int at, int length) {
        return fact(Xxh3.hash64(key, at, length, ((content + 1) * MIX + level) ^ hash.second()));
    }

    /// The fact of a sound, closed blob chunk of which this is true.
    static long blob(Hash hash, int level, long length) {
        return fact(Xxh3.hash64(NO_KEY, 0, 0, ((length + 1) * MIX + BLOB_LEVELS + level) ^ hash.second()));
    }

    private static long fact(long fingerprint) {
        long fact = fingerprint & ~FLAGS;
        return fact == 0 ? 8 : fact;
    }

    /// Whether the chunk is known to be just what the fact says, and may stand here.
    ///
    /// @param edge whether it is the last of its level
    boolean proves(Hash hash, long fact, boolean edge) {
        long known = stripe(hash).find(hash.prefix());
        return (known & ~FLAGS) == fact && (edge || (known & OPEN) == 0);
    }

    /// Notes that what is below a known chunk is looked at; false when it has been before.
    boolean enter(Hash hash, boolean edge) {
        return stripe(hash).enter(hash.prefix(), edge);
    }
}
