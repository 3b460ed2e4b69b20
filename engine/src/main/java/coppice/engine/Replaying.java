package coppice.engine;

import coppice.api.Conflict;
import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.Resolver;
import coppice.engine.merge.Deciding;
import coppice.engine.merge.Policies;
import coppice.engine.merge.Rules;
import coppice.kernel.bytes.Hash;
import coppice.kernel.history.Ancestors;
import coppice.kernel.history.Catalog;
import coppice.kernel.history.Commit;
import coppice.kernel.history.CommitDraft;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Works out what the change of one commit makes of another state, and makes commits like others. What it writes is
/// reachable from nothing yet; see [coppice.engine.state.Roots#writing].
final class Replaying {
    private final Storage storage;
    private final Policies policies;

    /// @param policies decide what both sides changed, as in a merge
    Replaying(Storage storage, Policies policies) {
        this.storage = storage;
        this.policies = policies;
    }

    /// A change to apply: from one commit to another, where no commit is the empty state.
    ///
    /// @param base the hash of a commit, or null
    /// @param theirs the hash of a commit, or null
    record Change(@Nullable Hash base, @Nullable Hash theirs) {
        /// The change back.
        Change reversed() {
            return new Change(theirs, base);
        }
    }

    /// What a change made of a state.
    ///
    /// @param catalog where a conflict stays it has what was there
    /// @param conflicts those that stay, in order
    record Result(Catalog catalog, List<Conflict> conflicts) {}

    Commit read(Hash commit) {
        return storage.history().read(commit);
    }

    /// What a commit changed, against one of its parents; the first commit of all changed nothing into what it has.
    ///
    /// @param mainline the number of the parent, from 1
    Change change(Hash commit, int mainline) {
        List<Hash> parents = read(commit).parents();
        return new Change(parents.isEmpty() ? null : parents.get(mainline - 1), commit);
    }

    /// A change made to the state of a commit.
    Result apply(Change change, Hash ours, Resolver resolver) {
        return merge(catalog(change.base()), catalog(ours), catalog(change.theirs()), resolver);
    }

    /// What differs between two catalogs made to a third.
    Result merge(Catalog base, Catalog ours, Catalog theirs, Resolver resolver) {
        List<Conflict> conflicts = new ArrayList<>();
        Rules rules = new Rules(policies.rules(), List.of());
        Deciding deciding = new Deciding(rules, policies.functions(), null, resolver, conflicts::add);
        Catalog merged = ours.merge(base, theirs, deciding).catalog();
        return new Result(merged, List.copyOf(conflicts));
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
    List<Hash> line(Hash since, Hash to) {
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
    Hash write(Commit like, Hash catalog, List<Hash> parents, String message) {
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
