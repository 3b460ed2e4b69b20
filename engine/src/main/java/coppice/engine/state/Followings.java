package coppice.engine.state;

import coppice.api.Entry;
import coppice.api.Range;
import coppice.kernel.tree.Tree;
import coppice.structure.ground.Following;
import coppice.structure.ground.Following.Differing;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// What follows from states of spaces and is kept in memory, see [Following]. Of each space and function, those of
/// the latest few states that were asked for are known; that of another state is made from the nearest of them, by
/// what differs. So branches, versions and transactions share what they have in common. Safe for all threads: one
/// makes it, others that ask wait for it.
///
/// Nothing is lost when it is forgotten: it is made again.
public final class Followings {
    /// How many states of a space are known. More are looked through in vain by who asks for yet another.
    private static final int STATES = 8;

    /// What differs in more rows than this, and than a part of all, is made anew.
    private static final int DIFFERING_MIN = 10_000;

    private static final int DIFFERING_PART = 3;

    /// Of how many states what was asked for last is kept: a branch, and a version of it that somebody looks at.
    private static final int STATES_KEPT = 2;

    /// What takes less is made anew as quickly as it is read.
    private static final long KEPT_BYTES_MIN = 256 << 10;

    private final Roots roots;
    private final long mostBytes;
    private final Map<Name, Line> lines = new ConcurrentHashMap<>();
    private final AtomicLong turns = new AtomicLong();
    private volatile Shelf shelf = Shelf.NONE;

    /// @param mostBytes how much is kept in memory, besides what was asked for last
    public Followings(Roots roots, long mostBytes) {
        this.roots = roots;
        this.mostBytes = mostBytes;
    }

    private record Name(String space, String function) {}

    /// What follows from a state.
    public record Known<T>(SpaceState state, T made) {}

    /// Where it is kept over a restart.
    public interface Shelf {
        /// The nearest that is kept.
        <T> Optional<Known<T>> find(Following<T> how, SpaceState state);

        /// Whether that of a folded tree is kept.
        boolean has(Following<?> how, Tree folded);

        /// Keeps that of a folded tree.
        <T> void keep(Following<T> how, Tree folded, T made);

        /// None.
        Shelf NONE = new Shelf() {
            @Override
            public <T> Optional<Known<T>> find(Following<T> how, SpaceState state) {
                return Optional.empty();
            }

            @Override
            public boolean has(Following<?> how, Tree folded) {
                return true;
            }

            @Override
            public <T> void keep(Following<T> how, Tree folded, T made) {}
        };
    }

    /// The latest states of one space, for one function; what was asked for last comes last.
    private static final class Line {
        final ReentrantLock lock = new ReentrantLock();
        final Deque<Known<?>> known = new ArrayDeque<>();
        final Following<?> how;
        volatile long bytes;
        volatile long asked;

        Line(Following<?> how) {
            this.how = how;
        }
    }

    /// Has it kept somewhere. Before anybody asks.
    public void keepOn(Shelf some) {
        shelf = some;
    }

    /// What follows from a state of a space.
    ///
    /// @param isKept whether anybody else can ask for this state: not what a transaction has written
    public <T> T of(String space, SpaceState state, Following<T> how, boolean isKept) {
        Line line = lines.computeIfAbsent(new Name(space, how.name()), _ -> new Line(how));
        line.lock.lock();
        try {
            line.asked = turns.incrementAndGet();
            Optional<Known<T>> same = find(line, state);
            T made = same.isPresent() ? same.get().made() : make(line, state, how);
            if (isKept) {
                same.ifPresent(line.known::remove);
                add(line, same.orElseGet(() -> held(new Known<>(state, made))));
                line.bytes = how.bytes(made);
            }
            return made;
        } finally {
            line.lock.unlock();
            makeRoom(line);
        }
    }

    @SuppressWarnings("unchecked") // by its name a function makes one kind of thing
    private static <T> List<Known<T>> latestFirst(Line line) {
        List<Known<T>> all = new ArrayList<>();
        line.known.descendingIterator().forEachRemaining(known -> all.add((Known<T>) known));
        return all;
    }

    private static <T> Optional<Known<T>> find(Line line, SpaceState state) {
        return Followings.<T>latestFirst(line).stream()
                .filter(known -> known.state().isSame(state))
                .findFirst();
    }

    private <T> Known<T> held(Known<T> known) {
        roots.hold(known, List.of(new Roots.OfTree(known.state().base().root())));
        return known;
    }

