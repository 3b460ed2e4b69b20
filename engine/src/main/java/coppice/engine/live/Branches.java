package coppice.engine.live;

import static coppice.engine.live.RefNames.HEADS;
import static coppice.engine.live.RefNames.SYSTEM;
import static coppice.engine.live.RefNames.head;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.engine.log.LogRecord;
import coppice.engine.log.Note;
import coppice.engine.log.RefMove;
import coppice.engine.log.SpaceWrites;
import coppice.engine.state.BranchState;
import coppice.engine.storage.Gate;
import coppice.engine.storage.Storage;
import coppice.kernel.bytes.ByteWriter;
import coppice.kernel.bytes.Hash;
import coppice.kernel.history.RefValue;
import coppice.kernel.history.Refs;
import coppice.kernel.tree.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// All refs: the table of all, and the branches in use, live. A live branch knows better than the table where it
/// is.
///
/// One branch is not the user's: the system branch, whose working state holds the [Settings] and the [Reflog].
public final class Branches {
    private final Storage storage;
    private final Gate gate;
    private final Map<String, LiveBranch> live = new ConcurrentHashMap<>();
    private final ReentrantLock changing = new ReentrantLock();
    private final LiveBranch system;
    private final Reflog reflog;
    private volatile RefTable table;

    /// @param table all refs
    /// @param states the states of the branches that changed since the table was written
    public Branches(Storage storage, Gate gate, RefTable table, Map<String, BranchState> states) {
        this.storage = storage;
        this.gate = gate;
        this.table = table;
        RefValue ref = table.find(head(SYSTEM)).orElseThrow(() -> unknown(SYSTEM));
        BranchState state = states.containsKey(SYSTEM) ? states.get(SYSTEM) : storage.state(ref);
        this.system = live(SYSTEM, ref.createdAt(), state, MoveLog.NONE);
        this.reflog = Reflog.of(system);
        states.forEach((name, changed) -> {
            if (!name.equals(SYSTEM)) {
                live.put(name, live(name, createdAt(name), changed, reflog));
            }
        });
    }

    private long createdAt(String branch) {
        return table.find(head(branch)).map(RefValue::createdAt).orElse(0L);
    }

    private LiveBranch live(String name, long createdAt, BranchState state, MoveLog moves) {
        return new LiveBranch(name, createdAt, state, gate, storage.journal(), storage.acknowledgement(), moves);
    }

    /// The branch that holds settings and reflog.
    public LiveBranch system() {
        return system;
    }

    /// Where refs have been.
    public Reflog reflog() {
        return reflog;
    }

    /// Where a ref has been, newest first, until the visitor has enough: the moves that readers see, also of a ref
    /// that is gone.
    public void visitMoves(String ref, BiPredicate<Long, RefMove> visitor) {
        Optional<RefValue> value = table.find(ref);
        long shown = Math.max(
                inUse(ref).map(branch -> branch.lastShown().lsn()).orElse(0L),
                value.map(RefValue::lsn).orElse(Long.MAX_VALUE));
        reflog.visit(ref, shown, visitor);
    }

    /// The branch of a name, live.
    public Optional<LiveBranch> find(String name) {
        LiveBranch found = live.get(name);
        return found != null ? Optional.of(found) : Optional.ofNullable(wake(name));
    }

    /// The branch of a name, live.
    public LiveBranch require(String name) {
        return find(name).orElseThrow(() -> unknown(name));
    }

    private static DatabaseException unknown(String name) {
        return new DatabaseException.NotFound(
                        ErrorCode.UNKNOWN_BRANCH,
                        "There is no branch '" + name + "': create it with branch(name, at), or see branches()")
                .with("branch", name);
    }

    private @Nullable LiveBranch wake(String name) {
        if (name.equals(SYSTEM)) {
            return null;
        }
        changing.lock();
        try {
            LiveBranch found = live.get(name);
            if (found == null) {
                found = table.find(head(name))
                        .map(ref -> live(name, ref.createdAt(), storage.state(ref), reflog))
                        .orElse(null);
                if (found != null) {
                    live.put(name, found);
                }
            }
            return found;
        } finally {
            changing.unlock();
        }
    }

    /// The names of all branches, in order.
    List<String> names() {
        return table.list(HEADS).stream()
                .map(ref -> RefNames.shown(ref.name()))
                .filter(name -> !name.equals(SYSTEM))
                .toList();
    }

    /// The refs whose whole names begin like this, in order, where they are now as readers see them; of a branch in
    /// use the working state as far as it is folded.
    public List<Refs.Ref> list(String prefix) {
        return table.list(prefix).stream().map(this::now).toList();
    }

