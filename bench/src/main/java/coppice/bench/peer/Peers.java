package coppice.bench.peer;

import java.util.List;
import java.util.stream.Stream;

/// The stores there are, by name.
public final class Peers {
    /// What is measured against the others.
    public static final String COPPICE = "coppice";

    /// The bare log, which only writes.
    public static final String BARE_LOG = "rawwal";

    /// Git, of which only commits are measured.
    public static final String GIT = "jgit";

    /// SQLite, which is both a store of keys and values and one of people.
    public static final String SQLITE = "sqlite";

    /// H2 by its SQL, which is a store of people only: its storage engine stands for it in keys and values.
    public static final String H2 = "h2";

    /// Lucene, of which searches are measured.
    public static final String LUCENE = "lucene";

    /// numpy, which looks at all vectors; where it is not on the machine, it is left out.
    public static final String NUMPY = "numpy";

    /// A loop in Java, which looks at all vectors.
    public static final String LOOP = "loop";

    /// The names of those that are stores of keys and values, in the order of the report.
    public static final List<String> KEY_VALUE =
            List.of(COPPICE, "rocksdb", "lmdb", "mvstore", "xodus", SQLITE, GIT, BARE_LOG);

    /// Every store's name.
    public static final List<String> ALL = Stream.concat(KEY_VALUE.stream(), Stream.of(H2, LUCENE, NUMPY, LOOP))
            .toList();

    private Peers() {}

    /// Whether a store keeps keys and values and can be read in their order.
    public static boolean isRead(String name) {
        return KEY_VALUE.contains(name) && named(name).reads();
    }

    /// A store of keys and values that is not open yet.
    public static Peer named(String name) {
        return switch (name) {
            case COPPICE -> new CoppicePeer();
            case "rocksdb" -> new RocksPeer();
            case "lmdb" -> new LmdbPeer();
            case "mvstore" -> new MvStorePeer();
            case "xodus" -> new XodusPeer();
            case SQLITE -> new SqlitePeer();
            case GIT -> new GitPeer();
            case BARE_LOG -> new BareLogPeer();
            default -> throw new IllegalArgumentException("no store is named " + name + "; there are " + KEY_VALUE);
        };
    }
}
