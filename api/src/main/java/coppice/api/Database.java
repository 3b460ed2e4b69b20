package coppice.api;

import coppice.api.feed.ChangeFeed;
import coppice.api.feed.ChangeFilter;
import coppice.api.feed.FeedStart;
import coppice.api.feed.Subscriptions;
import coppice.api.progress.Progress;
import coppice.api.projection.ProjectionView;
import coppice.api.projection.Projections;
import coppice.api.query.Query;
import coppice.api.schema.Schema;
import coppice.api.structure.Cache;
import coppice.api.structure.CacheOptions;
import coppice.api.structure.Caches;
import coppice.api.structure.Candidacy;
import coppice.api.structure.Channel;
import coppice.api.structure.Channels;
import coppice.api.structure.Locks;
import coppice.api.structure.NamedLock;
import coppice.api.structure.Structured;
import coppice.api.structure.Structures;
import coppice.api.structure.TypeRef;
import java.security.PublicKey;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/// A database: branches of named spaces of keys and values, with their whole history.
///
/// Safe for use by many threads. Blocking calls are the API; virtual threads make them cheap. After [#close()]
/// every call here and on what came from here fails with [DatabaseException.Closed].
///
/// A **ref** names a commit:
///
/// | ref | is |
/// |---|---|
/// | `main` | the latest commit of a branch; `heads/main` says the same |
/// | `HEAD`, `@` | the latest commit of the current branch |
/// | `v1`, `tags/v1` | the commit of a tag |
/// | `origin/main`, `remotes/origin/main` | what a branch of a remote was when last asked |
/// | `stash@{0}` | the newest of what was put aside |
/// | `ab12cd34` | a commit by its hash or a unique prefix of it, 4 digits or more; the reflog's, too |
/// | `main@{2}`, `@{2}` | where a branch was two moves ago, back to when it was made |
/// | `main@{yesterday}` | where it was then: also `now`, `3 hours ago`, `2026-11-20`, `2026-11-20T18:30` |
/// | `..~2`, `..^2` | after any of these: two first parents back; the second parent |
///
/// A name that is both a branch and a tag means the branch.
public interface Database extends Structured, AutoCloseable {
    /// The name of the branch every database starts with.
    String MAIN = "main";

    /// The branch `main`.
    default Branch main() {
        return branch(MAIN);
    }

    /// An existing branch. Costs nothing.
    ///
    /// @throws DatabaseException.NotFound when there is none of this name
    Branch branch(String name);

    /// Creates a branch whose first state is a commit, in O(1).
    ///
    /// @throws DatabaseException.Incorrect when the name is not valid or taken
    Branch branch(String name, Commit at);

    /// Creates a branch at a ref, in O(1).
    ///
    /// @throws DatabaseException.NotFound when the ref names nothing
    /// @throws DatabaseException.Incorrect when the name is not valid or taken
    default Branch branch(String name, String at) {
        return branch(name, resolve(at));
    }

    /// All branches, in the order of their names. Costs a lookup each; to say exactly whether a branch has
    /// changes, what was written to it since it was last folded is folded.
    List<BranchInfo> branches();

    /// How far two refs have gone apart. Costs in proportion to the commits that only one of them has.
    Divergence divergence(String ref, String other);

    /// The current branch of this handle: [#MAIN] unless [#switchTo] was called, by this handle or an earlier one.
    Branch current();

    /// Makes another branch the current one: of this handle, and of those that are opened later. Nothing else
    /// changes.
    ///
    /// @throws DatabaseException.NotFound when there is none of this name
    Branch switchTo(String name);

    /// Gives a branch another name; its uncommitted changes and its reflog stay with it. Handles of the old name
    /// end. Costs in proportion to its reflog.
    ///
    /// @throws DatabaseException.NotFound when there is none of this name
    /// @throws DatabaseException.Incorrect when it is `main`, or the new name is not valid or taken
    Branch renameBranch(String name, String newName);

    /// Creates a branch that is like another, uncommitted changes included. Costs what was written to the other
    /// since it was last folded, and a sync of the packs.
    ///
    /// @throws DatabaseException.NotFound when there is none of this name
    /// @throws DatabaseException.Incorrect when the new name is not valid or taken
    Branch copyBranch(String name, String newName);

    /// Removes a branch whose commits some other branch, tag or remote reaches, and that has no uncommitted
    /// changes. Costs O(log n) for each other ref until one is found.
    ///
    /// @throws DatabaseException.NotFound when there is none of this name
    /// @throws DatabaseException.Incorrect when it is `main` or current, has uncommitted changes, or nothing else
    ///     reaches its commits: merge it, or use [#forceDeleteBranch]
    void deleteBranch(String name);

    /// Removes a branch, with its uncommitted changes and whatever only it reaches. [#undo()] brings it back.
    ///
    /// @throws DatabaseException.NotFound when there is none of this name
    /// @throws DatabaseException.Incorrect when it is `main` or current
    void forceDeleteBranch(String name);

    /// The tags.
    Tags tags();

