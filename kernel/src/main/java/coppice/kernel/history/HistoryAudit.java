package coppice.kernel.history;

import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Hash;
import coppice.kernel.platform.Tasks;
import coppice.kernel.store.MarkSet;
import coppice.kernel.store.MissingChunkException;
import coppice.kernel.tree.ChunkFacts;
import coppice.kernel.tree.KeySpan;
import coppice.kernel.tree.Nodes;
import coppice.kernel.tree.Tree;
import coppice.kernel.tree.TreeAudit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Proves commits with all their ancestors and data, and working catalogs: every tree, count, closure and
/// generation. What is wrong is told with what it affects, once, and the rest proved all the same.
///
/// After [ChunkFacts] were learnt it reads commits, catalogs and roots, and nodes of which not all is known, each
/// once. Heap: besides those facts 24 to 48 bytes for each commit and each tree. One caller at a time.
public final class HistoryAudit {
    private final Nodes nodes;
    private final History history;
    private final TreeAudit trees;
    private final Consumer<Finding> findings;
    private final LongConsumer progress;
    private final MarkSet seenCommits = new MarkSet();
    private final MarkSet seenCatalogs = new MarkSet();
    private final MarkSet seenSpaces = new MarkSet();
    private final Set<String> told = new HashSet<>(); // guarded by itself
    private final Backlog<Closure.Named> open = new Backlog<>();
    private final AtomicLong commits = new AtomicLong();

    /// @param history the commits; parents beyond its floor are taken as they are
    /// @param facts what was learnt from all chunks
    /// @param findings is told what is wrong, one after the other
    /// @param progress is told how many commits have been proved so far, by any thread
    public HistoryAudit(
            Nodes nodes, History history, ChunkFacts facts, Consumer<Finding> findings, LongConsumer progress) {
        this.nodes = nodes;
        this.history = history;
        this.trees = new TreeAudit(nodes, facts);
        this.findings = findings;
        this.progress = progress;
    }

    /// How many commits have been proved.
    public long commits() {
        return commits.get();
    }

    /// Proves commits and all their ancestors, with their data, on several threads.
    ///
    /// @param heads the commits, and who refers to each
    /// @param workers how many threads work, the caller included
    public void commits(Map<String, Hash> heads, Tasks tasks, int workers) {
        heads.forEach((ref, head) -> {
            try {
                enqueue(head, history.read(head));
            } catch (CorruptException | MissingChunkException unreadable) {
                tell(Finding.unreadable(ref, head, unreadable).dangling());
            }
        });
        tasks.together("coppice-check", workers, () -> open.work(this::prove));
    }

    private void prove(Closure.Named next) {
        Commit commit = next.commit();
        String subject = "commit " + next.hash();
        List<Closure.Named> parents = new ArrayList<>();
        for (Hash parent : commit.parents()) {
            Commit read = history.isHere(parent) ? visit("the parent of " + subject, parent) : null;
            if (read != null) {
                parents.add(new Closure.Named(parent, read));
            }
        }
        tree("the ancestors of " + subject, commit.closure());
        if (parents.size() == commit.parents().size()) {
            attempt(subject, commit.closure(), () -> closure(subject, next, parents));
        }
        catalog(subject, commit.catalog());
        progress.accept(commits.incrementAndGet());
    }

    /// Reads a commit and puts it aside to be proved, unless it has been before.
    private @Nullable Commit visit(String subject, Hash name) {
        Commit commit = attempt(subject, name, () -> history.read(name));
        if (commit != null) {
            enqueue(name, commit);
        }
        return commit;
    }

    private void enqueue(Hash name, Commit commit) {
        if (add(seenCommits, name)) {
            open.add(new Closure.Named(name, commit));
        }
    }

    private static boolean add(MarkSet seen, Hash hash) {
        synchronized (seen) {
            return seen.add(hash);
        }
    }

    private boolean closure(String subject, Closure.Named named, List<Closure.Named> parents) {
        Commit commit = named.commit();
        long generation = History.generation(parents);
        if (generation != commit.generation()) {
            tell(wrong(subject, named.hash(), "generation " + generation, "generation " + commit.generation()));
        }
        if (!Closure.isOfParents(nodes, commit.closure(), parents)) {
            Hash closure = Closure.ofParents(nodes, parents).root();
            tell(wrong(subject, named.hash(), "ancestors " + closure, "ancestors " + commit.closure()));
        }
        return true;
    }

    private static Finding wrong(String subject, Hash commit, String expected, String found) {
        return new Finding(Finding.Kind.WRONG_CLOSURE, subject, commit, subject, -1, expected, found);
    }

    /// Proves a catalog and its spaces, unless it has been before.
    ///
    /// @param subject whose it is
    public void catalog(String subject, Hash root) {
        if (!add(seenCatalogs, root)) {
            return;
        }
        tree("the catalog of " + subject, root);
        List<Catalog.Space> spaces = attempt(
                "the catalog of " + subject,
                root,
                () -> Catalog.load(nodes, root).spaces());
        if (spaces != null) {
            spaces.forEach(space -> space(subject, space));
        }
    }

    private void space(String owner, Catalog.Space space) {
        SpaceRecord record = space.record();
        if (!add(seenSpaces, countedRoot(record))) {
            return;
        }
        String subject = "space '" + space.name() + "' of " + owner;
        tree(subject, record.root(), space.name());
        Hash schema = record.schema();
        if (schema != null) {
            tree("the schema of " + subject, schema);
        }
        Long count = attempt(
                subject, record.root(), () -> Tree.load(nodes, record.root()).count());
        if (count != null && count != record.count()) {
            tell(new Finding(
                    Finding.Kind.WRONG_COUNT,
                    subject,
                    record.root(),
                    "the catalog",
                    -1,
                    count + " entries, as the tree has",
                    Long.toString(record.count())));
        }
    }

    /// A name for a root together with the count that is said of it: versions mostly say the same again.
    private static Hash countedRoot(SpaceRecord space) {
        Hash root = space.root();
        return Hash.of(root.prefix(), root.second() + space.count(), root.third(), root.fourth());
    }

    /// Proves a tree whose values name no chunks, unless it has been before.
    ///
    /// @param subject what it is
    public void tree(String subject, Hash root) {
        tree(subject, root, null);
    }

    /// @param space whose rows they are, if they are of a space
    private void tree(String subject, Hash root, @Nullable String space) {
        trees.tree(root, new TreeAudit.Problems() {
            @Override
            public void unreadable(Hash chunk, KeySpan rows, RuntimeException why) {
                Finding finding = Finding.unreadable(subject, chunk, why);
                tell(space == null ? finding : finding.of(new Finding.Rows(space, rows)));
            }

            @Override
            public void invalid(Hash chunk, CorruptException why) {
                tell(Finding.of(Finding.Kind.INVALID, subject, chunk, why));
            }
        });
    }

    /// The result of a step that reads; null, and told, when something cannot be read.
    private <T> @Nullable T attempt(String subject, Hash chunk, Supplier<@Nullable T> step) {
        try {
            return step.get();
        } catch (CorruptException | MissingChunkException unreadable) {
            tell(Finding.unreadable(subject, chunk, unreadable));
            return null;
        }
    }

    /// One damage shows at every place that needs it; it is told with the first.
    private void tell(Finding finding) {
        synchronized (told) {
            // Each ref that hangs in the air is news, though what it hangs on is missing once.
            String who = finding.kind() == Finding.Kind.DANGLING ? finding.subject() : "";
            if (told.add(finding.kind() + who + finding.where() + finding.offset())) {
                findings.accept(finding);
            }
        }
    }
}
