package coppice.bench.peer;

import java.util.List;

/// The stores there are, by name.
public final class Peers {
    /// What is measured against the others.
    public static final String COPPICE = "coppice";

    /// The bare log, which only writes.
    public static final String BARE_LOG = "rawwal";

    /// Git, of which only commits are measured.
    public static final String GIT = "jgit";

    /// Every store's name, in the order of the report.
    public static final List<String> ALL =
            List.of(COPPICE, "rocksdb", "lmdb", "mvstore", "xodus", "sqlite", GIT, BARE_LOG);

    private Peers() {}

    /// A store that is not open yet.
    public static Peer named(String name) {
        return switch (name) {
            case COPPICE -> new CoppicePeer();
            case "rocksdb" -> new RocksPeer();
            case "lmdb" -> new LmdbPeer();
            case "mvstore" -> new MvStorePeer();
            case "xodus" -> new XodusPeer();
            case "sqlite" -> new SqlitePeer();
            case GIT -> new GitPeer();
            case BARE_LOG -> new BareLogPeer();
            default -> throw new IllegalArgumentException("no store is named " + name + "; there are " + ALL);
        };
    }
}
