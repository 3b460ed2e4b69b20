package coppice.engine.version;

import coppice.api.Change;
import coppice.api.Commit;
import coppice.api.CommitMessage;
import coppice.api.DatabaseException;
import coppice.api.Entry;
import coppice.api.ErrorCode;
import coppice.api.Reset;
import coppice.api.SignatureCheck;
import coppice.engine.live.LiveBranch;
import coppice.engine.log.LogRecord;
import coppice.engine.log.Note;
import coppice.engine.log.RefMove;
import coppice.engine.state.BranchState;
import coppice.engine.state.Folding;
import coppice.engine.state.Spaces;
import coppice.engine.storage.Storage;
import coppice.engine.terms.Checks;
import coppice.engine.terms.Descriptions;
import coppice.engine.terms.Failures;
import coppice.engine.terms.Keys;
import coppice.engine.upkeep.Checkpoint;
import coppice.engine.views.Views;
import coppice.kernel.bytes.Hash;
import coppice.kernel.history.CommitDraft;
import coppice.kernel.history.CommitLog;
import coppice.kernel.tree.Tree;
import coppice.kernel.tree.TreeBuilder;
import java.security.PublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.function.BiConsumer;

/// Makes versions of branches and shows what changed between them.
public final class Versions {
    private final Storage storage;
    private final Checkpoint checkpoint;
    private final Views views;

    public Versions(Storage storage, Checkpoint checkpoint, Views views) {
        this.storage = storage;
        this.checkpoint = checkpoint;
        this.views = views;
    }

    /// What reads projections.
    public Views views() {
        return views;
    }

    /// A commit as the API tells it.
    public Commit describe(Hash commit) {
        return Descriptions.of(commit, storage.history().read(commit));
    }

    /// A commit and all its ancestors, newest first.
    public Iterable<Commit> log(Hash head) {
        return () -> Failures.guarded(() -> new Iterator<Commit>() {
            private final CommitLog log = storage.history().log(List.of(head));
            private boolean more = log.next();

            @Override
            public boolean hasNext() {
                return more;
            }

            @Override
            public Commit next() {
                if (!more) {
                    throw new NoSuchElementException("There are no more commits");
                }
                return Failures.guarded(() -> {
                    Commit commit = Descriptions.of(log.hash(), log.commit());
                    more = log.next();
                    return commit;
                });
            }
        });
    }

    /// The state of a commit, to read.
    public BranchState state(Hash commit) {
        return storage.stateAt(commit, 0);
    }

    /// Sets a branch to a commit if it still is at another; see [coppice.api.Branch#reset].
    ///
    /// @return whether it was
    public boolean reset(LiveBranch branch, Hash from, Hash to, String ref, Reset how) {
        LogRecord.Working working =
                how == Reset.SOFT ? new LogRecord.Working.Kept() : new LogRecord.Working.Committed();
        Note note = storage.note("reset", (how == Reset.SOFT ? "soft to " : "hard to ") + ref);
        return storage.roots().writing(() -> {
            branch.folding().lock();
            try {
                BranchState there = storage.stateAt(to, 0);
                LogRecord record = new LogRecord.Moved(branch.name(), to, working, note);
                return branch.changeIf(
                        newest -> newest.commit().equals(from), record, newest -> moved(newest, there, working));
            } finally {
                branch.folding().unlock();
            }
        });
    }

    /// A branch's next state, and what replay makes of the same record.
    private BranchState moved(BranchState newest, BranchState there, LogRecord.Working working) {
        return switch (working) {
            case LogRecord.Working.Committed _ -> newest.movedTo(there);
            case LogRecord.Working.Kept _ -> newest.committed(there.commit(), there.committedCatalog());
            case LogRecord.Working.Replaced(Hash catalog) ->
                newest.movedTo(BranchState.of(
                        there.commit(),
                        there.committedCatalog(),
                        Spaces.load(storage.nodes(), storage.roots(), catalog),
                        0));
        };
    }

    /// Takes a move of a branch back: it goes to where it was, if it still is where that move took it.
    ///
    /// @return whether it was
    public boolean moveBack(LiveBranch branch, RefMove undone, Note note) {
        Hash from = Objects.requireNonNull(undone.from());
        Hash content = undone.working();
        LogRecord.Working working = content != null
                ? new LogRecord.Working.Replaced(content)
                : undone.kept() ? new LogRecord.Working.Kept() : new LogRecord.Working.Committed();
        return storage.roots().writing(() -> {
            branch.folding().lock();
            try {
                BranchState there = storage.stateAt(from, 0);
                LogRecord record = new LogRecord.Moved(branch.name(), from, working, note);
                return branch.changeIf(
                        newest -> newest.commit().equals(Objects.requireNonNull(undone.to()))
                                && (working instanceof LogRecord.Working.Kept || isAsLeft(newest, undone)),
                        record,
                        newest -> moved(newest, there, working));
            } finally {
                branch.folding().unlock();
            }
        });
    }

