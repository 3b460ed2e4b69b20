package coppice.bench;

import coppice.bench.peer.Peers;
import java.util.List;

/// What was promised.
final class Goals {
    /// The stores that keep what they are given and answer reads.
    static final List<String> DATABASES = List.of("rocksdb", "lmdb", "mvstore", "xodus", Peers.SQLITE, Peers.H2);

    /// The stores that are there for scale where versions are made: of these only Git keeps them.
    static final List<String> VERSIONED = List.of(Peers.GIT, "mvstore");

    private static final List<String> ROCKSDB = List.of("rocksdb");
    private static final List<String> SQLITE = List.of(Peers.SQLITE);
    private static final List<String> LUCENE = List.of(Peers.LUCENE);
    private static final List<String> NUMPY = List.of(Peers.NUMPY);
    private static final List<String> LMDB = List.of("lmdb");
    private static final List<String> THE_REST = List.of("lmdb", "mvstore", "xodus", Peers.SQLITE);

    /// Bytes of an array that holds a value, in a JVM with compressed class pointers.
    private static final double VALUE_ARRAY_BYTES = 120;

    static final List<Goal> ALL = List.of(
            new Goal.Ratio(Metric.LOAD, DATABASES, 1.1),
            new Goal.Ratio(Metric.BATCH, ROCKSDB, 1.2),
            new Goal.Ratio(Metric.BATCH, THE_REST, 5),
            new Goal.Ratio(Metric.PUT_1, List.of(Peers.BARE_LOG), 0.85),
            new Goal.Ratio(Metric.PUT_1, DATABASES, 1),
            new Goal.Ratio(Metric.PUT_8, ROCKSDB, 1.3),
            new Goal.Ratio(Metric.PUT_8_VIRTUAL, ROCKSDB, 1.3),
            new Goal.Ratio(Metric.GET_1, LMDB, 1.3),
            new Goal.Ratio(Metric.GET_2, LMDB, 1.3),
            new Goal.Limit(Metric.GET_ALLOCATION, VALUE_ARRAY_BYTES),
            new Goal.Ratio(Metric.SCAN, LMDB, 2),
            new Goal.Ratio(Metric.RANGE, LMDB, 2),
            new Goal.Ratio(Metric.UPDATE, ROCKSDB, 1),
            new Goal.Limit(Metric.OPEN, 10),
            new Goal.Limit(Metric.OPEN_KILLED, 300),
            new Goal.Ratio(Metric.DISK_LOADED, ROCKSDB, 1.2),
            new Goal.Limit(Metric.DISK_IDLE_TO_LIVE, 1.5),
            new Goal.Limit(Metric.HEAP_OVER_CACHE, 64),
            new Goal.Works(Metric.SMALL_HEAP),
            new Goal.Limit(Metric.BRANCH_CREATE, 20),
            new Goal.Limit(Metric.BRANCH_LIST, 20),
            new Goal.Limit(Metric.BRANCH_LIST_HEADS, 20),
            new Goal.Limit(Metric.BRANCH_BYTES, 256),
            new Goal.Ratio(Metric.COMMIT_1, List.of(Peers.GIT), 1),
            new Goal.Limit(Metric.COMMIT_1_PROCESSOR, 0.2),
            new Goal.Ratio(Metric.COMMIT_1000, List.of(Peers.GIT), 1),
            new Goal.Limit(Metric.COMMIT_1000, 15),
            new Goal.Limit(Metric.HISTORY_WRITTEN, 12 << 10),
            new Goal.Limit(Metric.HISTORY_PACKED, 1 << 10),
            new Goal.Limit(Metric.MERGE_DISJOINT, 120),
            new Goal.Limit(Metric.MERGE_CONFLICTS_TO_CLEAN, 1),
            new Goal.Limit(Metric.MERGE_APPENDS, 5),
            new Goal.Limit(Metric.DIFF_1, 0.05),
            new Goal.Limit(Metric.DIFF_1000, 8),
            new Goal.Limit(Metric.DIFF_10000, 30),
            new Goal.Limit(Metric.LOG_PAGE, 5),
            new Goal.Limit(Metric.BLAME_KEY, 10),
            new Goal.Limit(Metric.KEY_HISTORY, 100),
            new Goal.Limit(Metric.KEY_HISTORY_LONG, 100),
            new Goal.Limit(Metric.MERGE_BASE, 1),
            new Goal.Limit(Metric.IS_ANCESTOR, 1),
            new Goal.Limit(Metric.CLONE, 0.5),
            new Goal.Limit(Metric.CLONE_PACKED, 0.5),
            new Goal.Limit(Metric.FETCH_ALL, 0.5),
            new Goal.Limit(Metric.FETCH_FEW, 2),
            new Goal.Limit(Metric.GC_DISK_EXTRA, 20),
            new Goal.Limit(Metric.GC_DISK_AFTER, 20),
            new Goal.Limit(Metric.GC_PUT, 2),
            new Goal.Limit(Metric.GC_HEAP, 64),
            new Goal.Limit(Metric.CHECK, 500),
            new Goal.Ratio(Metric.INDEX_WRITE, SQLITE, 5),
            new Goal.Limit(Metric.INDEX_BUILD_CITY, 1),
            new Goal.Limit(Metric.INDEX_BUILD_EMAIL, 1),
            new Goal.Works(Metric.INDEX_SMALL_HEAP),
            new Goal.Ratio(Metric.INDEX_GET, SQLITE, 2),
            new Goal.Ratio(Metric.INDEX_GET_QUERY, SQLITE, 2),
            new Goal.Ratio(Metric.INDEX_RANGE, SQLITE, 2),
            new Goal.Ratio(Metric.INDEX_RANGE_QUERY, SQLITE, 2),
            new Goal.Limit(Metric.ADVANCE_CITY, 20),
            new Goal.Limit(Metric.ADVANCE_EMAIL, 20),
            new Goal.Limit(Metric.ADVANCE_CITY_COMMIT, 20),
            new Goal.Limit(Metric.ADVANCE_EMAIL_COMMIT, 20),
            new Goal.Limit(Metric.SWITCH_1, 100),
            new Goal.Limit(Metric.SWITCH_10, 100),
            new Goal.Limit(Metric.GROUP_READ, 0.5),
            new Goal.Limit(Metric.GROUP_COST, 30),
            new Goal.Limit(Metric.GROUP_COST_EACH, 30),
            new Goal.Limit(Metric.WATCH_DURABLE, 0.9),
            new Goal.Limit(Metric.WATCH_UNSYNCED, 0.9),
            new Goal.Limit(Metric.WATCH_IDLE, 1),
            new Goal.Ratio(Metric.DICT_GET, SQLITE, 2),
            new Goal.Ratio(Metric.DICT_PUT, SQLITE, 2),
            new Goal.Ratio(Metric.DICT_PUT_WRITTEN, SQLITE, 2),
            new Goal.Limit(Metric.DICT_8_TO_1, 2),
            new Goal.Limit(Metric.DICT_8_TO_1_WRITTEN, 2),
            new Goal.Ratio(Metric.QUEUE, SQLITE, 2.5),
            new Goal.Ratio(Metric.QUEUE_WRITTEN, SQLITE, 6),
            new Goal.Limit(Metric.WAKE_CONSUMER, 50),
            new Goal.Limit(Metric.WAKE_CONSUMER_99, 1_000),
            new Goal.Limit(Metric.WAKE_SUBSCRIBER, 50),
            new Goal.Limit(Metric.WAKE_SUBSCRIBER_99, 1_000),
            new Goal.Limit(Metric.WAKE_LOCK, 50),
            new Goal.Limit(Metric.WAKE_LOCK_99, 1_000),
            new Goal.Limit(Metric.WAITERS_WRITES, 0.95),
            new Goal.Limit(Metric.WAITERS_IDLE, 10),
            new Goal.Limit(Metric.WAITERS_HEAP, 2_048),
            new Goal.Limit(Metric.LIST_PUSH, 0.5),
            new Goal.Limit(Metric.LIST_GET, 3),
            new Goal.Limit(Metric.LIST_GET_AGAIN, 3),
            new Goal.Limit(Metric.BLOB_PUT_TO_FILE, 0.5),
            new Goal.Limit(Metric.BLOB_GET_TO_FILE, 0.5),
            new Goal.Ratio(Metric.TEXT_LOAD, LUCENE, 0.8),
            new Goal.Ratio(Metric.TEXT_COMMON, SQLITE, 0.2),
            new Goal.Ratio(Metric.TEXT_COMMON, LUCENE, 1.3),
            new Goal.Ratio(Metric.TEXT_COMMON_ALONE, LUCENE, 1.3),
            new Goal.Ratio(Metric.TEXT_RARE, LUCENE, 1.3),
            new Goal.Ratio(Metric.TEXT_RARE_ALONE, LUCENE, 1.3),
            new Goal.Ratio(Metric.TEXT_BOTH, LUCENE, 1.3),
            new Goal.Ratio(Metric.TEXT_BOTH_ALONE, LUCENE, 1.3),
            new Goal.Ratio(Metric.TEXT_EITHER, LUCENE, 1.3),
            new Goal.Ratio(Metric.TEXT_EITHER_ALONE, LUCENE, 1.3),
            new Goal.Ratio(Metric.TEXT_PHRASE, LUCENE, 1.3),
            new Goal.Ratio(Metric.TEXT_PHRASE_ALONE, LUCENE, 1.3),
            new Goal.Ratio(Metric.TEXT_PREFIX, LUCENE, 1.3),
            new Goal.Ratio(Metric.TEXT_PREFIX_ALONE, LUCENE, 1.3),
            new Goal.Ratio(Metric.TEXT_NEAR, LUCENE, 1.3),
            new Goal.Ratio(Metric.TEXT_NEAR_ALONE, LUCENE, 1.3),
            new Goal.Limit(Metric.FIND, 5),
            new Goal.Ratio(Metric.NEAR, NUMPY, 1.2),
            new Goal.Ratio(Metric.NEAR_BYTES, NUMPY, 0.4),
            new Goal.Ratio(Metric.NEAR_BITS, NUMPY, 0.2),
            new Goal.Limit(Metric.NEAR_BITS_RECALL, 0.99),
            new Goal.Ratio(Metric.NARROW, NUMPY, 1.2),
            new Goal.Ratio(Metric.NARROW_BYTES, NUMPY, 0.4),
            new Goal.Ratio(Metric.NARROW_BITS, NUMPY, 0.2),
            new Goal.Limit(Metric.NARROW_BITS_RECALL, 0.99),
            new Goal.Ratio(Metric.GRAPH_LOAD, LUCENE, 0.8),
            new Goal.Ratio(Metric.GRAPH, LUCENE, 1.3),
            new Goal.Ratio(Metric.GRAPH_ALONE, LUCENE, 1.3),
            new Goal.Limit(Metric.GRAPH_RECALL, 0.97),
            new Goal.Limit(Metric.FRESH_GRAPH, 1),
            new Goal.Limit(Metric.AWAY_GRAPH, 200),
            new Goal.Limit(Metric.FRESH_WORDS, 1),
            new Goal.Limit(Metric.AWAY_WORDS, 200),
            new Goal.Limit(Metric.FRESH_VECTORS, 1),
            new Goal.Limit(Metric.AWAY_VECTORS, 200));

    private Goals() {}

    /// All goals that were measured, at every size they were measured at.
    static List<Goal.Outcome> judge(Results results) {
        return ALL.stream()
                .flatMap(goal -> results.sizes().stream().flatMap(records -> goal.judge(results, records).stream()))
                .toList();
    }
}
