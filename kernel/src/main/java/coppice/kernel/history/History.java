package coppice.kernel.history;

import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Hash;
import coppice.kernel.tree.Nodes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/// The graph of commits: writes them, reads them, and answers questions about ancestors.
///
/// Holds no state but the store behind it and the commits used last; safe for all threads. Every method that reads
/// may throw [MissingChunkException] for a commit that is not there and [CorruptException] for one that is
/// damaged.
public final class History {
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{1,64}");

    /// Of the memory for nodes, the part that commits may take on top.
    private static final int CACHE_SHARE = 32;

    private final Nodes nodes;
    private final LongSupplier floor;
    private final CommitCache commits;

    /// The history in the store of these nodes.
    public History(Nodes nodes) {
        this(nodes, () -> 0);
    }

    /// A history of which only the upper part is in the store of these nodes: all commits down to a generation,
    /// and none below. The trees of ancestors are whole, so questions about ancestors have their right answers;
    /// only to read what is not there is impossible.
    ///
    /// @param floor gives the lowest generation that is here, 0 when all are
    public History(Nodes nodes, LongSupplier floor) {
        this.nodes = nodes;
        this.floor = floor;
        this.commits = new CommitCache(nodes.capacity() / CACHE_SHARE);
    }

    /// The lowest generation that is here, 0 when all are.
    public long floor() {
        return floor.getAsLong();
    }

    /// Whether a commit is here, and not beyond the floor of a shallow history. For commits that are an ancestor
    /// of one that is here. Reads nothing where the history is whole.
    public boolean isHere(Hash commit) {
        long lowest = floor();
        return lowest == 0 || (nodes.chunks().contains(commit) && decode(commit).generation() >= lowest);
    }

    /// Works out the generation and the closure of a commit. Reads the parents, writes the closure tree (a
    /// few nodes), and not the commit.
    ///
    /// @throws IllegalArgumentException when the draft breaks a limit of [Commit]
    public Commit prepare(CommitDraft draft) {
        List<Closure.Named> parents = named(draft.parents());
        return new Commit(
                draft.catalog(),
                draft.parents(),
                generation(parents),
                Closure.ofParents(nodes, parents).root(),
                draft.author(),
                draft.authoredAt(),
                draft.committer(),
                draft.committedAt(),
                draft.message(),
                draft.metadata(),
                Signature.NONE);
    }

    /// Stores a commit that [#prepare] made, signed or not, and gives its name.
    public Hash write(Commit commit) {
        Hash name = nodes.chunks().write(commit.encode());
        commits.keep(name, commit);
        return name;
    }

    /// Prepares and stores a commit.
    public Hash commit(CommitDraft draft) {
        return write(prepare(draft));
    }

    /// Reads a commit.
    ///
    /// @throws ShallowException when it is beyond the floor
    public Commit read(Hash name) {
        long lowest = floor();
        if (lowest > 0 && !nodes.chunks().contains(name)) {
            throw new ShallowException(name);
        }
        Commit commit = decode(name);
        if (commit.generation() < lowest) {
            throw new ShallowException(name); // left over from an attempt to fetch it that broke off
        }
        return commit;
    }

    private Commit decode(Hash name) {
        Commit known = commits.find(name);
        return known != null
                ? known
                : commits.keep(name, Commit.decode(name, nodes.chunks().read(name)));
    }

    /// Checks that the generation and the closure of a commit are what follows from its parents: for commits that
    /// come from elsewhere. The parents and the tree of the closure have been checked before; where a parent is
    /// beyond the floor, nothing follows.
    ///
    /// @throws CorruptException when they are not
    public void check(Hash name) {
        Commit commit = read(name);
        if (!commit.parents().stream().allMatch(this::isHere)) {
            return;
        }
        List<Closure.Named> parents = named(commit.parents());
        long generation = generation(parents);
        if (generation != commit.generation()) {
            throw new CorruptException("commit " + name, 8, "generation " + generation, "" + commit.generation());
        }
        if (!Closure.isOfParents(nodes, commit.closure(), parents)) {
            Hash closure = Closure.ofParents(nodes, parents).root();
            throw new CorruptException("commit " + name, 64, "closure " + closure, "" + commit.closure());
        }
    }

    static long generation(List<Closure.Named> parents) {
        return parents.stream()
                        .mapToLong(parent -> parent.commit().generation())
                        .max()
                        .orElse(-1)
                + 1;
    }

