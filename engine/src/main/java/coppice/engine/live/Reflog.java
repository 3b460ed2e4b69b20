package coppice.engine.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.Range;
import coppice.engine.delta.Delta;
import coppice.engine.log.Note;
import coppice.engine.log.RefMove;
import coppice.engine.log.SpaceWrites;
import coppice.engine.state.BranchState;
import coppice.engine.state.SpaceState;
import coppice.engine.state.StateCursor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.function.Consumer;

/// Where each ref has been: a space of the system branch, from (ref, journal position) to [RefMove].
///
/// Its entries have no journal records of their own. They follow from the records that move refs, and come into
/// the space under the locks under which those are appended; replay makes them again. So a checkpoint folds the
/// system branch after all others, and then has the entries of every record below its cut; those of later
/// records may come twice, and are the same.
public final class Reflog implements MoveLog {
    /// The space of the system branch that holds it.
    public static final String SPACE = "reflog";

    /// What is said when a branch gets another name.
    public static final String RENAME = "rename";

    /// The action of a move that takes an earlier one back; its text is the position of that and its action.
    public static final String UNDO = "undo";

    private static final int PRUNED_AT_ONCE = 10_000;

    private final LiveBranch system;

    private Reflog(LiveBranch system) {
        this.system = system;
    }

    /// The reflog of a system branch. Loads its tree, so that adding to it never has to read and cannot fail: the
    /// record is in the journal by then.
    static Reflog of(LiveBranch system) {
        system.newest().space(SPACE);
        return new Reflog(system);
    }

    /// One entry and where it is.
    public record Entry(String ref, long lsn, RefMove move) {}

    @Override
    public void add(String ref, long lsn, RefMove move) {
        add(entry(ref, lsn, move));
    }

    /// Adds what [#renamed] gave.
    void add(SpaceWrites writes) {
        system.represent(newest -> newest.derived(List.of(writes)));
    }

    /// What gives a ref the entries of another, which has none then.
    SpaceWrites renamed(String from, String to) {
        return renamed(system.newest().space(SPACE), from, to, Long.MAX_VALUE);
    }

    /// What an entry writes.
    public static SpaceWrites entry(String ref, long lsn, RefMove move) {
        return SpaceWrites.one(SPACE, RefMove.key(ref, lsn), move.encode());
    }

    /// What renaming a ref writes.
    ///
    /// @param lsn where the record of it ends: later entries are those of another ref of the same name
    public static SpaceWrites renamed(SpaceState reflog, String from, String to, long lsn) {
        List<byte[]> keys = new ArrayList<>();
        List<byte[]> values = new ArrayList<>();
        try (StateCursor cursor = reflog.scan(range(from))) {
            while (cursor.next()) {
                byte[] key = cursor.key();
                if (RefMove.lsn(key) < lsn) {
                    keys.add(key);
                    values.add(Delta.REMOVED);
                    keys.add(RefMove.key(to, RefMove.lsn(key)));
                    values.add(cursor.value());
                }
            }
        }
        return new SpaceWrites(SPACE, keys.toArray(byte[][]::new), values.toArray(byte[][]::new));
    }

    private static Range range(String ref) {
        return Range.prefix(Arrays.copyOf(ref.getBytes(UTF_8), ref.getBytes(UTF_8).length + 1));
    }

    /// The entries of a ref, newest first, until the visitor has enough.
    ///
    /// @param shown the journal position up to which the ref shows its moves
    void visit(String ref, long shown, BiPredicate<Long, RefMove> visitor) {
        try (StateCursor cursor = state().space(SPACE).scan(range(ref).reversed())) {
            boolean more = true;
            while (more && cursor.next()) {
                long lsn = RefMove.lsn(cursor.key());
                // An entry comes before its record is kept, and must not be seen until then.
                more = lsn > shown || visitor.test(lsn, RefMove.decode(ref, cursor.value()));
            }
        }
    }

    /// What moved a ref last; that it got another name is no move.
    public Optional<RefMove> latest(String ref) {
        List<RefMove> found = new ArrayList<>();
        visit(ref, Long.MAX_VALUE, (_, move) -> {
            if (!isRenaming(move.note())) {
                found.add(move);
            }
            return found.isEmpty();
        });
        return found.stream().findFirst();
    }

    /// Whether a branch got another name, or its old one back.
    private static boolean isRenaming(Note note) {
        return note.action().equals(RENAME)
                || (note.action().equals(UNDO) && note.text().endsWith(" " + RENAME));
    }

    /// The refs that have entries, in order. Costs O(refs * log n).
    public List<String> refs() {
        List<String> refs = new ArrayList<>();
        SpaceState rows = state().space(SPACE);
        Range rest = Range.all();
        while (true) {
            try (StateCursor cursor = rows.scan(rest)) {
                if (!cursor.next()) {
                    return refs;
                }
                String ref = RefMove.ref(cursor.key());
                refs.add(ref);
                rest = Range.from((ref + "\1").getBytes(UTF_8));
            }
        }
    }

    /// Visits every entry, kept yet or not.
    public void visitAll(Consumer<RefMove> visitor) {
        visitAll((key, value) -> visitor.accept(RefMove.decode(RefMove.ref(key), value)));
    }

    /// Visits every entry as it is kept, key and value.
    public void visitAll(BiConsumer<byte[], byte[]> visitor) {
        try (StateCursor cursor = state().space(SPACE).scan(Range.all())) {
            while (cursor.next()) {
                visitor.accept(cursor.key(), cursor.value());
            }
        }
    }

    /// Drops the entries of before a moment, durably. Returns how many there were.
    ///
    /// @param millis since 1970 UTC
    /// @param needed is given a ref and a move of it, and says whether the entry stays
    public long prune(long millis, BiPredicate<String, RefMove> needed) {
        List<byte[]> old = new ArrayList<>();
        try (StateCursor cursor = system.shown().space(SPACE).scan(Range.all())) {
            while (cursor.next()) {
                byte[] key = cursor.key();
                String ref = RefMove.ref(key);
                RefMove move = RefMove.decode(ref, cursor.value());
                if (move.note().millis() < millis && !needed.test(ref, move)) {
                    old.add(key);
                }
            }
        }
        for (int from = 0; from < old.size(); from += PRUNED_AT_ONCE) {
            byte[][] keys = old.subList(from, Math.min(old.size(), from + PRUNED_AT_ONCE))
                    .toArray(byte[][]::new);
            byte[][] removals = new byte[keys.length][];
            Arrays.fill(removals, Delta.REMOVED);
            system.write(List.of(new SpaceWrites(SPACE, keys, removals)));
        }
        return old.size();
    }

    private BranchState state() {
        return system.newest();
    }
}
