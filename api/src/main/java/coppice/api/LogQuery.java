package coppice.api;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// Which commits to list, and in what order. An immutable value.
///
/// ```java
/// LogQuery.of("main..draft").author("ann").touching("users", Range.prefix("a"))
/// ```
///
/// @param of the refs whose history is listed; for [Order#GRAPH] the line of the first one comes first
/// @param without refs whose history is left out
/// @param symmetric whether the history that all of `of` have in common is left out as well
/// @param firstParent whether only first parents are followed: the history of a branch without what was merged in
/// @param order see [Order]
/// @param filter which of these commits are shown
/// @param after where to go on, of a log in the order [Order#GENERATION]: after this commit
public record LogQuery(
        List<String> of,
        List<String> without,
        boolean symmetric,
        boolean firstParent,
        Order order,
        Filter filter,
        Optional<CommitId> after) {
    /// In what order commits come. Each of them has every commit before its parents.
    public enum Order {
        /// Higher generations first: the cheapest.
        GENERATION,
        /// The newest first, as far as that has no parent before its child.
        TIME,
        /// Line by line: parallel lines of history are not mixed. The order to draw a graph in.
        GRAPH
    }

    /// Which commits are shown.
    ///
    /// @param since older ones are not shown, nor followed further: time is taken to grow along history
    /// @param until younger ones are not shown
    /// @param author the author's name contains this, in whatever case; empty for any
    /// @param message the message contains this, in whatever case; empty for any
    /// @param touching what they changed
    public record Filter(
            Optional<Instant> since, Optional<Instant> until, String author, String message, Optional<Touch> touching) {
        /// Shows all.
        public static final Filter NONE = new Filter(Optional.empty(), Optional.empty(), "", "", Optional.empty());

        public Filter {
            Objects.requireNonNull(since);
            Objects.requireNonNull(until);
            Objects.requireNonNull(author);
            Objects.requireNonNull(message);
            Objects.requireNonNull(touching);
        }
    }

    /// Some keys of a space. A commit touched them when at least one of them has a value in it, or is absent, other
    /// than in each of its parents: so a merge counts only for what it decided itself.
    public record Touch(String space, Range keys) {
        public Touch {
            Objects.requireNonNull(space);
            keys = keys.isReversed() ? keys.reversed() : keys;
        }
    }

    public LogQuery {
        of = List.copyOf(of);
        without = List.copyOf(without);
        Objects.requireNonNull(order);
        Objects.requireNonNull(filter);
        if (after.isPresent() && order != Order.GENERATION) {
            throw new IllegalArgumentException("Only a log by generation goes on after a commit, not one by " + order);
        }
        if (of.isEmpty()) {
            throw new IllegalArgumentException("A log is that of one ref at least");
        }
    }

    /// The history of a ref; of `a..b`, what `b` has and `a` has not; of `a...b`, what only one of both has.
    ///
    /// @throws DatabaseException.Incorrect when one side of the dots is empty
    public static LogQuery of(String range) {
        int dots = range.indexOf("..");
        if (dots < 0) {
            return of(List.of(range), List.of(), false);
        }
        boolean symmetric = range.startsWith("...", dots);
        String left = range.substring(0, dots);
        String right = range.substring(dots + (symmetric ? 3 : 2));
        if (left.isEmpty() || right.isEmpty() || right.contains("..")) {
            throw new DatabaseException.Incorrect(
                    ErrorCode.INVALID_REF,
                    "The range '" + range + "' is not of the form a..b or a...b with a ref on both sides");
        }
        return symmetric ? of(List.of(left, right), List.of(), true) : of(List.of(right), List.of(left), false);
    }

    /// The history of several refs, each commit once.
    public static LogQuery ofAll(List<String> refs) {
        return of(refs, List.of(), false);
    }

    private static LogQuery of(List<String> of, List<String> without, boolean symmetric) {
        return new LogQuery(of, without, symmetric, false, Order.GENERATION, Filter.NONE, Optional.empty());
    }

    /// This, without the history of one more ref.
    public LogQuery without(String ref) {
        List<String> all = new ArrayList<>(without);
        all.add(ref);
        return new LogQuery(of, all, symmetric, firstParent, order, filter, after);
    }

    /// This, following only first parents.
    public LogQuery alongFirstParents() {
        return new LogQuery(of, without, symmetric, true, order, filter, after);
    }

    /// This in another order, from the start.
    public LogQuery in(Order other) {
        return new LogQuery(of, without, symmetric, firstParent, other, filter, Optional.empty());
    }

    /// This, from a time on; see [Filter].
    public LogQuery since(Instant time) {
        return with(new Filter(Optional.of(time), filter.until, filter.author, filter.message, filter.touching));
    }

    /// This, up to a time.
    public LogQuery until(Instant time) {
        return with(new Filter(filter.since, Optional.of(time), filter.author, filter.message, filter.touching));
    }

    /// Those by authors whose names contain this, in whatever case.
    public LogQuery author(String part) {
        return with(new Filter(filter.since, filter.until, part, filter.message, filter.touching));
    }

    /// Those whose messages contain this, in whatever case.
    public LogQuery message(String part) {
        return with(new Filter(filter.since, filter.until, filter.author, part, filter.touching));
    }

    /// Those that changed something in a space.
    public LogQuery touching(String space) {
        return touching(space, Range.all());
    }

    /// Those that changed a key of a range of a space.
    public LogQuery touching(String space, Range keys) {
        Touch touch = new Touch(space, keys);
        return with(new Filter(filter.since, filter.until, filter.author, filter.message, Optional.of(touch)));
    }

    /// Those that changed this key of a space.
    public LogQuery touching(String space, byte[] key) {
        return touching(space, Range.between(key, Arrays.copyOf(key, key.length + 1)));
    }

    private LogQuery with(Filter other) {
        return new LogQuery(of, without, symmetric, firstParent, order, other, after);
    }

    /// This, from other commits on; for implementations.
    public LogQuery from(List<CommitId> heads, List<CommitId> excluded, Optional<CommitId> last) {
        return new LogQuery(texts(heads), texts(excluded), false, firstParent, order, filter, last);
    }

    /// What follows a page of this log; see [CommitPage#token].
    ///
    /// @throws DatabaseException.Incorrect when the token is none
    public LogQuery resume(String token) {
        String[] parts = token.split("\\^", -1);
        try {
            if (parts.length != 3) {
                throw new IllegalArgumentException("A token has three parts");
            }
            List<CommitId> last = ids(parts[2]);
            return from(ids(parts[0]), ids(parts[1]), last.stream().findFirst());
        } catch (IllegalArgumentException malformed) {
            throw new DatabaseException.Incorrect(
                    ErrorCode.INVALID_TOKEN,
                    "'" + token + "' is no place to go on from: take it from the page before, or start again",
                    malformed);
        }
    }

    String token() {
        return String.join(",", of) + "^" + String.join(",", without) + "^"
                + after.map(CommitId::hex).orElse("");
    }

    private static List<CommitId> ids(String joined) {
        return joined.isEmpty()
                ? List.of()
                : Arrays.stream(joined.split(",", -1)).map(CommitId::new).toList();
    }

    private static List<String> texts(List<CommitId> ids) {
        return ids.stream().map(CommitId::hex).toList();
    }
}
