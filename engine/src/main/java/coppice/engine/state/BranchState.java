package coppice.engine.state;

import coppice.engine.log.SpaceWrites;
import coppice.kernel.bytes.Hash;
import coppice.kernel.history.CatalogDiff;
import coppice.kernel.history.History;
import coppice.kernel.history.RefValue;
import coppice.kernel.tree.Nodes;
import coppice.kernel.tree.Tree;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// One state of a branch: its latest commit and the working state on top. An immutable value; a snapshot is a
/// reference to it.
///
/// The working state is a catalog of folded trees, and, for each space written to since, the changes over its
/// tree. States are ordered by (`lsn`, `epoch`): the position of the last journal record they contain, and how
/// often they were folded, which changes how a state is represented and never what it holds.
public final class BranchState {
    /// Orders names by the bytes of their UTF-8, as a catalog does.
    public static final Comparator<String> BY_BYTES =
            Comparator.comparing(name -> name.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);

    private final Hash commit;
    private final Hash committed;
    private final Spaces folded;
    private final Map<String, SpaceState> touched;
    private final long lsn;
    private final long epoch;

    private BranchState(
            Hash commit, Hash committed, Spaces folded, Map<String, SpaceState> touched, long lsn, long epoch) {
        this.commit = commit;
        this.committed = committed;
        this.folded = folded;
        this.touched = touched;
        this.lsn = lsn;
        this.epoch = epoch;
    }

    /// A state without unfolded changes.
    ///
    /// @param commit the latest commit
    /// @param committed the root of its catalog
    /// @param working the working state
    public static BranchState of(Hash commit, Hash committed, Spaces working, long lsn) {
        return new BranchState(commit, committed, working, Map.of(), lsn, 0);
    }

    /// The state of a branch as its ref has it.
    public static BranchState load(Nodes nodes, Roots roots, History history, RefValue ref) {
        Hash commit = Objects.requireNonNull(ref.commit(), "a branch has a commit");
        Hash working = ref.working();
        Hash catalog = history.read(commit).catalog();
        return of(commit, catalog, Spaces.load(nodes, roots, working == null ? catalog : working), ref.lsn());
    }

    /// The state of a branch that is at a commit, without changes of its own.
    public static BranchState at(Nodes nodes, Roots roots, History history, Hash commit, long lsn) {
        Hash catalog = history.read(commit).catalog();
        return of(commit, catalog, Spaces.load(nodes, roots, catalog), lsn);
    }

    /// The latest commit.
    public Hash commit() {
        return commit;
    }

    /// The root of the latest commit's catalog.
    public Hash committedCatalog() {
        return committed;
    }

    /// The working state as far as it is folded.
    public Spaces foldedSpaces() {
        return folded;
    }

    /// The position of the last journal record in it.
    public long lsn() {
        return lsn;
    }

    /// A space; empty when there is none of the name.
    public SpaceState space(String name) {
        SpaceState space = touched.get(name);
        return space != null ? space : folded.space(name);
    }

    /// The names of the spaces that hold something, in order.
    public SortedSet<String> names() {
        SortedSet<String> names = new TreeSet<>(folded.names());
        touched.forEach((name, space) -> {
            if (space.hasEntries()) {
                names.add(name);
            } else {
                names.remove(name);
            }
        });
        return names;
    }

    /// The names of the spaces that may differ from those of another state, in the order of their bytes. Costs the
    /// spaces that were written to since they were folded, and what differs between the folded catalogs.
    @SuppressWarnings("ReferenceEquality") // the very same state of a space
    public SortedSet<String> differing(BranchState other) {
        SortedSet<String> names = new TreeSet<>(BY_BYTES);
        for (Map<String, SpaceState> changed : List.of(touched, other.touched)) {
            for (String name : changed.keySet()) {
                if (space(name) != other.space(name)) {
                    names.add(name);
                }
            }
        }
        if (folded != other.folded) {
            for (CatalogDiff diff = folded.catalog().diff(other.folded.catalog()); diff.next(); ) {
                names.add(diff.name());
            }
        }
        return names;
    }