    /// Whether a branch's working state still is what a move made of it.
    private static boolean isAsLeft(BranchState newest, RefMove move) {
        Hash given = move.given();
        return Folding.whole(newest).root().equals(given == null ? newest.committedCatalog() : given);
    }

    /// A commit made now, not stored yet.
    public coppice.kernel.history.Commit prepare(Hash catalog, List<Hash> parents, CommitMessage message) {
        long now = storage.clock().millis();
        try {
            var commit = storage.history()
                    .prepare(new CommitDraft(
                            catalog,
                            parents,
                            message.author().orElse(storage.author()),
                            message.authored().map(Instant::toEpochMilli).orElse(now),
                            message.committer().orElse(storage.author()),
                            now,
                            message.text(),
                            message.metadata()));
            return message.signer()
                    .map(signer -> commit.signed(Signing.sign(signer, commit.encode())))
                    .orElse(commit);
        } catch (IllegalArgumentException limit) {
            throw new DatabaseException.Incorrect(ErrorCode.INVALID_MESSAGE, String.valueOf(limit.getMessage()), limit);
        }
    }

    /// Says what a commit's signature is worth.
    public SignatureCheck verify(Hash name, Collection<PublicKey> trusted) {
        var commit = storage.history().read(name);
        return Signing.check(commit.signature(), commit.unsigned().encode(), trusted);
    }

    /// Whether a branch's working state differs from its latest commit.
    public boolean hasChanges(LiveBranch branch) {
        BranchState state = branch.shown();
        return !whole(state).root().equals(state.committedCatalog());
    }

    /// What a branch's working state changes over its latest commit.
    public Iterable<Change> changes(LiveBranch branch) {
        BranchState state = branch.shown();
        return storage.roots()
                .writing(() ->
                        diff(Spaces.load(storage.nodes(), storage.roots(), state.committedCatalog()), whole(state)));
    }

    /// What changed from one commit to another.
    public Iterable<Change> diff(Hash from, Hash to) {
        return diff(state(from).foldedSpaces(), state(to).foldedSpaces());
    }

    private Iterable<Change> diff(Spaces before, Spaces after) {
        return new Changes(before, after, storage.roots());
    }

    private Spaces whole(BranchState state) {
        return state.hasUnfolded() ? storage.roots().writing(() -> Folding.whole(state)) : state.foldedSpaces();
    }

    /// Throws a branch's uncommitted changes away.
    public void discard(LiveBranch branch) {
        storage.roots().writing(() -> {
            branch.folding().lock();
            try {
                Hash head = branch.newest().commit();
                LogRecord record = new LogRecord.Moved(
                        branch.name(), head, new LogRecord.Working.Committed(), storage.note("discard", ""));
                BranchState there = storage.stateAt(head, 0);
                return branch.changeIf(newest -> newest.commit().equals(head), record, newest -> newest.movedTo(there));
            } finally {
                branch.folding().unlock();
            }
        });
    }

    /// Fills an empty space from sorted entries; see [coppice.api.Branch#load].
    public long load(
            LiveBranch branch, String space, Iterator<Entry> entries, BiConsumer<BranchState, BranchState> check) {
        requireEmpty(branch.newest(), space);
        return storage.roots().writing(() -> {
            Tree tree = build(entries);
            BranchState checked = branch.newest();
            check.accept(checked, checked.with(space, tree));
            checkpoint.keepChunks();
            branch.change(new LogRecord.Loaded(branch.name(), space, tree.root()), newest -> {
                requireEmpty(newest, space);
                BranchState next = newest.with(space, tree);
                if (newest != checked) {
                    check.accept(newest, next);
                }
                return next;
            });
            return tree.count();
        });
    }

    private Tree build(Iterator<Entry> entries) {
        TreeBuilder builder = Tree.builder(storage.nodes());
        byte[] before = {};
        while (entries.hasNext()) {
            Entry entry = entries.next();
            if (Arrays.compareUnsigned(before, Checks.key(entry.key())) >= 0) {
                throw new DatabaseException.Incorrect(
                                ErrorCode.NOT_SORTED,
                                "Entries to load must come in strictly ascending order of keys, but '"
                                        + Keys.display(entry.key()) + "' comes after '" + Keys.display(before)
                                        + "': sort them, or put them")
                        .with("key", Keys.display(entry.key()));
            }
            before = entry.key();
            builder.add(entry.key(), Checks.value(entry.value()));
        }
        return builder.finish();
    }

    private static void requireEmpty(BranchState state, String space) {
        if (state.space(space).hasEntries()) {
            throw new DatabaseException.Incorrect(
                            ErrorCode.SPACE_NOT_EMPTY,
                            "Space '" + space + "' has entries already: load fills an empty one, put adds to any")
                    .with("space", space);
        }
    }
}