    private static void add(Line line, Known<?> known) {
        line.known.addLast(known);
        if (line.known.size() > STATES) {
            line.known.removeFirst();
        }
    }

    private <T> T make(Line line, SpaceState state, Following<T> how) {
        List<Known<T>> all = latestFirst(line);
        Optional<Known<T>> nearest = all.stream()
                .filter(known -> known.state().isOverSameTree(state))
                .min(Comparator.comparingLong(known -> known.state().distance(state)))
                .or(() -> all.stream().findFirst())
                .or(() -> shelf.find(how, state));
        if (nearest.isPresent()) {
            Known<T> before = nearest.get();
            long most = Math.max(DIFFERING_MIN, state.estimate(Range.all()) / DIFFERING_PART);
            Optional<List<Differing>> rows = differing(before.state(), state, most);
            Optional<T> made =
                    rows.flatMap(some -> some.isEmpty() ? Optional.of(before.made()) : how.with(before.made(), some));
            if (made.isPresent()) {
                return made.get();
            }
        }
        try (StateCursor cursor = state.scan(Range.all())) {
            return how.of(new Rows(cursor));
        }
    }

    /// Nothing when more rows differ than are worth it.
    private static Optional<List<Differing>> differing(SpaceState before, SpaceState after, long most) {
        List<Differing> rows = new ArrayList<>();
        SpaceDifference difference = difference(before, after);
        while (difference.next()) {
            if (rows.size() == most) {
                return Optional.empty();
            }
            rows.add(new Differing(difference.key(), difference.after()));
        }
        return Optional.of(rows);
    }

    private static SpaceDifference difference(SpaceState before, SpaceState after) {
        if (!before.isOverSameTree(after)) {
            return SpaceDifference.of(before, after, Range.all());
        }
        NavigableSet<byte[]> keys = new TreeSet<>(Arrays::compareUnsigned);
        before.differing(after, keys::add);
        return SpaceDifference.of(before, after, List.copyOf(keys));
    }

    private static final class Rows implements Iterator<Entry> {
        private final StateCursor cursor;
        private boolean hasNext;

        Rows(StateCursor cursor) {
            this.cursor = cursor;
            this.hasNext = cursor.next();
        }

        @Override
        public boolean hasNext() {
            return hasNext;
        }

        @Override
        public Entry next() {
            if (!hasNext) {
                throw new NoSuchElementException();
            }
            Entry entry = new Entry(cursor.key(), cursor.value());
            hasNext = cursor.next();
            return entry;
        }
    }

    /// Keeps the latest of what was asked for of each space and function, and is not kept. Nobody who asks waits
    /// for it to be written; and what somebody is making just now, which may take minutes, is kept another time.
    public void keep() {
        lines.values().forEach(line -> keep(line, line.how));
    }

    private <T> void keep(Line line, Following<T> how) {
        if (how.keeping().isEmpty() || line.bytes < KEPT_BYTES_MIN) {
            return;
        }
        List<Known<T>> latest = unlessMade(
                        line,
                        () -> Followings.<T>latestFirst(line).stream()
                                .limit(STATES_KEPT)
                                .toList())
                .orElseGet(List::of);
        for (Known<T> known : latest) {
            Tree folded = known.state().base();
            if (!shelf.has(how, folded)) {
                unlessMade(line, () -> make(line, SpaceState.of(roots, folded), how))
                        .ifPresent(made -> shelf.keep(how, folded, made));
            }
        }
    }

    private static <R> Optional<R> unlessMade(Line line, Supplier<R> what) {
        if (!line.lock.tryLock()) {
            return Optional.empty();
        }
        try {
            return Optional.of(what.get());
        } finally {
            line.lock.unlock();
        }
    }

    /// Forgets what was asked for least of late, as long as all takes too much.
    private void makeRoom(Line last) {
        long bytes = lines.values().stream().mapToLong(line -> line.bytes).sum();
        if (bytes <= mostBytes) {
            return;
        }
        List<Map.Entry<Name, Line>> oldestFirst = lines.entrySet().stream()
                .filter(entry -> entry.getValue() != last)
                .sorted(Comparator.comparingLong(entry -> entry.getValue().asked))
                .toList();
        for (Map.Entry<Name, Line> entry : oldestFirst) {
            if (bytes > mostBytes) {
                lines.remove(entry.getKey(), entry.getValue());
                bytes -= entry.getValue().bytes;
            }
        }
    }
}
