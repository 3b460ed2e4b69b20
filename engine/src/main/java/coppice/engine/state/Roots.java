package coppice.engine.state;

import coppice.kernel.tree.Tree;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What must not be swept away although no branch refers to it: trees that somebody can still read, and trees that
/// are being written.
///
/// Trees are known weakly: whoever holds a snapshot, a cursor or a state holds them, and when nobody does they may
/// go. Safe for all threads.
public final class Roots {
    private final Set<WeakReference<Object>> held = ConcurrentHashMap.newKeySet();
    private final ReferenceQueue<Object> released = new ReferenceQueue<>();
    private final ReentrantReadWriteLock writing = new ReentrantReadWriteLock(true);

    /// No roots yet.
    public Roots() {}

    /// Remembers a tree as long as it is reachable.
    Tree hold(Tree tree) {
        add(tree);
        return tree;
    }

    /// Remembers spaces, with all their trees, as long as they are reachable.
    Spaces hold(Spaces spaces) {
        add(spaces);
        return spaces;
    }

    private void add(Object root) {
        for (Reference<?> gone = released.poll(); gone != null; gone = released.poll()) {
            held.remove(gone);
        }
        held.add(new WeakReference<>(root, released));
    }

    /// Writes trees. A sweep that begins meanwhile waits for the end before it looks at what is reachable, so what
    /// is written must be held or published by then.
    public <T> T writing(Supplier<T> writer) {
        writing.readLock().lock();
        try {
            return writer.get();
        } finally {
            writing.readLock().unlock();
        }
    }

    /// Waits until every tree that is being written now is finished.
    public void awaitWriters() {
        writing.writeLock().lock();
        try {
            // Whoever wrote before is done.
        } finally {
            writing.writeLock().unlock();
        }
    }

    /// The trees held alone.
    public List<Tree> trees() {
        return all(Tree.class);
    }

    /// The spaces held.
    public List<Spaces> spaces() {
        return all(Spaces.class);
    }

    private <T> List<T> all(Class<T> type) {
        List<T> found = new ArrayList<>();
        for (WeakReference<Object> reference : held) {
            @Nullable Object root = reference.get();
            if (type.isInstance(root)) {
                found.add(type.cast(root));
            }
        }
        return found;
    }
}