    private Refs.Ref now(Refs.Ref ref) {
        LiveBranch branch = inUse(ref.name()).orElse(null);
        if (branch == null) {
            return ref;
        }
        BranchState state = branch.lastShown();
        Hash root = state.foldedSpaces().root();
        Hash working = root.equals(state.committedCatalog()) ? null : root;
        RefValue value = ref.value();
        return new Refs.Ref(ref.name(), value.moved(state.commit(), working, state.lsn(), value.updatedAt()));
    }

    /// The branch of a whole name if it is in use.
    public Optional<LiveBranch> inUse(String ref) {
        if (ref.equals(head(SYSTEM))) {
            return Optional.of(system);
        }
        return ref.startsWith(HEADS) ? Optional.ofNullable(live.get(RefNames.shown(ref))) : Optional.empty();
    }

    /// A ref that is no branch.
    public Optional<RefValue> ref(String ref) {
        return table.find(ref);
    }

    /// Whether a branch in use is at this commit. O(branches in use).
    public boolean isHead(Hash commit) {
        return live.values().stream()
                .anyMatch(branch -> branch.newest().commit().equals(commit));
    }

    /// Creates a branch at a commit that is durable or will be with the journal. Durable itself when this returns.
    ///
    /// @param working the catalog of its working state, which is durable, or null for that of the commit
    public LiveBranch create(String name, Hash commit, @Nullable Hash working, Note note) {
        RefNames.checkBranch(name);
        RefValue value = RefValue.branch(commit, 0, note.millis()).moved(commit, working, 0, note.millis());
        place(head(name), value, note, found -> {
            if (found != null) {
                throw exists(name);
            }
        });
        return require(name);
    }

    /// Makes or sets a ref that is no branch in use. Durable when this returns.
    ///
    /// @param expecting is given what the ref is now, or null, and throws when that should not be
    public void place(String ref, RefValue value, Note note, Consumer<@Nullable RefValue> expecting) {
        LogRecord entry = new LogRecord.Placed(ref, value, note);
        ByteWriter record = LogRecord.encode(entry);
        long lsn;
        changing.lock();
        try {
            gate.ensureOpen();
            RefValue before = table.find(ref).orElse(null);
            expecting.accept(before);
            if (before != null && before.pointsAs(value)) {
                return;
            }
            lsn = storage.journal().append(LogRecord.PLACED, record.array(), 0, record.length());
            table = table.with(ref, value.at(lsn));
            reflog.add(ref, lsn, Moves.placed(note, before, value));
        } finally {
            changing.unlock();
        }
        storage.acknowledgement().await(lsn);
    }

    /// Removes a ref that is no branch. Durable when this returns.
    ///
    /// @param expecting as for [#place]
    public void remove(String ref, Note note, Consumer<@Nullable RefValue> expecting) {
        ByteWriter record = LogRecord.encode(new LogRecord.Dropped(ref, note));
        long lsn;
        changing.lock();
        try {
            gate.ensureOpen();
            RefValue before = table.find(ref).orElse(null);
            expecting.accept(before);
            if (before == null) {
                return;
            }
            lsn = storage.journal().append(LogRecord.DROPPED, record.array(), 0, record.length());
            table = table.without(ref);
            reflog.add(ref, lsn, Moves.removed(note, before));
        } finally {
            changing.unlock();
        }
        storage.acknowledgement().await(lsn);
    }

    /// Deletes a branch. Durable when this returns. Its working state can be found through the reflog.
    public void delete(String name, Note note) {
        deleteIf(name, _ -> true, note);
    }

    /// Deletes a branch if its newest state meets a condition.
    ///
    /// @return whether it did
    public boolean deleteIf(String name, Predicate<BranchState> condition, Note note) {
        LiveBranch branch = require(name);
        Optional<BranchState> last = storage.roots().writing(() -> {
            changing.lock();
            try {
                LogRecord entry = new LogRecord.Dropped(head(name), note);
                Optional<BranchState> end = branch.dropIf(condition, entry, () -> {});
                if (end.isPresent()) {
                    live.remove(name);
                    table = table.without(head(name));
                }
                return end;
            } finally {
                changing.unlock();
            }
        });
        last.ifPresent(state -> {
            storage.acknowledgement().await(state.lsn());
            branch.end(Optional.empty());
        });
        return last.isPresent();
    }