    /// Whether `descendant` is `ancestor` or was made from it, over however many steps. O(log n).
    public boolean isAncestor(Hash ancestor, Hash descendant) {
        return ancestor.equals(descendant)
                || closure(read(descendant)).contains(named(ancestor).key());
    }

    /// A commit and all its ancestors, to ask often.
    public Ancestors ancestors(Hash commit) {
        Commit read = read(commit);
        return new Ancestors(commit, read.generation(), closure(read));
    }

    /// As [#ancestors(Hash)], of a commit that was read already.
    public Ancestors ancestors(Hash name, Commit commit) {
        return new Ancestors(name, commit.generation(), closure(commit));
    }

    /// How many ancestors a commit has, itself left out. O(1).
    public long ancestorCount(Hash commit) {
        return closure(read(commit)).count();
    }

    /// The best common ancestors of two commits: those that are no ancestor of another common ancestor; a
    /// commit counts as its own ancestor. None when the histories are unrelated; more than one after merges
    /// that cross. The one of the highest generation comes first.
    ///
    /// Costs node reads in proportion to what is in one history only, a leaf holding about a hundred commits;
    /// no commit besides the two and the result is read.
    ///
    /// @throws ShallowException when one is beyond the floor
    public List<Hash> mergeBases(Hash a, Hash b) {
        Closure.Named left = named(a);
        Closure.Named right = named(b);
        if (a.equals(b)) {
            return List.of(a);
        }
        Closure ofLeft = closure(left.commit());
        Closure ofRight = closure(right.commit());
        if (ofRight.contains(left.key())) {
            return List.of(a);
        }
        if (ofLeft.contains(right.key())) {
            return List.of(b);
        }
        return new MergeBases(this, ofLeft, ofRight).find();
    }

    /// The catalog to merge two commits on: that of their best common ancestor, the merged catalogs of all of
    /// them where merges crossed, the empty one for unrelated histories. Costs as [#mergeBases]; where it merges,
    /// that too, and it then writes nodes that serve this merge alone.
    ///
    /// @param resolver decides what the bases disagree on, where that can be decided for any two sides alike;
    ///     what it leaves becomes a [Disagreement]
    public Catalog mergeBase(Hash a, Hash b, CatalogResolver resolver) {
        return new CrossedHistories(this, nodes, resolver).of(a, b);
    }

    /// The heads and all their ancestors that are here, each once, newest first: every commit before its parents,
    /// and higher generations before lower ones. Memory O(heads * log n).
    public CommitLog log(List<Hash> heads) {
        return log(heads, List.of());
    }

    /// As [#log(List)], without the `excluded` commits and their ancestors: `log(of(b), of(a))` is what `b`
    /// has and `a` has not. Stops when nothing more can come.
    public CommitLog log(List<Hash> heads, List<Hash> excluded) {
        return new CommitLog(this, named(heads), named(excluded));
    }

    /// The heads and ancestors of them whose names begin with `prefix`, at most `limit` of them. O(log n) a head
    /// for a whole name; otherwise scans the closures: about one node per hundred commits, what heads share once.
    ///
    /// @param prefix 1 to 64 hexadecimal digits of either case
    /// @throws IllegalArgumentException when the prefix is anything else
    public List<Hash> find(String prefix, List<Hash> heads, int limit) {
        String lower = prefix.toLowerCase(Locale.ROOT);
        if (!HEX.matcher(lower).matches()) {
            throw new IllegalArgumentException(
                    "A commit's name or the beginning of it is 1 to 64 hexadecimal digits, not '" + prefix + "'");
        }
        if (lower.length() == 2 * Hash.BYTES) {
            Hash whole = Hash.parse(lower);
            return isAncestorOfAny(whole, heads) ? List.of(whole) : List.of();
        }
        TreeSet<Hash> found = new TreeSet<>();
        new PrefixSearch(nodes, lower, found, limit).search(named(heads));
        return List.copyOf(found);
    }

    private boolean isAncestorOfAny(Hash name, List<Hash> heads) {
        return nodes.chunks().contains(name)
                && CommitFormat.isCommit(nodes.chunks().read(name))
                && heads.stream().anyMatch(head -> isAncestor(name, head));
    }

    Closure closure(Commit commit) {
        return Closure.load(nodes, commit.closure());
    }

    Closure.Named named(Hash hash) {
        return new Closure.Named(hash, read(hash));
    }

    private List<Closure.Named> named(List<Hash> hashes) {
        List<Closure.Named> all = new ArrayList<>();
        hashes.forEach(hash -> all.add(named(hash)));
        return all;
    }
}