    /// Where a ref has been, newest first, read lazily. It goes by the name: it is there for deleted branches and
    /// tags, too, and when a name is used again, what had it before is still in it, while `NAME@{2}` goes back no
    /// further than to the making of what has it now.
    ///
    /// @param ref a branch, or the whole name of another ref, such as `tags/v1`; empty when it never was
    Iterable<ReflogEntry> reflog(String ref);

    /// Takes back the last thing that was done to a branch or tag: a reset, discard, merge, rebase, deletion ...
    /// Called again, it takes back what was done before that. Uncommitted changes that were given up come back,
    /// and so does an entry of the stash that was popped. What a merge without commit, a stash or an import put
    /// into the working state goes, if the working state still is just that. Costs O(refs).
    ///
    /// @return what was taken back
    /// @throws DatabaseException.Incorrect when there is nothing, or the ref has changed since in a way that this
    ///     would lose, or the branch that was made is the current one
    ReflogEntry undo();

    /// Says what the signature of a commit, or of an annotated tag, is worth.
    ///
    /// @param ref a tag's name or any ref; a tag is asked for its own signature
    /// @param trusted the Ed25519 keys to believe
    SignatureCheck verify(String ref, Collection<PublicKey> trusted);

    /// The committed state a ref names, to read: time travel.
    ///
    /// @throws DatabaseException.NotFound when the ref names nothing
    /// @throws DatabaseException.Incorrect when the ref is malformed or a prefix fits several commits
    Snapshot at(String ref);

    /// The commit a ref names; errors as for [#at].
    Commit resolve(String ref);

    /// A ref's history, newest first: the commit itself, then all its ancestors, children before parents. Read
    /// lazily.
    Iterable<Commit> log(String ref);

    /// What changed from one ref's state to another's, by space and key, in order. Read lazily: costs in
    /// proportion to the changes read, not to the data.
    Iterable<Change> diff(String from, String to);

    /// Looks into the past: logs and differences with filters and pages, where values come from, the history of
    /// keys, searching by halves.
    HistoryView history();

    /// Proves what a commit has under a key, or that it has nothing there, to somebody who trusts the commit's
    /// name and has no database: see [Proof]. Costs a read of each part of the proof.
    ///
    /// @param space any name; a space that is not there has no keys
    Proof prove(String ref, String space, byte[] key);

    /// Proves what a commit has in a range: the first entries of it and that there are no others among them, and
    /// whether they are all. Costs a read of each part of the proof, and memory for about three times as much.
    ///
    /// @param limit the most entries, 1 to [Proof#ENTRIES_MAX]; there are fewer when they hold more than
    ///     [Proof#CONTENT_BYTES_MAX] together. What follows is the `next` of the result, to be proved next
    /// @throws IllegalArgumentException when the limit is out of its range, or the range is reversed
    /// @throws DatabaseException.Incorrect when a bound is longer than a key may be, but for one byte more
    Proof prove(String ref, String space, Range range, int limit);

    /// Merges a ref into a branch: three-way by key, against the best common ancestor (several are merged first).
    /// What only one side changed is taken; what both changed is decided by the [#mergePolicies()] and the merge's
    /// own rules, then by its resolver, and is a conflict else. The branch moves by compare-and-set: a transaction
    /// that finishes meanwhile is never lost, the merge then starts again. Costs what both sides changed, whatever
    /// the size.
    ///
    /// @throws DatabaseException.Incorrect when the branch merged into has uncommitted changes, the histories have
    ///     no common ancestor, or it may only be moved forward and cannot
    MergeOutcome merge(String source, Merge merge);

    /// Works out what a merge would do and writes nothing. Costs a comparison of the histories; the rest is found
    /// as it is asked for. Errors as for [#merge], except that uncommitted changes are left out of account.
    MergePreview previewMerge(String source, Merge merge);

    /// The rules by which this database merges what both sides changed.
    MergePolicies mergePolicies();

    /// The latest commit of the current branch.
    default Commit head() {
        return current().head();
    }

    /// Commits the current branch; see [Branch#commit(String)].
    default Commit commit(String message) {
        return current().commit(message);
    }

    /// A space of the current branch; see [Branch#space].
    default Space space(String name) {
        return current().space(name);
    }

    /// A projection of the current branch; see [Branch#projection].
    default ProjectionView projection(String name) {
        return current().projection(name);
    }

    /// The definitions of projections, and how far they are made.
    Projections projections();

    /// A question for the rows of a space of the current branch; see [Branch#query].
    default Query query(String space) {
        return current().query(space);
    }

    /// The types of the current branch; see [Branch#schema].
    default Schema schema() {
        return current().schema();
    }

    /// The structures of the branch that is the current one now; see [Branch#structures].
    @Override
    default Structures structures() {
        return current().structures();
    }

    /// The locks of this database.
    Locks locks();

    /// The lock of a name; see [Locks#lock].
    default NamedLock lock(String name) {
        return locks().lock(name);
    }

    /// Runs something while this one is the leader; see [NamedLock#lead].
    ///
    /// @param name of the lock that the leader has
    default Candidacy leader(String name, NamedLock.Leading leading) {
        return lock(name).lead(leading);
    }

