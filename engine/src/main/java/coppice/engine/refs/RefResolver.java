package coppice.engine.refs;

import static coppice.engine.live.RefNames.HEADS;
import static coppice.engine.live.RefNames.REMOTES;
import static coppice.engine.live.RefNames.STASH;
import static coppice.engine.live.RefNames.SYSTEM;
import static coppice.engine.live.RefNames.TAGS;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.RefTime;
import coppice.engine.live.Branches;
import coppice.engine.live.CurrentBranch;
import coppice.engine.live.RefNames;
import coppice.engine.log.RefMove;
import coppice.engine.past.Origins;
import coppice.engine.storage.Storage;
import coppice.engine.version.Committing;
import coppice.kernel.bytes.Hash;
import coppice.kernel.history.RefValue;
import coppice.kernel.history.Refs;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Finds the commits that refs name; see [RefExpression] for how they are written.
public final class RefResolver {
    private final Storage storage;
    private final Branches branches;
    private final CurrentBranch current;
    private final Origins origins;

    /// @param origins finds commits by the beginning of their names
    public RefResolver(Storage storage, Branches branches, CurrentBranch current, Origins origins) {
        this.storage = storage;
        this.branches = branches;
        this.current = current;
        this.origins = origins;
    }

    /// The commit that a ref names.
    public Hash resolve(String text) {
        RefExpression ref = RefExpression.parse(text);
        Hash commit = start(text, ref);
        for (RefExpression.Step step : ref.steps()) {
            commit = follow(text, commit, step);
        }
        return commit;
    }

    private Hash start(String text, RefExpression ref) {
        if (ref.name().equals("stash") && ref.movesAgo().isPresent()) {
            return stashed(text, ref.movesAgo().getAsInt());
        }
        Optional<String> whole = whole(ref.name());
        if (ref.when().isPresent()) {
            return past(text, ref, whole.orElseThrow(() -> unknown(text, "there is no ref '" + ref.name() + "'")));
        }
        return whole.flatMap(this::commit)
                .or(() -> ref.mayBeHash() ? byHash(ref.name()) : Optional.empty())
                .orElseThrow(() -> unknown(text, "there is no branch, tag or commit '" + ref.name() + "'"));
    }

    /// The whole name of the ref that a name means, if there is one.
    Optional<String> whole(String name) {
        if (name.isEmpty() || name.equals("@") || name.equals(RefNames.HEAD)) {
            return Optional.of(RefNames.head(current.name()));
        }
        return Stream.of("", HEADS, TAGS, REMOTES)
                .map(prefix -> prefix + name)
                .filter(ref -> !ref.equals(RefNames.head(SYSTEM)) && RefNames.isWhole(ref))
                .filter(ref -> branches.ref(ref).isPresent())
                .findFirst();
    }

    private Optional<Hash> commit(String ref) {
        return ref.startsWith(HEADS)
                ? branches.find(RefNames.shown(ref))
                        .map(branch -> branch.shown().commit())
                : branches.ref(ref).map(RefValue::commit);
    }

    private Hash stashed(String text, int index) {
        List<Refs.Ref> stashes = branches.list(STASH);
        if (index >= stashes.size()) {
            throw unknown(text, "there are " + stashes.size() + " stashes");
        }
        return stashes.get(stashes.size() - 1 - index).value().commit();
    }

    private Hash past(String text, RefExpression ref, String whole) {
        if (ref.movesAgo().isPresent()) {
            int moves = ref.movesAgo().getAsInt();
            return (moves == 0 ? commit(whole) : movesAgo(whole, moves))
                    .orElseThrow(() -> unknown(text, "its reflog has fewer moves"));
        }
        Instant now = Instant.ofEpochMilli(storage.clock().millis());
        Instant then = RefTime.parse(ref.when().orElseThrow(), now, ZoneId.systemDefault())
                .orElseThrow(() -> RefExpression.malformed(text, "has a time that cannot be read"));
        return at(whole, then.toEpochMilli())
                .orElseThrow(() -> unknown(text, "its reflog does not go back to " + then));
    }

    private Optional<Hash> movesAgo(String ref, int moves) {
        AtomicReference<@Nullable Hash> found = new AtomicReference<>();
        int[] left = {moves};
        visitOwnMoves(ref, move -> {
            left[0]--;
            found.set(left[0] == 0 ? move.from() : null);
            return left[0] > 0;
        });
        return Optional.ofNullable(found.get());
    }

    /// Visits the moves of what a ref is now, newest first, until the visitor has enough. A name keeps the reflog
    /// of what had it before, and that of one that gets the name later may have been made beside; so only moves
    /// that lead on to each other count, back to the making.
    private void visitOwnMoves(String ref, Predicate<RefMove> visitor) {
        AtomicReference<@Nullable RefMove> next = new AtomicReference<>();
        branches.visitMoves(ref, (_, move) -> {
            RefMove later = next.get();
            if (later != null && !Objects.equals(later.from(), move.to())) {
                return true;
            }
            next.set(move);
            return visitor.test(move) && move.from() != null;
        });
    }

    /// Where a ref was at a time: where the last move until then took it.
    private Optional<Hash> at(String ref, long millis) {
        AtomicReference<@Nullable Hash> found = new AtomicReference<>();
        visitOwnMoves(ref, move -> {
            boolean later = move.note().millis() > millis;
            found.set(later ? move.from() : move.to());
            return later;
        });
        return Optional.ofNullable(found.get());
    }

    /// A commit that is known to be here, with all it refers to.
    public Hash require(Hash commit) {
        if (!storage.packs().isWhole(commit)
                && storage.history().find(commit.toString(), heads(), 1).isEmpty()
                && storage.history().find(commit.toString(), left(), 1).isEmpty()) {
            throw unknown(commit.toString(), "there is no such commit");
        }
        storage.history().read(commit);
        return commit;
    }

    /// A commit that refs reach, or else one that only the reflog keeps.
    private Optional<Hash> byHash(String digits) {
        List<Hash> found = origins.find(digits, heads(), 2);
        found = found.isEmpty() ? origins.find(digits, left(), 2) : found;
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

    /// Where refs were before they were moved elsewhere than on by a commit. These and their ancestors are all that the
    /// reflog keeps and refs do not reach.
    private List<Hash> left() {
        Set<Hash> left = new LinkedHashSet<>();
        branches.reflog().visitAll(move -> {
            Hash from = move.from();
            boolean goesOn = move.to() != null && move.note().action().equals(Committing.COMMIT);
            if (from != null && !goesOn) {
                left.add(from);
            }
        });
        return List.copyOf(left);
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
                        "The ref '" + text + "' names nothing: " + why + "; see branches(), tags() and log()")
                .with("ref", text);
    }
}
