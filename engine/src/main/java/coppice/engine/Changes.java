package coppice.engine;

import coppice.api.Change;
import coppice.engine.state.Roots;
import coppice.engine.state.Spaces;
import coppice.kernel.tree.TreeDiff;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What changed between two states, space by space and key by key, found as it is asked for.
final class Changes implements Iterable<Change> {
    private final Spaces before;
    private final Spaces after;

    Changes(Spaces before, Spaces after, Roots roots) {
        this.before = before;
        this.after = after;
        roots.hold(this, List.of(new Roots.OfCatalog(before.root()), new Roots.OfCatalog(after.root())));
    }

    @Override
    public Iterator<Change> iterator() {
        return Failures.guarded(Walk::new);
    }

    /// One walk; it keeps the states as long as it is walked.
    private final class Walk implements Iterator<Change> {
        private final Iterator<String> names;
        private String space = "";
        private @Nullable TreeDiff diff;
        private @Nullable Change next;

        Walk() {
            TreeSet<String> all = new TreeSet<>();
            if (!before.root().equals(after.root())) {
                all.addAll(before.names());
                all.addAll(after.names());
            }
            this.names = all.iterator();
        }

        @Override
        public boolean hasNext() {
            if (next == null) {
                next = Failures.guarded(this::find);
            }
            return next != null;
        }

        @Override
        public Change next() {
            if (!hasNext()) {
                throw new NoSuchElementException("There are no more changes");
            }
            Change change = Objects.requireNonNull(next);
            next = null;
            return change;
        }

        private @Nullable Change find() {
            while (true) {
                TreeDiff current = diff;
                if (current != null && current.next()) {
                    return change(current);
                }
                if (!names.hasNext()) {
                    diff = null;
                    return null;
                }
                space = names.next();
                diff = before.space(space).base().diff(after.space(space).base());
            }
        }

        private Change change(TreeDiff at) {
            byte[] was = at.before();
            byte[] is = at.after();
            if (was == null) {
                return new Change.Added(space, at.key(), Objects.requireNonNull(is));
            }
            return is == null
                    ? new Change.Removed(space, at.key(), was)
                    : new Change.Modified(space, at.key(), was, is);
        }
    }
}