    /// The channels of this database.
    Channels channels();

    /// A channel; see [Channels#channel].
    default <M> Channel<M> channel(String name, TypeRef<M> messages) {
        return channels().channel(name, messages);
    }

    /// A channel of messages of a class; see [Channels#channel].
    default <M> Channel<M> channel(String name, Class<M> messages) {
        return channel(name, TypeRef.of(messages));
    }

    /// An untyped channel; see [Channels#channel] and [TypeRef#untyped()].
    default Channel<Object> channel(String name) {
        return channel(name, TypeRef.untyped());
    }

    /// The caches of this database.
    Caches caches();

    /// A cache; see [Caches#cache].
    default <V> Cache<V> cache(String name, Class<V> values, CacheOptions<V> options) {
        return caches().cache(name, TypeRef.of(values), options);
    }

    /// A cache of 10,000 entries; see [Caches#cache].
    default <V> Cache<V> cache(String name, Class<V> values) {
        return cache(name, values, CacheOptions.defaults());
    }

    /// Runs a transaction on the current branch; see [Branch#transact].
    default <T> T transact(Function<Transaction, T> body) {
        return current().transact(body);
    }

    /// Follows what happens to the rows of the branch that is the current one now; see [Branch#watch].
    default ChangeFeed watch(ChangeFilter filter, FeedStart from) {
        return current().watch(filter, from);
    }

    /// The durable subscriptions to changes.
    Subscriptions subscriptions();

    /// Puts hooks in place, after those that there are; see [Hook]. They are part of this handle, not of the
    /// database. Costs nothing where there are none, and with hooks a thread for each call.
    ///
    /// @return takes them away again when it is closed
    Hooks.Registration add(Hooks hooks);

    /// Other databases that this one knows, to fetch from and push to.
    Remotes remotes();

    /// Files that carry branches and tags.
    Bundles bundles();

    /// Copies everything there is into a directory: branches with their uncommitted changes, tags, remotes,
    /// settings and reflog, as of one moment, beside readers and writers. Where a backup of this database is
    /// already, only what is new is copied. [Coppice#restore] makes a database of it. An attempt that was broken
    /// off leaves the backup before it as it was.
    ///
    /// @param directory an empty or a new one, or one with a backup of this database
    /// @param progress is told how far it is, from the calling thread, after each commit and within large ones
    /// @throws DatabaseException.Incorrect when something else is there
    BackupReport backup(String directory, Consumer<Traffic> progress);

    /// Backs up without telling how far it is; see [#backup(String, Consumer)].
    default BackupReport backup(String directory) {
        return backup(directory, traffic -> {});
    }

    /// Folds all changes into trees and lets the journal be reused. Happens by itself; call it to measure or
    /// before a copy.
    void checkpoint();

    /// Collects garbage: drops what no branch, tag, commit, reader or entry of the reflog younger than
    /// [Options#retention()] refers to, and stores the versions of each part of a tree together, as differences.
    /// Runs beside readers and writers, and again and again by itself: beside writers among what was written
    /// lately, and through everything when nobody writes. Call it to have everything as small as it gets.
    ///
    /// Costs reading the trees of all versions, and rewriting what shrinks by it; a heap of 1 bit per chunk and
    /// some 30 MiB; and on disk, until a step of it is done, a copy of some of the files. Where the disk is full
    /// it ends with [ErrorCode#DISK_FULL] and nothing is lost.
    ///
    /// @param progress is told how far it is, from the calling thread
    GcReport gc(Progress progress);

    /// As [#gc(Progress)], in silence.
    default GcReport gc() {
        return gc(Progress.none());
    }

    /// Reads and verifies everything: every chunk and index entry, and of all that branches reach every link,
    /// count and list of ancestors; settings and reflog; and if that is asked for, what was derived from the
    /// commits.
    ///
    /// Runs beside readers and writers. Costs a full read of the database on all processors, and about 70 bytes of
    /// heap a chunk. A deep check also finds out what each commit changed, and takes a multiple of that where
    /// there are many small commits.
    CheckReport check(CheckOptions options);

    /// A standard check; see [#check(CheckOptions)].
    ///
    /// @param progress is told how far it is
    default CheckReport check(Progress progress) {
        return check(CheckOptions.defaults().telling(progress));
    }

    /// As [#check(Progress)], in silence.
    default CheckReport check() {
        return check(CheckOptions.defaults());
    }

    /// How the database holds what it holds: commits, trees, chunks.
    Internals inspect();

    /// Figures about the database as it is now: what it holds, what it takes, how long calls take.
    ///
    /// Costs a lookup for each space and ref, a look at each file, what was written and not folded yet, and a read
    /// of each commit that the longest history has not, unless no ref has moved since the last time. Changes
    /// nothing; made to be called every few seconds.
    DatabaseStats stats();

    /// Folds what is open, releases the directory and every thread. Idempotent. Transactions still open are rolled
    /// back.
    @Override
    void close();
}