    /// Gives a branch another name, if its newest state meets a condition. Durable when this returns.
    ///
    /// @return whether it did
    public boolean rename(String from, String to, Note note, Predicate<BranchState> condition) {
        RefNames.checkBranch(to);
        LiveBranch branch = require(from);
        LiveBranch renamed;
        changing.lock();
        try {
            if (table.find(head(to)).isPresent()) {
                throw exists(to);
            }
            Renaming renaming = new Renaming(from, to);
            Optional<BranchState> last = branch.dropIf(condition, new LogRecord.Renamed(from, to, note), renaming);
            if (last.isEmpty()) {
                return false;
            }
            BranchState state = last.get();
            renamed = branch.renamed(to, state);
            live.remove(from);
            live.put(to, renamed);
            table = table.without(head(from))
                    .with(head(to), RefValue.branch(state.commit(), state.lsn(), branch.createdAt()));
            reflog.add(renaming.writes);
            reflog.add(head(to), state.lsn(), RefMove.of(note, state.commit(), state.commit()));
        } finally {
            changing.unlock();
        }
        renamed.settle();
        branch.end(Optional.of(to));
        return true;
    }

    /// What becomes of the reflog of a branch that is renamed, found out when the branch has no more writers.
    private final class Renaming implements Runnable {
        private final String from;
        private final String to;
        private SpaceWrites writes = new SpaceWrites(Reflog.SPACE, new byte[0][], new byte[0][]);

        Renaming(String from, String to) {
            this.from = from;
            this.to = to;
        }

        @Override
        public void run() {
            writes = reflog.renamed(head(from), head(to));
        }
    }

    /// Refuses what cannot be the name of a new branch.
    public void requireFree(String name) {
        if (table.find(head(RefNames.checkBranch(name))).isPresent()) {
            throw exists(name);
        }
    }

    private static DatabaseException exists(String name) {
        return new DatabaseException.Incorrect(
                        ErrorCode.BRANCH_EXISTS,
                        "There is a branch '" + name + "' already: use it, delete it, or take another name")
                .with("branch", name);
    }

    /// Puts the working state of a branch as of its last mark aside under a ref, and leaves what is newer over
    /// other trees.
    ///
    /// @param rest makes the branch's next state
    public void stash(LiveBranch branch, LogRecord.Stashed entry, UnaryOperator<BranchState> rest) {
        Hash commit = Hash.of(entry.commit());
        RefValue value = RefValue.pointer(commit, 0, entry.note().millis());
        BranchState next;
        changing.lock();
        try {
            next = branch.append(entry, rest);
            table = table.with(entry.ref(), value.at(next.lsn()));
            reflog.add(entry.ref(), next.lsn(), Moves.placed(entry.note(), null, value));
        } finally {
            changing.unlock();
        }
        storage.acknowledgement().await(next.lsn());
        branch.settle();
    }

    /// What a checkpoint starts from: the journal position and, as of exactly there, the table (put aside) and who
    /// is live.
    public Cut cut() {
        changing.lock();
        try {
            table = table.frozen();
            List<LiveBranch> all = new ArrayList<>(live.values());
            all.add(system); // last, so that it has the reflog of what the others have
            return new Cut(storage.journal().appended(), table, all);
        } finally {
            changing.unlock();
        }
    }

    /// See [#cut()].
    ///
    /// @param live to be folded in this order
    public record Cut(long lsn, RefTable table, List<LiveBranch> live) {}

    /// Takes the folded table of a checkpoint as the new one on disk.
    public void folded(Tree refs) {
        changing.lock();
        try {
            table = table.folded(refs);
        } finally {
            changing.unlock();
        }
    }

    /// Waits until no change is on its way. After the gate is closed, none comes after.
    public void settle() {
        changing.lock();
        try {
            live.values().forEach(LiveBranch::awaitWriters);
            system.awaitWriters();
        } finally {
            changing.unlock();
        }
    }

    /// The newest states of all branches in use, the system branch among them.
    public List<BranchState> newestStates() {
        return inUse().map(LiveBranch::newest).toList();
    }

    /// What readers see of all branches in use but the system branch.
    public List<BranchState> shownStates() {
        return live.values().stream().map(LiveBranch::lastShown).toList();
    }

    /// The states that matter now: of every branch in use and of the system branch, the newest and what readers
    /// see.
    public List<BranchState> states() {
        return inUse().flatMap(
                        branch -> Stream.of(branch.newest(), branch.lastShown()).distinct())
                .toList();
    }

    private Stream<LiveBranch> inUse() {
        return Stream.concat(live.values().stream(), Stream.of(system));
    }
}
