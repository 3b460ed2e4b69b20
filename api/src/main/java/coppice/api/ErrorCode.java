package coppice.api;

/// What went wrong, for programs: numbers and names never change their meaning. `docs/errors.md` explains each.
public enum ErrorCode {
    /// Nothing on the class path opens the location.
    NO_PROVIDER(100),
    /// There is no database there.
    NO_DATABASE(101),
    /// The directory holds something that is no database.
    NOT_A_DATABASE(102),
    /// The database was written by a newer version.
    NEWER_VERSION(103),
    /// Compression is asked for or needed, and its native library cannot be loaded.
    NO_COMPRESSION(104),
    /// No file can be read or written at a path.
    NO_FILE(105),
    /// There is no module that searches text on the class or module path.
    NO_SEARCH(106),
    /// A key is empty or too long.
    INVALID_KEY(110),
    /// A value is too long.
    INVALID_VALUE(111),
    /// A transaction writes too much.
    TRANSACTION_TOO_LARGE(112),
    /// A space name breaks the rules.
    INVALID_SPACE_NAME(113),
    /// A branch name breaks the rules.
    INVALID_BRANCH_NAME(114),
    /// A ref is malformed.
    INVALID_REF(115),
    /// A commit prefix fits several commits.
    AMBIGUOUS_REF(116),
    /// A commit's message, author or metadata are too long.
    INVALID_MESSAGE(117),
    /// The value is not text.
    NOT_TEXT(118),
    /// A tag name breaks the rules.
    INVALID_TAG_NAME(119),
    /// A branch of that name is there already.
    BRANCH_EXISTS(120),
    /// This branch cannot be removed.
    BRANCH_PROTECTED(121),
    /// The branch has uncommitted changes.
    UNCOMMITTED_CHANGES(122),
    /// The transaction is over.
    TRANSACTION_ENDED(123),
    /// The savepoint is not of this transaction, or gone.
    INVALID_SAVEPOINT(124),
    /// The two histories have no common ancestor.
    UNRELATED_HISTORIES(125),
    /// The space to load into has entries.
    SPACE_NOT_EMPTY(126),
    /// Entries to load are not in ascending order of keys.
    NOT_SORTED(127),
    /// Nothing has changed since the latest commit.
    NOTHING_TO_COMMIT(128),
    /// A key cannot sign, or is of another kind than Ed25519.
    INVALID_KEY_PAIR(129),
    /// Nothing else reaches the commits of the branch to delete.
    BRANCH_NOT_MERGED(130),
    /// A tag of that name is at another commit.
    TAG_EXISTS(131),
    /// There is nothing to undo, or it cannot be undone any more.
    CANNOT_UNDO(132),
    /// A call that waits, or follows what happens, makes no sense within a transaction.
    NOT_IN_TRANSACTION(133),
    /// The text is no place to go on from.
    INVALID_TOKEN(140),
    /// There is nothing to search between the good and the bad commit.
    NOTHING_TO_BISECT(141),
    /// No search for the first bad commit is on.
    NO_BISECT(142),
    /// The commit is none of those that may be the first bad one.
    NOT_SUSPECT(143),
    /// A merge that may only move the branch forward, of a branch that has something of its own.
    NOT_FAST_FORWARD(150),
    /// A merge policy is malformed.
    INVALID_MERGE_POLICY(151),
    /// A merge policy asks a function that is not registered.
    UNKNOWN_MERGE_FUNCTION(152),
    /// A merge into the branch is not finished.
    MERGE_IN_PROGRESS(153),
    /// A merge goes on while conflicts are open.
    OPEN_CONFLICTS(154),
    /// The working state is not the one that a merge left.
    WORKING_STATE_CHANGED(155),
    /// A merge is named alone, and not which of its parents counts; or it has no such parent.
    MAINLINE_NEEDED(160),
    /// There is no commit to squash between the two.
    NOTHING_TO_SQUASH(161),
    /// The plan of a rebase cannot be followed.
    INVALID_PLAN(162),
    /// A rebase of the branch is under way.
    REBASE_UNDER_WAY(163),
    /// No rebase of the branch is under way.
    NO_REBASE(164),
    /// The branch was set elsewhere while it was rebased.
    REBASE_OVERTAKEN(165),
    /// A pick or the return of what was put aside waits on the branch.
    EDIT_WAITS(166),
    /// What was to go on is over, or has gone on.
    EDIT_OVER(167),
    /// A line is no row of an export.
    INVALID_IMPORT(170),
    /// An encrypted dict was opened without a secret.
    SECRET_NEEDED(171),
    /// The secret does not open an encrypted dict, or a value of it.
    WRONG_SECRET(172),
    /// A secret was given for what is not encrypted.
    NOT_ENCRYPTED(173),
    /// What is stored of an encrypted dict is not what was written there.
    NOT_AUTHENTIC(174),
    /// A remote's name breaks the rules.
    INVALID_REMOTE_NAME(180),
    /// A remote of that name is there already.
    REMOTE_EXISTS(181),
    /// Older history is needed than is there.
    SHALLOW_HISTORY(182),
    /// The directory holds the backup of another database.
    OTHER_BACKUP(183),
    /// A text cannot be the name of a lock.
    INVALID_LOCK_NAME(184),
    /// The definition of a projection cannot be used.
    INVALID_PROJECTION(185),
    /// A projection of that name is there already.
    PROJECTION_EXISTS(186),
    /// Another projection takes rows from it.
    PROJECTION_NEEDED(187),
    /// A query or lookup cannot be answered as it is written.
    INVALID_QUERY(188),
    /// Two rows would be the same in a unique index.
    NOT_UNIQUE(189),
    /// A hook that is asked made a version or moved a ref itself.
    INSIDE_HOOK(190),
    /// A name stands for a structure of another kind, or for values of another type.
    OTHER_STRUCTURE(191),
    /// A value cannot be stored, or what is stored does not fit the type of the values.
    VALUE_MISFIT(192),
    /// A structure of that name is there already.
    STRUCTURE_EXISTS(193),
    /// A list has no value at an index.
    INDEX_OUT_OF_RANGE(194),
    /// The definition of a type cannot be used.
    INVALID_TYPE(195),
    /// A document is not what its type says.
    TYPE_VIOLATED(196),
    /// Another type refers to it.
    TYPE_NEEDED(197),
    /// A subscriber did not take its messages in time.
    SLOW_SUBSCRIBER(198),
    /// The history of a channel does not reach back so far.
    HISTORY_GONE(199),
    /// There is no branch of that name.
    UNKNOWN_BRANCH(200),
    /// The ref names nothing.
    UNKNOWN_REF(201),
    /// There is no tag of that name.
    UNKNOWN_TAG(202),
    /// There is no structure of that name.
    UNKNOWN_STRUCTURE(204),
    /// There is no type of that name.
    UNKNOWN_TYPE(205),
    /// There is no projection of that name.
    UNKNOWN_PROJECTION(206),
    /// There is no blob of that name.
    UNKNOWN_BLOB(207),
    /// There is no document of that id.
    UNKNOWN_DOCUMENT(208),
    /// There is no remote of that name.
    UNKNOWN_REMOTE(210),
    /// A bundle builds on a commit that is not here.
    MISSING_PREREQUISITE(211),
    /// There is no merge in progress.
    NO_MERGE(250),
    /// There is no stash of that number.
    UNKNOWN_STASH(260),
    /// Another transaction changed what this one wrote or read.
    CONFLICT(300),
    /// Another process has the database open.
    LOCKED(301),
    /// The projection is not made yet for the state.
    REBUILDING(302),
    /// Another feed of the subscription is open.
    SUBSCRIPTION_IN_USE(303),
    /// Somebody else has the lock.
    LOCK_HELD(304),
    /// The disk is full.
    DISK_FULL(400),
    /// The files cannot be written.
    READ_ONLY(401),
    /// The operating system refused access.
    DENIED(402),
    /// The other side of a transfer cannot be read.
    REMOTE_UNAVAILABLE(410),
    /// The database is closed.
    CLOSED(500),
    /// The thread was interrupted while it waited.
    INTERRUPTED(501),
    /// What is on disk is not what was written.
    CORRUPT(600),
    /// The disk failed.
    IO_FAILED(700),
    /// A hook refused it.
    HOOK_VETOED(800),
    /// A hook failed, so it does not count as having agreed.
    HOOK_FAILED(801),
    /// A hook took too long, so it does not count as having agreed.
    HOOK_TIMED_OUT(802),
    /// The database broke one of its own rules.
    BUG(900);

    private final int number;

    ErrorCode(int number) {
        this.number = number;
    }

    /// The stable number.
    public int number() {
        return number;
    }

    /// Whether the same call may succeed when tried again without a change.
    public boolean isRetryable() {
        return this == CONFLICT
                || this == LOCKED
                || this == REBUILDING
                || this == INTERRUPTED
                || this == DISK_FULL
                || this == REMOTE_UNAVAILABLE;
    }
}
