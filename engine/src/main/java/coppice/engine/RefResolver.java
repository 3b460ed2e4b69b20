package coppice.engine;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.kernel.bytes.Hash;
import java.util.List;
import java.util.Optional;

/// Finds the commits that refs name; see [RefExpression] for how they are written.
final class RefResolver {
    private final Storage storage;
    private final Branches branches;

    RefResolver(Storage storage, Branches branches) {
        this.storage = storage;
        this.branches = branches;
    }

    /// The commit that a ref names.
    Hash resolve(String text) {
        RefExpression ref = RefExpression.parse(text);
        Hash commit = base(ref).orElseThrow(() -> unknown(text, "there is no branch or commit '" + ref.base() + "'"));
        for (RefExpression.Step step : ref.steps()) {
            commit = follow(text, commit, step);
        }
        return commit;
    }

    /// A commit that is known to be here.
    Hash require(Hash commit) {
        if (!storage.packs().contains(commit)) {
            throw unknown(commit.toString(), "there is no such commit");
        }
        storage.history().read(commit);
        return commit;
    }

    private Optional<Hash> base(RefExpression ref) {
        Optional<Hash> branch =
                branches.find(ref.base()).map(found -> found.shown().commit());
        return branch.isPresent() || !ref.mayBeHash() ? branch : byHash(ref.base());
    }

    private Optional<Hash> byHash(String digits) {
        List<Hash> found = storage.history().find(digits, heads(), 2);
        if (found.size() > 1) {
            throw new DatabaseException.Incorrect(
                            ErrorCode.AMBIGUOUS_REF,
                            "The commits " + found.get(0) + " and " + found.get(1) + " both begin with '" + digits
                                    + "': give more digits")
                    .with("ref", digits);
        }
        return found.stream().findFirst();
    }

    private List<Hash> heads() {
        return branches.list("").stream()
                .map(ref -> ref.value().commit())
                .distinct()
                .toList();
    }

    private Hash follow(String text, Hash commit, RefExpression.Step step) {
        return switch (step) {
            case RefExpression.Back(int generations) -> {
                Hash at = commit;
                for (int i = 0; i < generations; i++) {
                    at = parent(text, at, 1);
                }
                yield at;
            }
            case RefExpression.Parent(int number) -> number == 0 ? commit : parent(text, commit, number);
        };
    }

    private Hash parent(String text, Hash commit, int number) {
        List<Hash> parents = storage.history().read(commit).parents();
        if (number > parents.size()) {
            throw unknown(text, "commit " + commit + " has " + parents.size() + " parents, not " + number);
        }
        return parents.get(number - 1);
    }

    private static DatabaseException unknown(String text, String why) {
        return new DatabaseException.NotFound(
                        ErrorCode.UNKNOWN_REF,
                        "The ref '" + text + "' names nothing: " + why + "; see branches() and log()")
                .with("ref", text);
    }
}
