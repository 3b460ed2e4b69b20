package coppice.bench;

/// What is measured, once per store, size and round.
enum Metric {
    LOAD("sorted bulk load", "k rows/s", Better.HIGHER),
    BATCH("random puts, durable batches of 1,000", "k puts/s", Better.HIGHER),
    PUT_1("one put, durable, 1 thread", "puts/s", Better.HIGHER),
    PUT_8("one put, durable, 8 platform threads", "puts/s", Better.HIGHER),
    PUT_8_VIRTUAL("one put, durable, 8 virtual threads", "puts/s", Better.HIGHER),
    GET_1("random point read, warm, 1 thread", "k reads/s", Better.HIGHER),
    GET_2("random point read, warm, 2 threads", "k reads/s", Better.HIGHER),
    GET_ALLOCATION("heap allocated per point read", "bytes", Better.LOWER),
    SCAN("full ordered scan", "M rows/s", Better.HIGHER),
    RANGE("ranges of 100 rows", "k ranges/s", Better.HIGHER),
    UPDATE("update 1 % at random, one durable transaction", "ms", Better.LOWER),
    OPEN_COLD_CODE("open after a clean close, first thing in a JVM", "ms", Better.LOWER),
    OPEN("open after a clean close", "ms", Better.LOWER),
    OPEN_KILLED("open after kill -9 while writing", "ms", Better.LOWER),
    DISK_LOADED("size on disk after load", "MB", Better.LOWER),
    DISK_UPDATED("size on disk after as many random updates as rows", "MB", Better.LOWER),
    DISK_IDLE("the same after the idle time", "MB", Better.LOWER),
    DISK_IDLE_TO_LIVE("the same, as multiple of the live bytes", "x", Better.LOWER),
    HEAP("heap in use after load and reads", "MiB", Better.LOWER),
    HEAP_OVER_CACHE("heap in use beyond the configured cache", "MiB", Better.LOWER),
    RESIDENT("resident memory after load and reads", "MiB", Better.LOWER),
    SMALL_HEAP("load, update, read and scan with -Xmx256m", "s", Better.LOWER),
    BRANCH_CREATE("create a branch, processor time but for the sync", "us", Better.LOWER),
    BRANCH_CREATE_DURABLE("create a branch, durable", "us", Better.LOWER),
    BRANCH_LIST("list 10,000 branches at one commit with head and message", "ms", Better.LOWER),
    BRANCH_LIST_HEADS("the same, each at a commit of its own", "ms", Better.LOWER),
    BRANCH_BYTES("a branch on disk", "bytes", Better.LOWER),
    COMMIT_1("commit of 1 changed row, durable", "ms", Better.LOWER),
    COMMIT_1_PROCESSOR("processor time of it, all threads, but for the sync", "ms", Better.LOWER),
    COMMIT_1_COMPILING("time that the JVM's compilers spent meanwhile, per commit", "ms", Better.LOWER),
    COMMIT_1000("commit of 1,000 random rows, durable", "ms", Better.LOWER),
    COMMIT_1000_PROCESSOR("processor time of it, all threads, but for the sync", "ms", Better.LOWER),
    STEP_1("transaction and commit in one step, 1 changed row, durable", "ms", Better.LOWER),
    STEP_1_PROCESSOR("processor time of it, all threads, but for the sync", "ms", Better.LOWER),
    HISTORY_WRITTEN("history of a commit of 1 row as written, after 10,000", "bytes", Better.LOWER),
    HISTORY_PACKED("the same, 10,000 of them collected", "bytes", Better.LOWER),
    MERGE_DISJOINT("merge of 10,000 + 10,000 disjoint random changes", "ms", Better.LOWER),
    MERGE_DISJOINT_PROCESSOR("processor time of it, merging thread", "ms", Better.LOWER),
    MERGE_CONFLICTS("the same with 100 conflicts", "ms", Better.LOWER),
    MERGE_CONFLICTS_TO_CLEAN("that as multiple of the clean one", "x", Better.LOWER),
    MERGE_APPENDS("merge of 10,000 + 10,000 appended rows", "ms", Better.LOWER),
    DIFF_1("diff of 1 random change", "ms", Better.LOWER),
    DIFF_1000("diff of 1,000 random changes", "ms", Better.LOWER),
    DIFF_10000("diff of 10,000 random changes", "ms", Better.LOWER),
    LOG_PAGE("first 50 of the log of 100,000 commits", "ms", Better.LOWER),
    GRAPH_PAGE("the same in the order of a graph", "ms", Better.LOWER),
    LOG_OF_KEY("first 5 of the commits that changed a key", "ms", Better.LOWER),
    BLAME_KEY("blame of one key in 100,000 commits", "ms", Better.LOWER),
    BLAME_PAGE("blame of 50 keys", "ms", Better.LOWER),
    KEY_HISTORY("history of a key with about 9 changes", "ms", Better.LOWER),
    KEY_HISTORY_LONG("history of a key with 900 changes", "ms", Better.LOWER),
    MERGE_BASE("merge base of two random commits", "ms", Better.LOWER),
    IS_ANCESTOR("is-ancestor of two random commits", "ms", Better.LOWER),
    FIND_PREFIX("commit by the first ten digits", "ms", Better.LOWER),
    BISECT("search by halves among 100,000 commits", "ms", Better.LOWER),
    COPY("copy of a database's packs, with a sync of each", "MB/s", Better.HIGHER),
    CLONE("clone of a directory, to the speed of such a copy", "x", Better.HIGHER),
    CLONE_PACKED("the same of a collected history of small commits", "x", Better.HIGHER),
    FETCH_ALL("fetch of everything into an empty database, to the speed of a copy", "x", Better.HIGHER),
    BACKUP("first backup, to the speed of a copy", "x", Better.HIGHER),
    RESTORE("restore of it, to the speed of a copy", "x", Better.HIGHER),
    BUNDLE("bundle of everything, to the speed of a copy", "x", Better.HIGHER),
    FETCH_FEW("chunks moved by a fetch after 100 changed rows, per changed node", "x", Better.LOWER),
    FETCH_FEW_TIME("the time of that fetch", "ms", Better.LOWER),
    GC_TIME("collection of 1.1 KB of garbage a row, beside a writer", "s", Better.LOWER),
    GC_DISK_EXTRA("disk taken meanwhile on top of the start, of the live bytes", "%", Better.LOWER),
    GC_DISK_AFTER("disk taken afterwards on top of the live bytes", "%", Better.LOWER),
    GC_PUT("p99 of a durable put meanwhile, to that before", "x", Better.LOWER),
    GC_HEAP("heap that a collection takes", "MiB", Better.LOWER),
    CHECK("check of a database with history, per byte on disk", "MB/s", Better.HIGHER),
    CHECK_RAW("the same per byte of chunks, not compressed", "MB/s", Better.HIGHER),
    CHECK_PACKED("check after gc has packed the history, per byte on disk", "MB/s", Better.HIGHER),
    CHECK_PACKED_RAW("the same per byte of chunks, not compressed", "MB/s", Better.HIGHER),
    INDEX_WRITE("durable batches of 1,000 rows, two indexes, read at the end", "k rows/s", Better.HIGHER),
    INDEX_WRITE_LAST("the lookups by both indexes then", "ms", Better.LOWER),
    INDEX_WRITE_EACH("the same with both indexes read after each batch", "k rows/s", Better.HIGHER),
    INDEX_BUILD_CITY("build an index by city and age over the rows", "M rows/s", Better.HIGHER),
    INDEX_BUILD_EMAIL("build an index by email over the rows", "M rows/s", Better.HIGHER),
    INDEX_SMALL_HEAP("load, build both indexes, update and look up with -Xmx256m", "s", Better.LOWER),
    INDEX_GET("row by index, warm", "k rows/s", Better.HIGHER),
    INDEX_GET_QUERY("row by index, asked as a query", "k rows/s", Better.HIGHER),
    INDEX_RANGE("ranges of 100 rows by index", "k ranges/s", Better.HIGHER),
    INDEX_RANGE_QUERY("ranges of 100 rows by index, asked as a query", "k ranges/s", Better.HIGHER),
    INDEX_RANGE_KEYS("ranges of 100 keys by index, without rows", "k ranges/s", Better.HIGHER),
    ADVANCE_CITY("first lookup by city after 1,000 rows were changed", "ms", Better.LOWER),
    ADVANCE_EMAIL("first lookup by email after 1,000 rows were changed", "ms", Better.LOWER),
    ADVANCE_TOTALS("first read of a group after 1,000 rows were changed", "ms", Better.LOWER),
    ADVANCE_CITY_COMMIT("first lookup by city after a commit of 1,000 changed rows", "ms", Better.LOWER),
    ADVANCE_EMAIL_COMMIT("first lookup by email after a commit of 1,000 changed rows", "ms", Better.LOWER),
    ADVANCE_TOTALS_COMMIT("first read of a group after a commit of 1,000 changed rows", "ms", Better.LOWER),
    SWITCH_1("read by an index on the other branch, 1 projection", "us", Better.LOWER),
    SWITCH_10("read by an index on the other branch, 10 projections", "us", Better.LOWER),
    SWITCH_CURRENT("the same after making the branch the current one, durable", "us", Better.LOWER),
    GROUP_READ("count and sum of a group of 1,000 rows", "M groups/s", Better.HIGHER),
    GROUP_COST("processor time that a group-by read at the end adds to writes", "%", Better.LOWER),
    GROUP_COST_EACH("processor time that a group-by read after each batch adds to writes", "%", Better.LOWER),
    WATCH_DURABLE("transactions of a row beside 10,000 idle watchers, to none, durable", "x", Better.HIGHER),
    WATCH_UNSYNCED("the same without syncs", "x", Better.HIGHER),
    WATCH_IDLE("processor time that 10,000 idle watchers add to a second in which nothing happens", "ms", Better.LOWER),
    DICT_GET("entry of a dict by key", "k entries/s", Better.HIGHER),
    DICT_PUT("entry of a dict put, durable, 1 thread", "puts/s", Better.HIGHER),
    DICT_PUT_8("the same, 8 threads", "puts/s", Better.HIGHER),
    DICT_8_TO_1("8 threads that put, durable, to one", "x", Better.HIGHER),
    DICT_PUT_WRITTEN("entry of a dict put, relaxed, 1 thread", "puts/s", Better.HIGHER),
    DICT_PUT_8_WRITTEN("the same, 8 threads", "puts/s", Better.HIGHER),
    DICT_8_TO_1_WRITTEN("8 threads that put, relaxed, to one", "x", Better.HIGHER),
    QUEUE("jobs put and taken, durable, 4 + 4 threads", "steps/s", Better.HIGHER),
    QUEUE_TAKEN("jobs taken meanwhile", "jobs/s", Better.HIGHER),
    QUEUE_WRITTEN("jobs put and taken, relaxed, 4 + 4 threads", "steps/s", Better.HIGHER),
    QUEUE_TAKEN_WRITTEN("jobs taken meanwhile", "jobs/s", Better.HIGHER),
    WAKE_CONSUMER("from the put of a job until a consumer who waits has it, relaxed, median", "us", Better.LOWER),
    WAKE_CONSUMER_99("the same, 99 of 100", "us", Better.LOWER),
    WAKE_SUBSCRIBER("from publishing until a subscriber who waits has the message, median", "us", Better.LOWER),
    WAKE_SUBSCRIBER_99("the same, 99 of 100", "us", Better.LOWER),
    WAKE_LOCK("from the release of a lock until who waits has it, median", "us", Better.LOWER),
    WAKE_LOCK_99("the same, 99 of 100", "us", Better.LOWER),
    WAITERS_WRITES("puts into a dict beside 100,000 who wait for a lock, to none", "x", Better.HIGHER),
    WAITERS_IDLE("processor time of a second in which they only wait", "ms", Better.LOWER),
    WAITERS_HEAP("heap that each of them takes", "bytes", Better.LOWER),
    LIST_PUSH("values appended to a list, in batches, not synced", "M values/s", Better.HIGHER),
    LIST_GET("value of it by index", "us", Better.LOWER),
    LIST_INSERT("value inserted at any index, not synced", "us", Better.LOWER),
    LIST_GET_AGAIN("value by index after 50,000 of these", "us", Better.LOWER),
    BLOB_PUT("blob of a KiB a row streamed in, durable, heap of 256 MiB", "MB/s", Better.HIGHER),
    BLOB_PUT_TO_FILE("the same, to a file that is written and synced", "x", Better.HIGHER),
    BLOB_GET("blob streamed out", "MB/s", Better.HIGHER),
    BLOB_GET_TO_FILE("the same, to a file that is read from the disk", "x", Better.HIGHER),
    TEXT_LOAD("articles (one for ten rows) indexed, durable, ready to be searched", "k articles/s", Better.HIGHER),
    TEXT_LOAD_READY("of this, what the first search took", "ms", Better.LOWER),
    TEXT_COMMON("search for 10 articles with a word that a third have", "us", Better.LOWER),
    TEXT_COMMON_ALONE("the same, peers only their numbers", "us", Better.LOWER),
    TEXT_RARE("search for 10 with a rare word", "us", Better.LOWER),
    TEXT_RARE_ALONE("the same, peers only their numbers", "us", Better.LOWER),
    TEXT_BOTH("search for 10 with two words", "us", Better.LOWER),
    TEXT_BOTH_ALONE("the same, peers only their numbers", "us", Better.LOWER),
    TEXT_EITHER("search for 10 with one of two words", "us", Better.LOWER),
    TEXT_EITHER_ALONE("the same, peers only their numbers", "us", Better.LOWER),
    TEXT_PHRASE("search for 10 with a phrase", "us", Better.LOWER),
    TEXT_PHRASE_ALONE("the same, peers only their numbers", "us", Better.LOWER),
    TEXT_PREFIX("search for 10 with a word that begins so", "us", Better.LOWER),
    TEXT_PREFIX_ALONE("the same, peers only their numbers", "us", Better.LOWER),
    TEXT_NEAR("search for 10 with a word misspelt by two letters", "us", Better.LOWER),
    TEXT_NEAR_ALONE("the same, peers only their numbers", "us", Better.LOWER),
    FIND("article written, durable, then found, median", "ms", Better.LOWER),
    FIND_99("the same, 99 of 100", "ms", Better.LOWER),
    FAILED("failures", "", Better.LOWER);

    /// Which of two values is the better one.
    enum Better {
        HIGHER,
        LOWER;

        boolean prefers(double one, double other) {
            return this == HIGHER ? one > other : one < other;
        }
    }

    private final String title;
    private final String unit;
    private final Better better;

    Metric(String title, String unit, Better better) {
        this.title = title;
        this.unit = unit;
        this.better = better;
    }

    String title() {
        return title;
    }

    String unit() {
        return unit;
    }

    Better better() {
        return better;
    }
}