    /// The number of keys of each space that holds something, in the order of names. Costs O(spaces), and once for
    /// each state O(changes).
    public SortedMap<String, Long> counts() {
        SortedMap<String, Long> counts = new TreeMap<>();
        folded.catalog()
                .spaces()
                .forEach(space -> counts.put(space.name(), space.record().count()));
        touched.forEach((name, space) -> counts.put(name, space.countOnce()));
        counts.values().removeIf(count -> count == 0);
        return counts;
    }

    /// Everything on disk that reading this state may need.
    public List<Roots.Root> roots() {
        List<Roots.Root> all = new ArrayList<>();
        all.add(new Roots.OfCommit(commit));
        all.add(new Roots.OfCatalog(folded.root()));
        touched.values().forEach(space -> all.add(new Roots.OfTree(space.base().root())));
        return all;
    }

    Map<String, SpaceState> touched() {
        return touched;
    }

    /// Whether a space was written to since it was folded.
    public boolean isTouched(String name) {
        return touched.containsKey(name);
    }

    /// Whether there are changes that are not folded into trees.
    public boolean hasUnfolded() {
        return !touched.isEmpty();
    }

    /// The heap that unfolded changes hold, in bytes.
    public long unfoldedBytes() {
        long bytes = 0;
        for (SpaceState space : touched.values()) {
            bytes += space.unfoldedBytes();
        }
        return bytes;
    }

    /// Whether this state comes after another of the same branch.
    public boolean isAfter(BranchState other) {
        return lsn != other.lsn ? lsn > other.lsn : epoch > other.epoch;
    }

    /// This state with writes on top, at the same position still.
    public BranchState with(List<SpaceWrites> writes) {
        Map<String, SpaceState> next = new HashMap<>(touched);
        for (SpaceWrites one : writes) {
            SpaceState space = next.containsKey(one.space()) ? next.get(one.space()) : folded.space(one.space());
            next.put(one.space(), space.with(one));
        }
        return new BranchState(commit, committed, folded, next, lsn, epoch);
    }

    /// This state with writes on top that follow from other records and have none of their own.
    public BranchState derived(List<SpaceWrites> writes) {
        BranchState next = with(writes);
        return new BranchState(commit, committed, folded, next.touched, lsn, epoch + 1);
    }

    /// This state with a space that has the content of a tree and nothing else, at the same position still.
    public BranchState with(String space, Tree tree) {
        Map<String, SpaceState> next = new HashMap<>(touched);
        next.put(space, SpaceState.of(folded.roots(), tree));
        return new BranchState(commit, committed, folded, next, lsn, epoch);
    }

    /// The same content, at a later position.
    public BranchState at(long position) {
        return new BranchState(commit, committed, folded, touched, position, epoch);
    }

    /// The same content, with all unfolded changes put aside to be folded while later ones gather on top.
    public BranchState frozen() {
        Map<String, SpaceState> next = new HashMap<>();
        touched.forEach((name, space) -> next.put(name, space.frozen()));
        return new BranchState(commit, committed, folded, next, lsn, epoch + 1);
    }

    /// Only what is newer than what was put aside, over other trees: over those that it was folded into, that is
    /// the same content.
    public BranchState folded(Spaces trees) {
        Map<String, SpaceState> next = new HashMap<>();
        touched.forEach((name, space) -> {
            SpaceState lighter = space.folded(trees.space(name).base());
            if (lighter.isUnfolded()) {
                next.put(name, lighter);
            }
        });
        return new BranchState(commit, committed, trees, next, lsn, epoch + 1);
    }

    /// Whether this is the state of a commit, without changes of its own, all folded.
    public boolean isAt(Hash other) {
        return commit.equals(other) && touched.isEmpty() && folded.root().equals(committed);
    }

    /// Another state of the branch, as the one that follows this.
    public BranchState movedTo(BranchState other) {
        return new BranchState(other.commit, other.committed, other.folded, other.touched, lsn, epoch + 1);
    }

    /// The same working state on another latest commit.
    ///
    /// @param catalog the root of that commit's catalog
    public BranchState committed(Hash newCommit, Hash catalog) {
        return new BranchState(newCommit, catalog, folded, touched, lsn, epoch);
    }
}
