package coppice.engine.past;

import coppice.api.Range;
import coppice.kernel.bytes.Bytes;
import coppice.kernel.bytes.Hash;
import coppice.kernel.history.Ancestors;
import coppice.kernel.history.Catalog;
import coppice.kernel.history.Commit;
import coppice.kernel.history.History;
import coppice.kernel.tree.Nodes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// Finds the commits that changed keys. Asks an index which ones to look into, and looks into all those that the
/// index does not cover. Safe for all threads.
public final class Origins {
    /// Of a range with more changes than these, the index is not read: then many commits changed it, and looking
    /// into them finds some soon.
    private static final long LISTED_MAX = 100_000;

    private final Nodes nodes;
    private final History history;
    private final Supplier<ChangeIndex> index;
    private final Supplier<Catalog> none;

    Origins(Nodes nodes, History history, Supplier<ChangeIndex> index, Supplier<Catalog> none) {
        this.nodes = nodes;
        this.history = history;
        this.index = index;
        this.none = none;
    }

    /// One commit's change of a key.
    ///
    /// @param before the values in the commit's parents, in their order, null where the key was not there; of a
    ///     first commit one null
    /// @param after the value in the commit, null when the key was removed
    public record KeyEvent(Hash name, Commit commit, List<Optional<byte[]>> before, byte @Nullable [] after) {}

    /// All changes of a key in the history of a commit, newest first, read as they are asked for.
    public Iterator<KeyEvent> events(Hash head, String space, byte[] key) {
        return new Events(head, space, key);
    }

    /// For each of some keys of a commit the newest commit in its history that gave the key the value it has there.
    ///
    /// @param values by key, in order; null where a key is not there
    /// @return by key; a key that never was there is left out
    public Map<byte[], Hash> blame(Hash head, String space, SortedMap<byte[], byte @Nullable []> values) {
        return new Blaming(head, space, values).run();
    }

    /// Whether commits changed a key of a range.
    public Touches touching(String space, Range range) {
        byte[] lower = range.lower();
        byte[] from = lower.length == 0 ? null : lower;
        byte[] to = range.upper().orElse(null);
        ChangeIndex known = index.get();
        Touches direct = (name, commit) -> changes(commit).in(space, from, to).next();
        if (from == null && to == null) {
            return (name, commit) -> {
                Mark mark = new Mark(commit.generation(), name);
                if (!known.covers(name, commit.generation())) {
                    return direct.test(name, commit);
                }
                return known.mayHaveChanged(space, mark) && (known.isUnmistakable(mark) || direct.test(name, commit));
            };
        }
        if (known.count(space, from, to) > LISTED_MAX) {
            return direct;
        }
        Set<Hash> candidates = new HashSet<>();
        known.marksOfRange(space, from, to).forEach(mark -> candidates.add(mark.commit()));
        known.marksOfWide(space).forEach(marks -> marks.forEachRemaining(mark -> candidates.add(mark.commit())));
        return (name, commit) ->
                (candidates.contains(name) || !known.covers(name, commit.generation())) && direct.test(name, commit);
    }

    /// A commit and its name.
    public record Found(Hash name, Commit commit) {}

    /// The commits that changed a key of a range, of some heads' history without that of others, newest first;
    /// nothing where the index would have to list too many.
    public Optional<Iterator<Found>> touched(List<Hash> heads, List<Hash> excluded, String space, Range range) {
        byte[] lower = range.lower();
        byte[] from = lower.length == 0 ? null : lower;
        byte[] to = range.upper().orElse(null);
        ChangeIndex known = index.get();
        List<Iterator<Mark>> sources;
        if (from == null && to == null) {
            sources = known.marksOfSpace(space);
        } else if (known.count(space, from, to) <= LISTED_MAX) {
            sources = known.marksOfWide(space);
            sources.add(known.marksOfRange(space, from, to).stream().sorted().iterator());
        } else {
            return Optional.empty();
        }
        sources.add(uncovered(heads, known));
        MarkMerge marks = new MarkMerge(sources);
        List<Ancestors> of = heads.stream().map(history::ancestors).toList();
        List<Ancestors> without = excluded.stream().map(history::ancestors).toList();
        Stream<Mark> all = StreamSupport.stream(Spliterators.spliteratorUnknownSize(marks, Spliterator.ORDERED), false);
        return Optional.of(all.filter(mark -> contains(of, mark) && !contains(without, mark))
                .map(mark -> new Found(mark.commit(), history.read(mark.commit())))
                .filter(found -> changes(found.commit()).in(space, from, to).next())
                .iterator());
    }

    private static boolean contains(List<Ancestors> sets, Mark mark) {
        return sets.stream().anyMatch(set -> set.contains(mark.commit(), mark.generation()));
    }

    /// The heads and ancestors of them whose names begin with some digits, at most so many of them.
    public List<Hash> find(String digits, List<Hash> heads, int limit) {
        ChangeIndex known = index.get();
        if (digits.length() == 2 * Hash.BYTES || known.runs().isEmpty()) {
            return history.find(digits, heads, limit);
        }
        Set<Hash> found = new TreeSet<>();
        Iterator<Mark> fresh = uncovered(heads, known);
        while (fresh.hasNext() && found.size() < limit) {
            Hash name = fresh.next().commit();
            if (name.toString().startsWith(digits)) {
                found.add(name);
            }
        }
        for (Mark mark : known.named(digits)) {
            if (found.size() < limit && heads.stream().anyMatch(head -> history.isAncestor(mark.commit(), head))) {
                found.add(mark.commit());
            }
        }
        return List.copyOf(found);
    }

