package coppice.bench;

import coppice.bench.peer.Peers;
import coppice.bench.people.PeopleStore;
import coppice.bench.search.ArticleStore;
import coppice.bench.search.VectorStore;
import coppice.bench.structure.StructureStore;
import java.util.List;

/// What a run repeats for each store: one child process after another on one directory.
enum Workload {
    LOAD,
    BATCH,
    PUT_1,
    PUT_8,
    PUT_8_VIRTUAL,
    READ,
    SCAN,
    UPDATE,
    OPEN,
    DISK,
    HEAP,
    SMALL_HEAP,
    COMMIT,
    BRANCH,
    MERGE,
    INSPECT,
    EXCHANGE,
    COLLECT,
    CHECK,
    INDEX_WRITE,
    INDEX_BUILD,
    INDEX_SMALL_HEAP,
    INDEX_READ,
    INDEX_ADVANCE,
    INDEX_SWITCH,
    GROUP,
    WATCH,
    DICT,
    QUEUE,
    WAKE,
    WAITERS,
    LIST,
    BLOB,
    TEXT,
    FIND,
    NEAR,
    NARROW,
    GRAPH,
    SEARCH_VERSIONS;

    List<Task> tasks() {
        return switch (this) {
            case LOAD -> List.of(Task.LOAD);
            case BATCH -> List.of(Task.BATCH);
            case PUT_1 -> List.of(Task.PUT_1);
            case PUT_8 -> List.of(Task.PUT_8);
            case PUT_8_VIRTUAL -> List.of(Task.PUT_8_VIRTUAL);
            case READ -> List.of(Task.READ);
            case SCAN -> List.of(Task.SCAN);
            case UPDATE -> List.of(Task.UPDATE);
            case OPEN -> List.of(Task.FILL, Task.REOPEN, Task.WRITE_UNTIL_KILLED, Task.REOPEN_KILLED);
            case DISK -> List.of(Task.DISK);
            case HEAP -> List.of(Task.HEAP);
            case SMALL_HEAP -> List.of(Task.SMALL_HEAP);
            case COMMIT -> List.of(Task.COMMIT);
            case BRANCH -> List.of(Task.BRANCH);
            case MERGE -> List.of(Task.MERGE);
            case INSPECT -> List.of(Task.INSPECT);
            case EXCHANGE -> List.of(Task.EXCHANGE);
            case COLLECT -> List.of(Task.COLLECT, Task.COLLECT_HEAP);
            case CHECK -> List.of(Task.CHECK);
            case INDEX_WRITE -> List.of(Task.INDEX_WRITE);
            case INDEX_BUILD -> List.of(Task.INDEX_BUILD);
            case INDEX_SMALL_HEAP -> List.of(Task.INDEX_SMALL_HEAP);
            case INDEX_READ -> List.of(Task.INDEX_READ);
            case INDEX_ADVANCE -> List.of(Task.INDEX_ADVANCE);
            case INDEX_SWITCH -> List.of(Task.INDEX_SWITCH);
            case GROUP -> List.of(Task.GROUP);
            case WATCH -> List.of(Task.WATCH);
            case DICT -> List.of(Task.DICT);
            case QUEUE -> List.of(Task.QUEUE);
            case WAKE -> List.of(Task.WAKE);
            case WAITERS -> List.of(Task.WAITERS);
            case LIST -> List.of(Task.LIST);
            case BLOB -> List.of(Task.BLOB);
            case TEXT -> List.of(Task.TEXT);
            case FIND -> List.of(Task.FIND);
            case NEAR -> List.of(Task.NEAR);
            case NARROW -> List.of(Task.NARROW);
            case GRAPH -> List.of(Task.GRAPH);
            case SEARCH_VERSIONS -> List.of(Task.SEARCH_VERSIONS);
        };
    }

    /// Whether a store can take part.
    boolean suits(String peer) {
        return switch (this) {
            case LOAD, BATCH, PUT_1, PUT_8, PUT_8_VIRTUAL, UPDATE ->
                Peers.KEY_VALUE.contains(peer) && !peer.equals(Peers.GIT);
            case READ, SCAN, OPEN, DISK, HEAP, SMALL_HEAP -> Peers.isRead(peer);
            case COMMIT -> Goals.VERSIONED.contains(peer) || peer.equals(Peers.COPPICE);
            case BRANCH, MERGE, INSPECT, EXCHANGE, COLLECT, CHECK -> peer.equals(Peers.COPPICE);
            case INDEX_WRITE, INDEX_BUILD, INDEX_READ, GROUP -> PeopleStore.NAMES.contains(peer);
            case INDEX_SMALL_HEAP, INDEX_ADVANCE, INDEX_SWITCH, WATCH -> peer.equals(Peers.COPPICE);
            case DICT, QUEUE, WAKE -> StructureStore.NAMES.contains(peer);
            case WAITERS, LIST, BLOB, SEARCH_VERSIONS -> peer.equals(Peers.COPPICE);
            case TEXT, FIND -> ArticleStore.NAMES.contains(peer);
            case NEAR, NARROW -> VectorStore.LOOKING.contains(peer);
            case GRAPH -> VectorStore.WITH_GRAPHS.contains(peer);
        };
    }

    /// What its processes are started with: the heap, and for searches what both Coppice and Lucene are faster
    /// with. Beside waiters it does not grow: what new pages cost would be taken for what waiters cost.
    List<String> virtualMachine() {
        String heap = isSmall() ? "-Xmx256m" : "-Xmx4g";
        if (this == WAITERS) {
            return List.of("-Xms4g", heap, "-XX:+AlwaysPreTouch");
        }
        return isSearch() ? List.of(heap, "--add-modules=jdk.incubator.vector") : List.of(heap);
    }

    /// The cache its stores get, where that can be set.
    long cacheBytes() {
        return isSmall() ? 64L << 20 : 512L << 20;
    }

    private boolean isSearch() {
        return compareTo(TEXT) >= 0;
    }

    private boolean isSmall() {
        return this == SMALL_HEAP || this == INDEX_SMALL_HEAP || this == BLOB;
    }
}
