package coppice.engine.version;

import coppice.api.Change;
import coppice.api.ChangeCount;
import coppice.api.DiffQuery;
import coppice.api.Range;
import coppice.engine.state.Roots;
import coppice.engine.state.Spaces;
import coppice.engine.terms.Failures;
import coppice.kernel.bytes.Bytes;
import coppice.kernel.history.CatalogDiff;
import coppice.kernel.tree.Tree;
import coppice.kernel.tree.TreeDiff;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What changed between two states, or in a part of them, space by space and key by key, found as it is asked for.
public final class Changes implements Iterable<Change> {
    private final Spaces before;
    private final Spaces after;
    private final Optional<String> only;
    private final Range keys;
    private final Optional<DiffQuery.Place> start;

    /// Everything that changed.
    public Changes(Spaces before, Spaces after, Roots roots) {
        this(before, after, roots, Optional.empty(), Range.all(), Optional.empty());
    }

    /// @param only the space to look into
    /// @param keys the keys to look at in each space, ascending
    /// @param start what changed up to here is left out
    public Changes(
            Spaces before,
            Spaces after,
            Roots roots,
            Optional<String> only,
            Range keys,
            Optional<DiffQuery.Place> start) {
        this.before = before;
        this.after = after;
        this.only = only;
        this.keys = keys;
        this.start = start;
        roots.hold(this, List.of(new Roots.OfCatalog(before.root()), new Roots.OfCatalog(after.root())));
    }

    @Override
    public Iterator<Change> iterator() {
        return Failures.guarded(Walk::new);
    }

    /// How many keys changed in each space that has changes.
    public List<ChangeCount> counts() {
        List<ChangeCount> counts = new ArrayList<>();
        for (String space : spaces()) {
            TreeDiff.Count count = rows(before, space).diffCount(rows(after, space), from(space), to());
            if (count.total() > 0) {
                counts.add(new ChangeCount(space, count.added(), count.removed(), count.changed()));
            }
        }
        return counts;
    }

    /// The spaces that may have changes from the start on, in the order of the bytes of their names.
    private List<String> spaces() {
        if (only.isPresent()) {
            return isBehind(only.get()) ? List.of() : List.of(only.get());
        }
        List<String> names = new ArrayList<>();
        for (CatalogDiff diff = before.catalog().diff(after.catalog()); diff.next(); ) {
            if (!isBehind(diff.name())) {
                names.add(diff.name());
            }
        }
        return names;
    }

    private boolean isBehind(String space) {
        return start.isPresent() && Bytes.compare(utf8(space), utf8(start.get().space())) < 0;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Tree rows(Spaces state, String space) {
        return state.space(space).base();
    }

    private byte @Nullable [] from(String space) {
        byte[] lower = keys.lower();
        if (start.isPresent() && start.get().space().equals(space)) {
            byte[] last = start.get().key();
            byte[] next = Arrays.copyOf(last, last.length + 1);
            lower = Bytes.compare(next, lower) > 0 ? next : lower;
        }
        return lower.length == 0 ? null : lower;
    }

    private byte @Nullable [] to() {
        return keys.upper().orElse(null);
    }

    /// One walk; it keeps the states as long as it is walked.
    private final class Walk implements Iterator<Change> {
        private final Iterator<String> names = spaces().iterator();
        private String space = "";
        private @Nullable TreeDiff diff;
        private @Nullable Change next;

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
                diff = rows(before, space).diff(rows(after, space), from(space), to());
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
