package coppice.engine.merge;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.MergeRule;
import coppice.api.Resolver;
import coppice.engine.storage.Storage;
import coppice.engine.terms.Descriptions;
import coppice.kernel.bytes.Hash;
import coppice.kernel.history.Ancestors;
import coppice.kernel.history.Catalog;
import coppice.kernel.history.Commit;
import coppice.kernel.history.CommitDraft;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Works out what the change of one commit makes of another state, and makes commits like others. What it writes is
/// reachable from nothing yet; see [coppice.engine.state.Roots#writing].
public final class Replaying {
    private final Storage storage;
    private final Policies policies;

    /// @param policies decide what both sides changed, as in a merge
    public Replaying(Storage storage, Policies policies) {
        this.storage = storage;
        this.policies = policies;
    }

    /// A change to apply: from one commit to another, where no commit is the empty state.
    ///
    /// @param base the hash of a commit, or null
    /// @param theirs the hash of a commit, or null
    public record Change(@Nullable Hash base, @Nullable Hash theirs) {
        /// The change back.
        public Change reversed() {
            return new Change(theirs, base);
        }
    }

    /// Reads a commit.
    ///
    /// @throws coppice.kernel.store.MissingChunkException when it is not here
    public Commit read(Hash commit) {
        return storage.history().read(commit);
    }

    /// What a commit changed, against one of its parents; the first commit of all changed nothing into what it has.
    ///
    /// @param mainline the number of the parent, from 1
    public Change change(Hash commit, int mainline) {
        List<Hash> parents = read(commit).parents();
        return new Change(parents.isEmpty() ? null : parents.get(mainline - 1), commit);
    }

    /// What works out what a change makes of the state of a commit.
    public ThreeWay work(Change change, Hash ours, List<MergeRule> rules, Resolver resolver) {
        return work(change, catalog(ours), writings -> writings.of(ours), rules, resolver);
    }

    /// What works out what a change makes of a state.
    ///
    /// @param written when that was written
    public ThreeWay work(
            Change change,
            Catalog ours,
            Function<Writings, Written> written,
            List<MergeRule> rules,
            Resolver resolver) {
        Hash theirs = change.theirs();
        Sides sides = new Sides.OfChange(catalog(change.base()), ours, catalog(theirs), () -> {
            Writings writings = new Writings(storage.history(), storage.nodes());
            return new Written.Both(written.apply(writings), theirs == null ? Written.NEVER : writings.of(theirs));
        });
        return policies.threeWay(sides, rules, resolver);
    }

    /// A commit as people know it: `ab12cd34ef56 (its title)`.
    public String title(Hash commit) {
        return Descriptions.title(Descriptions.of(commit, read(commit)));
    }

    Catalog catalog(@Nullable Hash commit) {
        return commit == null
                ? Catalog.empty(storage.nodes())
                : Catalog.load(storage.nodes(), read(commit).catalog());
    }

    /// The commits from one that another history has not, along first parents, oldest first. Costs O(log n) for
    /// each.
    ///
    /// @param since has that history
    public List<Hash> line(Hash since, Hash to) {
        Ancestors known = storage.history().ancestors(since);
        List<Hash> line = new ArrayList<>();
        Hash at = to;
        while (true) {
            Commit commit = read(at);
            if (known.contains(at, commit.generation())) {
                return line.reversed();
            }
            line.add(at);
            if (commit.parents().isEmpty()) {
                return line.reversed();
            }
            at = commit.parents().getFirst();
        }
    }

    /// A commit with other content, parents and message than another, made now: author, their time and metadata
    /// stay.
    public Hash write(Commit like, Hash catalog, List<Hash> parents, String message) {
        try {
            return storage.history()
                    .commit(new CommitDraft(
                            catalog,
                            parents,
                            like.author(),
                            like.authoredAt(),
                            storage.author(),
                            storage.clock().millis(),
                            message,
                            like.metadata()));
        } catch (IllegalArgumentException limit) {
            throw new DatabaseException.Incorrect(ErrorCode.INVALID_MESSAGE, String.valueOf(limit.getMessage()), limit);
        }
    }
}
