package coppice.engine.refs;

import coppice.engine.live.Branches;
import coppice.engine.live.LiveBranch;
import coppice.engine.live.RefNames;
import coppice.engine.log.Note;
import coppice.engine.state.BranchState;
import coppice.engine.version.Vetting;
import coppice.kernel.bytes.Hash;
import coppice.kernel.history.RefValue;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Makes, sets and removes the refs that users see: asks hooks, with nothing locked, and then does it if the ref still
/// is where they were told. What the engine does with refs of its own (pins, stashes, branches to edit on), and what
/// it notes of a push that has happened, it does without asking.
public final class Placing {
    private final Branches branches;
    private final Vetting vetting;

    public Placing(Branches branches, Vetting vetting) {
        this.branches = branches;
        this.vetting = vetting;
    }

    /// Asks whether a ref may move; see [Vetting#askRef].
    public void ask(String ref, Note note, @Nullable Hash from, @Nullable Hash to) {
        vetting.askRef(ref, note.action(), from, to);
    }

    /// Where a ref is, or null.
    @Nullable
    public Hash now(String ref) {
        return branches.inUse(ref)
                .map(branch -> branch.newest().commit())
                .or(() -> branches.ref(ref).map(RefValue::commit))
                .orElse(null);
    }

    /// See [Branches#create].
    public LiveBranch create(String name, Hash commit, @Nullable Hash working, Note note) {
        String ref = RefNames.head(RefNames.checkBranch(name));
        if (branches.ref(ref).isEmpty()) { // else it is refused anyway
            ask(ref, note, null, commit);
        }
        return branches.create(name, commit, working, note);
    }

    /// See [Branches#place].
    public void place(String ref, RefValue value, Note note, Consumer<@Nullable RefValue> expecting) {
        again(ref, () -> {
            RefValue before = branches.ref(ref).orElse(null);
            expecting.accept(before);
            if (before == null || !before.pointsAs(value)) {
                ask(ref, note, commit(before), value.commit());
            }
            branches.place(ref, value, note, found -> {
                expecting.accept(found);
                requireSame(commit(before), commit(found));
            });
        });
    }

    /// As [#place], when hooks were asked already: asks again if the ref has moved since.
    ///
    /// @param asked where the ref was then
    public void placeAsked(
            String ref, RefValue value, Note note, @Nullable Hash asked, Consumer<@Nullable RefValue> expecting) {
        try {
            branches.place(ref, value, note, found -> {
                expecting.accept(found);
                requireSame(asked, commit(found));
            });
        } catch (Overtaken overtaken) {
            place(ref, value, note, expecting);
        }
    }

    /// As [#remove], when hooks were asked already. A ref that has moved since stays.
    ///
    /// @param asked where the ref was then
    /// @return whether it went
    public boolean removeAsked(String ref, Note note, Hash asked) {
        try {
            branches.remove(ref, note, found -> requireSame(asked, commit(found)));
            return true;
        } catch (Overtaken overtaken) {
            return false;
        }
    }

    /// See [Branches#remove].
    public void remove(String ref, Note note, Consumer<@Nullable RefValue> expecting) {
        again(ref, () -> {
            RefValue before = branches.ref(ref).orElse(null);
            expecting.accept(before);
            if (before != null) {
                ask(ref, note, before.commit(), null);
            }
            branches.remove(ref, note, found -> requireSame(commit(before), commit(found)));
        });
    }

    /// Gives a branch another name, after hooks were asked about the one ref that goes and the one that comes.
    ///
    /// @param renaming is given the commit of which they were asked; says whether the branch was still there
    ///     and has the name now
    void rename(String from, String to, Note note, Predicate<Hash> renaming) {
        again(RefNames.head(from), () -> {
            Hash commit = branches.require(from).newest().commit();
            ask(RefNames.head(from), note, commit, null);
            ask(RefNames.head(to), note, null, commit);
            if (!renaming.test(commit)) {
                throw new Overtaken();
            }
        });
    }

    /// Removes a branch if its newest state meets a condition, and it still is at the commit of which hooks were asked.
    ///
    /// @return whether it did
    boolean deleteIf(LiveBranch branch, Predicate<BranchState> condition, Note note) {
        Hash asked = branch.newest().commit();
        ask(RefNames.head(branch.name()), note, asked, null);
        Predicate<BranchState> unmoved =
                newest -> !vetting.asks() || newest.commit().equals(asked);
        return branches.deleteIf(branch.name(), unmoved.and(condition), note);
    }

    /// See [Vetting#untilDone].
    <T> T untilDone(String ref, Supplier<Optional<T>> attempt) {
        return vetting.untilDone(ref, attempt);
    }

    private void again(String ref, Runnable attempt) {
        Supplier<Optional<Boolean>> tried = () -> {
            try {
                attempt.run();
                return Optional.of(true);
            } catch (Overtaken overtaken) {
                return Optional.empty();
            }
        };
        untilDone(RefNames.shown(ref), tried);
    }

    private static void requireSame(@Nullable Hash asked, @Nullable Hash found) {
        if (!Objects.equals(asked, found)) {
            throw new Overtaken();
        }
    }

    private static @Nullable Hash commit(@Nullable RefValue value) {
        return value == null ? null : value.commit();
    }

    /// Somebody else moved the ref while hooks were asked about it.
    private static final class Overtaken extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