    private CommitChanges changes(Commit commit) {
        return new CommitChanges(nodes, history, commit, none.get());
    }

    /// The commits of some heads' history that an index does not cover, newest first.
    private Iterator<Mark> uncovered(List<Hash> heads, ChangeIndex known) {
        LogWalk walk = LogWalk.of(history, heads, (name, commit) -> !known.covers(name, commit.generation()));
        return new Iterator<>() {
            private boolean more = walk.next();

            @Override
            public boolean hasNext() {
                return more;
            }

            @Override
            public Mark next() {
                Mark mark = new Mark(walk.commit().generation(), walk.hash());
                more = walk.next();
                return mark;
            }
        };
    }

    static byte[] successor(byte[] key) {
        return Arrays.copyOf(key, key.length + 1);
    }

    private final class Events implements Iterator<KeyEvent> {
        private final Ancestors ancestors;
        private final String space;
        private final byte[] key;
        private final MarkMerge marks;
        private Optional<KeyEvent> next = Optional.empty();

        Events(Hash head, String space, byte[] key) {
            this.ancestors = history.ancestors(head);
            this.space = space;
            this.key = key;
            ChangeIndex known = index.get();
            List<Iterator<Mark>> sources = known.changing(space, key);
            sources.add(uncovered(List.of(head), known));
            this.marks = new MarkMerge(sources);
        }

        @Override
        public boolean hasNext() {
            while (next.isEmpty() && marks.hasNext()) {
                Mark mark = marks.next();
                if (ancestors.contains(mark.commit(), mark.generation())) {
                    next = event(mark.commit(), space, key);
                }
            }
            return next.isPresent();
        }

        @Override
        public KeyEvent next() {
            if (!hasNext()) {
                throw new NoSuchElementException("There are no more changes of the key");
            }
            KeyEvent event = next.orElseThrow();
            next = Optional.empty();
            return event;
        }
    }

    /// What a commit changed about a key, if it did.
    private Optional<KeyEvent> event(Hash name, String space, byte[] key) {
        Commit commit = history.read(name);
        CommitChanges changes = changes(commit);
        OwnChanges own = changes.in(space, key, successor(key));
        if (!own.next()) {
            return Optional.empty();
        }
        List<Optional<byte[]>> before = new ArrayList<>();
        for (int parent = 0; parent < changes.others(); parent++) {
            before.add(Optional.ofNullable(own.before(parent)));
        }
        return Optional.of(new KeyEvent(name, commit, before, own.after()));
    }

    /// Blame for the keys of one page. Commits that are to be looked into anyway are looked into once for all keys.
    private final class Blaming {
        private final ChangeIndex known = index.get();
        private final Ancestors ancestors;
        private final String space;
        private final SortedMap<byte[], byte @Nullable []> values;
        private final TreeMap<byte[], Mark> found = new TreeMap<>(Bytes::compare);

        Blaming(Hash head, String space, SortedMap<byte[], byte @Nullable []> values) {
            this.ancestors = history.ancestors(head);
            this.space = space;
            this.values = values;
        }

        Map<byte[], Hash> run() {
            if (!values.isEmpty()) {
                lookIntoOthers();
                values.forEach(this::askIndex);
            }
            TreeMap<byte[], Hash> commits = new TreeMap<>(Bytes::compare);
            found.forEach((key, mark) -> commits.put(key, mark.commit()));
            return commits;
        }

        /// Finds for each key the newest commit among those whose keys the index does not list.
        private void lookIntoOthers() {
            List<Iterator<Mark>> sources = new ArrayList<>(known.marksOfWide(space));
            sources.add(uncovered(List.of(ancestors.head()), known));
            byte[] to = successor(values.lastKey());
            MarkMerge marks = new MarkMerge(sources);
            while (found.size() < values.size() && marks.hasNext()) {
                Mark mark = marks.next();
                if (ancestors.contains(mark.commit(), mark.generation())) {
                    OwnChanges own = changes(history.read(mark.commit())).in(space, values.firstKey(), to);
                    while (own.next()) {
                        byte[] key = own.key();
                        if (values.containsKey(key) && Arrays.equals(values.get(key), own.after())) {
                            found.putIfAbsent(key, mark);
                        }
                    }
                }
            }
        }

        /// Looks for a newer commit than the one found, among those that the index lists for the key.
        private void askIndex(byte[] key, byte @Nullable [] value) {
            MarkMerge marks = new MarkMerge(known.marksOfKey(space, key));
            Mark best = found.get(key);
            while (marks.hasNext()) {
                Mark mark = marks.next();
                if (best != null && best.compareTo(mark) <= 0) {
                    return;
                }
                if (ancestors.contains(mark.commit(), mark.generation()) && gave(mark.commit(), key, value)) {
                    found.put(key, mark);
                    return;
                }
            }
        }

        private boolean gave(Hash commit, byte[] key, byte @Nullable [] value) {
            OwnChanges own = changes(history.read(commit)).in(space, key, successor(key));
            return own.next() && Arrays.equals(own.after(), value);
        }
    }
}
