package coppice.kernel.history;

import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Hash;
import coppice.kernel.tree.ChunkFacts;
import coppice.kernel.tree.ChunkWalk;
import coppice.kernel.tree.Nodes;
import coppice.kernel.tree.Tree;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Reads the commits that one store has and another has not, with all their data, each chunk once: what a bundle
/// holds, what a fetch moves, and what must be read to know that all of it is there.
///
/// Commits come oldest first, so that the parents of each are known when it is walked, and only what it changed is
/// looked at: the cost is that of the chunks that are new. Nothing is concluded from a chunk that merely lies in a
/// store: an attempt that broke off may have left it there without what is below it. Not thread-safe.
///
/// Leaves of rows may be read later than what is above them: a walk is complete when its source has settled.
public final class HistoryWalk {
    /// With how many known trees of ancestors a new one is compared: any of them knows nearly all of it.
    private static final int SIMILAR_MAX = 64;

    private final Nodes nodes;
    private final History history;
    private final ChunkWalk.Source source;
    private final Predicate<Hash> enter;
    private final ChunkWalk walk;

    /// Which generations are walked.
    ///
    /// @param floor the lowest
    /// @param ceiling the one above the highest
    public record Generations(long floor, long ceiling) {
        /// All of them.
        public static final Generations ALL = new Generations(0, Long.MAX_VALUE);
    }

    /// @param nodes a store that has what is known, and what `source` has read once it has been read
    /// @param source reads chunks, known or new
    /// @param enter is asked before a chunk is read; where it says no, it has been read before by this walk
    public HistoryWalk(Nodes nodes, History history, ChunkWalk.Source source, Predicate<Hash> enter) {
        this.nodes = nodes;
        this.history = history;
        this.source = source;
        this.enter = enter;
        this.walk = new ChunkWalk(nodes, source, enter);
    }

    /// Says what has been proved of chunks that are here: trees of which that is all are not walked.
    public void knowing(ChunkFacts proved) {
        walk.knowing(proved);
    }

    /// Finds the commits that are to be walked: `wants` and their ancestors, without `haves` and theirs. Reads the
    /// wanted commits and, where they are new, the trees of their ancestors.
    ///
    /// @param haves commits that are known with everything below them
    /// @return oldest first
    public List<Hash> plan(List<Hash> wants, List<Hash> haves, Generations generations) {
        ancestors(wants, haves);
        List<Hash> commits = new ArrayList<>();
        CommitLog log = history.log(wants, haves);
        while (log.next() && log.generation() >= generations.floor()) {
            if (log.generation() < generations.ceiling()) {
                commits.add(log.hash());
            }
        }
        Collections.reverse(commits);
        return commits;
    }

    /// Reads commits and, where they are new, the trees of their ancestors, but no data: enough to ask how they descend
    /// from one another.
    ///
    /// @param known commits that are likely to share ancestors with them
    public void ancestors(List<Hash> commits, List<Hash> known) {
        List<Tree> closures = closures(known.subList(0, Math.min(known.size(), SIMILAR_MAX)));
        for (Hash commit : commits) {
            walk.tree(enter(commit).closure(), closures);
        }
    }

    /// Walks commits with all their data.
    ///
    /// @param commits oldest first; the parents of each are among them, or known, or below the floor of the
    ///     history
    /// @param similar a known commit that is likely to share data with those that have no parent at hand, or null
    /// @param finished is told each commit when all of it has been read, or will have been when the source settles
    /// @throws CorruptException at the first thing that is wrong
    public void commits(List<Hash> commits, @Nullable Hash similar, Consumer<Hash> finished) {
        for (Hash hash : commits) {
            Commit commit = enter(hash);
            List<Commit> bases = new ArrayList<>();
            for (Hash parent : commit.parents()) {
                if (history.isHere(parent)) {
                    bases.add(history.read(parent));
                }
            }
            if (bases.isEmpty() && similar != null) {
                bases.add(history.read(similar));
            }
            walk.tree(commit.closure(), bases.stream().map(this::closure).toList());
            catalog(commit.catalog(), bases.stream().map(Commit::catalog).toList());
            finished.accept(hash);
        }
    }

    private Commit enter(Hash commit) {
        return enter.test(commit) ? Commit.decode(commit, source.read(commit)) : history.read(commit);
    }

    /// Walks a tree whose values name no chunks.
    ///
    /// @param known the roots of known trees that are likely to share much with it
    public void tree(Hash root, List<Hash> known) {
        walk.tree(root, known.stream().map(this::load).toList());
    }

    /// Walks a catalog and the spaces in it.
    ///
    /// @param known the roots of known catalogs that are likely to share much with it
    public void catalog(Hash root, List<Hash> known) {
        List<Catalog> bases =
                known.stream().distinct().map(base -> Catalog.load(nodes, base)).toList();
        walk.tree(root, bases.stream().map(Catalog::tree).toList());
        Catalog catalog = Catalog.load(nodes, root);
        if (bases.isEmpty()) {
            catalog.spaces().forEach(space -> space(space.name(), space.record(), bases));
            return;
        }
        CatalogDiff changed = bases.getFirst().diff(catalog);
        while (changed.next()) {
            SpaceRecord space = changed.after();
            if (space != null) {
                space(changed.name(), space, bases);
            }
        }
    }

    private void space(String name, SpaceRecord space, List<Catalog> bases) {
        List<SpaceRecord> known =
                bases.stream().flatMap(base -> base.space(name).stream()).toList();
        walk.rows(
                space.root(),
                known.stream().map(SpaceRecord::root).distinct().map(this::load).toList());
        if (load(space.root()).count() != space.count()) {
            throw new CorruptException(
                    "the catalog entry of space '" + name + "'",
                    -1,
                    "a count of " + load(space.root()).count() + ", as its tree has",
                    "" + space.count());
        }
        Hash schema = space.schema();
        if (schema != null) {
            walk.tree(
                    schema,
                    known.stream()
                            .flatMap(other -> java.util.stream.Stream.ofNullable(other.schema()))
                            .distinct()
                            .map(this::load)
                            .toList());
        }
    }

    private List<Tree> closures(List<Hash> commits) {
        return commits.stream().map(history::read).map(this::closure).toList();
    }

    private Tree closure(Commit commit) {
        return load(commit.closure());
    }

    private Tree load(Hash root) {
        return Tree.load(nodes, root);
    }
}
