package coppice.bench;

/// What one child process does.
enum Task {
    LOAD,
    BATCH,
    PUT_1,
    PUT_8,
    PUT_8_VIRTUAL,
    READ,
    SCAN,
    UPDATE,
    /// Loads and closes, for [#REOPEN] to find.
    FILL,
    REOPEN,
    /// Writes to what is there until the parent kills it.
    WRITE_UNTIL_KILLED,
    REOPEN_KILLED,
    DISK,
    HEAP,
    SMALL_HEAP,
    COMMIT,
    BRANCH,
    MERGE,
    INSPECT,
    EXCHANGE,
    COLLECT,
    COLLECT_HEAP,
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
    BLOB
}
