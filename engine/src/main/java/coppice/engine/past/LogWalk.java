package coppice.engine.past;

import coppice.api.LogQuery.Order;
import coppice.kernel.bytes.Hash;
import coppice.kernel.history.Ancestors;
import coppice.kernel.history.Commit;
import coppice.kernel.history.History;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/// Commits of some heads in an order of choice, every commit before its parents, one [#next] after the other. Not
/// thread-safe.
///
/// Only the commits that may come next are known: the open ones. A commit has to wait as long as it is an
/// ancestor of another open one, which its closure tells in one lookup; that is all it takes to be exact about
/// children before parents without walking ahead, as git does (`revision.c`, `init_topo_walk`). What is left to
/// come is what the open commits and their ancestors are, so they are the place to go on from.
public final class LogWalk {
    private static final Comparator<Open> BY_GENERATION = Comparator.<Open>comparingLong(
                    open -> open.commit.generation())
            .thenComparing(open -> open.hash)
            .reversed();
    private static final Comparator<Open> BY_TIME = Comparator.<Open>comparingLong(open -> open.commit.committedAt())
            .thenComparing(BY_GENERATION.reversed())
            .reversed();

    private final History history;
    private final boolean firstParent;
    private final List<Ancestors> excluded;
    private final BiPredicate<Hash, Commit> follows;
    private final Waiting waiting;
    private final Map<Hash, Open> open = new HashMap<>();
    private @Nullable Open current;

    /// @param heads where to begin; for [Order#GRAPH] the first one's line comes first
    /// @param excluded commits that are left out with all their ancestors
    /// @param firstParent whether other parents than the first are left out
    /// @param follows whether a commit is to be listed and followed further
    public LogWalk(
            History history,
            List<Hash> heads,
            List<Hash> excluded,
            boolean firstParent,
            Order order,
            BiPredicate<Hash, Commit> follows) {
        this.history = history;
        this.firstParent = firstParent;
        this.excluded = excluded.stream().map(history::ancestors).toList();
        this.follows = follows;
        this.waiting = switch (order) {
            case GENERATION -> new Queue(BY_GENERATION);
            case TIME -> new Queue(BY_TIME);
            case GRAPH -> new Stack();
        };
        heads.reversed().forEach(this::open);
    }

    /// A part of the history of some heads, by generation.
    static LogWalk of(History history, List<Hash> heads, BiPredicate<Hash, Commit> follows) {
        return new LogWalk(history, heads, List.of(), false, Order.GENERATION, follows);
    }

    /// A commit that comes as soon as it is no ancestor of another open one.
    private final class Open {
        private final Hash hash;
        private final Commit commit;
        private @Nullable Ancestors ancestors;

        Open(Hash hash, Commit commit) {
            this.hash = hash;
            this.commit = commit;
        }

        Ancestors ancestors() {
            Ancestors known = ancestors;
            if (known == null) {
                known = history.ancestors(hash, commit);
                ancestors = known;
            }
            return known;
        }

        boolean isBlocked() {
            for (Open other : open.values()) {
                if (other.commit.generation() > commit.generation()
                        && other.ancestors().contains(hash, commit.generation())) {
                    return true;
                }
            }
            return false;
        }
    }

    /// The open commits in the order in which they want to come.
    private interface Waiting {
        void add(Open commit);

        /// It is a parent once more: the order may put it elsewhere now.
        void renew(Open commit);

        /// Takes the first that is not blocked; there is one.
        Open take();

        /// All, to be given to [#add] again in the opposite order.
        List<Hash> inOrder();
    }

    /// Whoever is first by a comparison; by generation, that is never a blocked one.
    private static final class Queue implements Waiting {
        private final PriorityQueue<Open> queue;
        private final boolean blocks;

        Queue(Comparator<Open> order) {
            this.queue = new PriorityQueue<>(order);
            this.blocks = !order.equals(BY_GENERATION);
        }

        @Override
        public void add(Open commit) {
            queue.add(commit);
        }

        @Override
        public void renew(Open commit) {}

        @Override
        public Open take() {
            Deque<Open> blocked = new ArrayDeque<>();
            Open first = queue.remove();
            while (blocks && first.isBlocked()) {
                blocked.add(first);
                first = queue.remove();
            }
            queue.addAll(blocked);
            return first;
        }

        @Override
        public List<Hash> inOrder() {
            return queue.stream().map(open -> open.hash).toList();
        }
    }

    /// Whoever was opened last.
    private static final class Stack implements Waiting {
        private final List<Open> stack = new ArrayList<>();

        @Override
        public void add(Open commit) {
            stack.add(commit);
        }

        @Override
        public void renew(Open commit) {
            stack.remove(commit);
            stack.add(commit);
        }

        @Override
        public Open take() {
            int top = stack.size() - 1;
            while (stack.get(top).isBlocked()) {
                top--;
            }
            return stack.remove(top);
        }

        @Override
        public List<Hash> inOrder() {
            return stack.reversed().stream().map(open -> open.hash).toList();
        }
    }

    private void open(Hash hash) {
        Open known = open.get(hash);
        if (known != null) {
            waiting.renew(known);
            return;
        }
        if (!history.isHere(hash)) {
            return; // a shallow history ends above it
        }
        Commit commit = history.read(hash);
        if (follows.test(hash, commit) && excluded.stream().noneMatch(all -> all.contains(hash, commit.generation()))) {
            Open fresh = new Open(hash, commit);
            open.put(hash, fresh);
            waiting.add(fresh);
        }
    }

    /// The line that was merged in comes to lie over the line it was merged into.
    private void openParents(Open child) {
        List<Hash> parents = child.commit.parents();
        (firstParent ? parents.stream().limit(1).toList() : parents).forEach(this::open);
    }

    /// Goes on to the next commit and says whether there is one.
    public boolean next() {
        Open before = current;
        if (before != null) {
            openParents(before);
        }
        if (open.isEmpty()) {
            current = null;
            return false;
        }
        Open next = waiting.take();
        open.remove(next.hash);
        current = next;
        return true;
    }

    /// The name of the current commit.
    ///
    /// @throws IllegalStateException unless the last [#next] was true
    public Hash hash() {
        return current().hash;
    }

    /// The current commit.
    public Commit commit() {
        return current().commit;
    }

    private Open current() {
        Open commit = current;
        if (commit == null) {
            throw new IllegalStateException("No commit here: ask only after next() has returned true");
        }
        return commit;
    }

    /// The heads of what comes after the current commit, to go on with in another walk of the same kind.
    public List<Hash> rest() {
        Open passed = current;
        if (passed != null) {
            openParents(passed);
            current = null;
        }
        return waiting.inOrder();
    }
}
