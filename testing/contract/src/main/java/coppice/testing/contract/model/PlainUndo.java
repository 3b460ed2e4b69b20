package coppice.testing.contract.model;

import static coppice.testing.contract.model.PlainDatabase.HEADS;
import static coppice.testing.contract.model.PlainDatabase.TAGS;

import coppice.api.ErrorCode;
import coppice.testing.contract.model.Move.Popped;
import coppice.testing.contract.model.Move.Renamed;
import coppice.testing.contract.model.Move.Undone;
import coppice.testing.contract.model.Move.Untagged;
import coppice.testing.contract.model.PlainDatabase.Stashed;
import coppice.testing.contract.model.PlainDatabase.Tagged;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Takes back what was done to branches and tags: the newest of what was not taken back yet.
final class PlainUndo {
    private static final String ACTION = "undo";
    private static final Optional<ErrorCode> DONE = Optional.empty();
    private static final Optional<ErrorCode> NO = Optional.of(ErrorCode.CANNOT_UNDO);

    private final PlainDatabase plain;

    PlainUndo(PlainDatabase plain) {
        this.plain = plain;
    }

    /// An entry and whose it is.
    private record Entry(String ref, Move move) {}

    /// How it ended.
    ///
    /// @param refusal why nothing was taken back, if so
    /// @param what the ref and what had been done to it
    record Outcome(Optional<ErrorCode> refusal, String what) {}

    /// Takes the last move back.
    Outcome run() {
        return last().map(
                        entry -> new Outcome(takeBack(entry.ref, entry.move), entry.move.action() + " of " + entry.ref))
                .orElse(new Outcome(NO, ""));
    }

    private Optional<Entry> last() {
        List<Entry> all = plain.reflog.refs().stream()
                .filter(ref -> ref.startsWith(HEADS) || ref.startsWith(TAGS))
                .flatMap(this::entries)
                .sorted(Comparator.comparingLong((Entry entry) -> entry.move.number())
                        .reversed())
                .toList();
        Set<Long> undone = new HashSet<>();
        all.forEach(entry -> {
            if (entry.move.detail() instanceof Undone(long number, boolean _)) {
                undone.add(number);
            }
        });
        return all.stream()
                .filter(entry -> !(entry.move.detail() instanceof Undone))
                .filter(entry -> !undone.contains(entry.move.number()))
                .findFirst();
    }

    /// A branch that a rebase made to edit on is its own: its making and its end are not taken back, nor what
    /// happened on it once it is gone.
    private Stream<Entry> entries(String ref) {
        boolean isGone = false;
        Stream.Builder<Entry> own = Stream.builder();
        for (Move move : plain.reflog.of(ref).reversed()) {
            boolean byRebase = move.action().equals(PlainDatabase.REBASE);
            boolean moved = move.detail() instanceof Renamed(String from) && from.startsWith("rebase/");
            if (byRebase && move.after() == null) {
                isGone = true;
            } else if (moved || (byRebase && move.before() == null)) {
                isGone = false;
            } else if (!isGone) {
                own.add(new Entry(ref, move));
            }
        }
        return own.build();
    }

    private Optional<ErrorCode> takeBack(String ref, Move move) {
        String name = ref.substring(ref.startsWith(TAGS) ? TAGS.length() : HEADS.length());
        boolean kept = move.isKept();
        Undone detail = new Undone(move.number(), kept);
        if (ref.startsWith(TAGS)) {
            return move.after() == null ? retag(name, move, detail) : untag(name, detail);
        }
        if (move.detail() instanceof Renamed(String from)) {
            return renameBack(name, from, detail);
        }
        if (move.after() == null) {
            return recreate(name, move, detail);
        }
        Line line = plain.lines.get(name);
        if (line == null || line.head != move.after() || (!kept && !line.working.equals(left(move)))) {
            return NO;
        }
        if (move.before() == null) {
            return remove(name, line, detail);
        }
        if (kept) {
            plain.keep(name, move.before(), ACTION, detail);
        } else {
            State working =
                    Optional.ofNullable(move.gone()).orElse(move.before().state());
            plain.set(name, move.before(), working, ACTION, detail);
        }
        if (move.detail() instanceof Popped(State _, Stashed entry)) {
            plain.unpop(entry);
        }
        return DONE;
    }

    /// What the working state was after a move.
    private static State left(Move move) {
        return Optional.ofNullable(move.given())
                .orElseGet(() -> Objects.requireNonNull(move.after()).state());
    }

    private Optional<ErrorCode> retag(String name, Move move, Undone detail) {
        if (plain.tags.containsKey(name)) {
            return NO;
        }
        Optional<String> note = move.detail() instanceof Untagged(Optional<String> said) ? said : Optional.empty();
        plain.tag(name, new Tagged(Objects.requireNonNull(move.before()), note), ACTION, detail);
        return DONE;
    }

    private Optional<ErrorCode> untag(String name, Undone detail) {
        if (plain.tags.containsKey(name)) {
            plain.untag(name, ACTION, detail);
        }
        return DONE;
    }

    private Optional<ErrorCode> renameBack(String name, String from, Undone detail) {
        Line line = plain.lines.get(name);
        if (line == null || plain.lines.containsKey(from)) {
            return NO;
        }
        plain.rename(name, from, ACTION, detail);
        return DONE;
    }

    private Optional<ErrorCode> recreate(String name, Move move, Undone detail) {
        if (plain.lines.containsKey(name)) {
            return NO;
        }
        Version at = Objects.requireNonNull(move.before());
        State working = Optional.ofNullable(move.gone()).orElse(at.state());
        plain.create(name, at, working, ACTION, detail);
        return DONE;
    }

    private Optional<ErrorCode> remove(String name, Line line, Undone detail) {
        if (name.equals(plain.current)) {
            return Optional.of(ErrorCode.BRANCH_PROTECTED);
        }
        if (line.hasChanges()) {
            return NO;
        }
        plain.delete(name, ACTION, detail);
        return DONE;
    }
}
