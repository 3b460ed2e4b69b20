package coppice.engine;

import coppice.api.Change;
import coppice.api.Commit;
import coppice.api.CommitMessage;
import coppice.api.DatabaseException;
import coppice.api.Entry;
import coppice.api.ErrorCode;
import coppice.engine.log.LogRecord;
import coppice.engine.state.BranchState;
import coppice.engine.state.Folding;
import coppice.engine.state.Spaces;
import coppice.kernel.bytes.Hash;
import coppice.kernel.history.CommitDraft;
import coppice.kernel.history.CommitLog;
import coppice.kernel.tree.Tree;
import coppice.kernel.tree.TreeBuilder;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/// Makes versions of branches and shows what changed between them.
final class Versions {
    private final Storage storage;
    private final Checkpoint checkpoint;

    Versions(Storage storage, Checkpoint checkpoint) {
        this.storage = storage;
        this.checkpoint = checkpoint;
    }

    /// A commit as the API tells it.
    Commit describe(Hash commit) {
        return Descriptions.of(commit, storage.history().read(commit));
    }

    /// A commit and all its ancestors, newest first.
    Iterable<Commit> log(Hash head) {
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
    BranchState state(Hash commit) {
        return storage.stateAt(commit, 0);
    }

    /// Commits a branch's working state as of now.
    ///
    /// The mark puts the changes aside under the branch's own lock; they are folded beside later writers. The
    /// record then names the commit that replay must arrive at, so the chunks need no sync of their own.
    Hash commit(LiveBranch branch, CommitMessage message) {
        return storage.roots().writing(() -> {
            branch.folding().lock();
            try {
                BranchState frozen = branch.append(new LogRecord.Mark(branch.name()), BranchState::frozen);
                return commit(branch, frozen, message);
            } finally {
                branch.folding().unlock();
            }
        });
    }

    private Hash commit(LiveBranch branch, BranchState frozen, CommitMessage message) {
        Spaces folded = Folding.fold(frozen);
        coppice.kernel.history.Commit commit = prepare(folded.root(), List.of(frozen.commit()), message);
        Hash name = storage.history().write(commit);
        LogRecord record =
                new LogRecord.Committed(branch.name(), commit.encode(), storage.note("commit", commit.message()));
        branch.change(record, newest -> newest.folded(folded).committed(name, folded.root()));
        return name;
    }

    /// A commit made now, not stored yet.
    coppice.kernel.history.Commit prepare(Hash catalog, List<Hash> parents, CommitMessage message) {
        String by = message.author().orElse(storage.author());
        long now = storage.clock().millis();
        try {
            return storage.history()
                    .prepare(new CommitDraft(catalog, parents, by, now, by, now, message.text(), message.metadata()));
        } catch (IllegalArgumentException limit) {
            throw new DatabaseException.Incorrect(ErrorCode.INVALID_MESSAGE, String.valueOf(limit.getMessage()), limit);
        }
    }

    /// Whether a branch's working state differs from its latest commit.
    boolean hasChanges(LiveBranch branch) {
        BranchState state = branch.shown();
        return !whole(state).root().equals(state.committedCatalog());
    }

    /// What a branch's working state changes over its latest commit.
    Iterable<Change> changes(LiveBranch branch) {
        BranchState state = branch.shown();
        return storage.roots()
                .writing(() ->
                        diff(Spaces.load(storage.nodes(), storage.roots(), state.committedCatalog()), whole(state)));
    }

    /// What changed from one commit to another.
    Iterable<Change> diff(Hash from, Hash to) {
        return diff(state(from).foldedSpaces(), state(to).foldedSpaces());
    }

    private Iterable<Change> diff(Spaces before, Spaces after) {
        return new Changes(before, after, storage.roots());
    }

    private Spaces whole(BranchState state) {
        return state.hasUnfolded() ? storage.roots().writing(() -> Folding.whole(state)) : state.foldedSpaces();
    }

    /// Throws a branch's uncommitted changes away.
    void discard(LiveBranch branch) {
        storage.roots().writing(() -> {
            branch.folding().lock();
            try {
                Hash head = branch.newest().commit();
                LogRecord record = new LogRecord.Moved(
                        branch.name(), head, new LogRecord.Working.Committed(), storage.note("discard", ""));
                return branch.change(record, newest -> newest.movedTo(storage.stateAt(newest.commit(), 0)));
            } finally {
                branch.folding().unlock();
            }
        });
    }

    /// Fills an empty space from sorted entries; see [coppice.api.Branch#load].
    long load(LiveBranch branch, String space, Iterator<Entry> entries) {
        requireEmpty(branch.newest(), space);
        return storage.roots().writing(() -> {
            Tree tree = build(entries);
            checkpoint.keepChunks();
            branch.change(new LogRecord.Loaded(branch.name(), space, tree.root()), newest -> {
                requireEmpty(newest, space);
                return newest.with(space, tree);
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
