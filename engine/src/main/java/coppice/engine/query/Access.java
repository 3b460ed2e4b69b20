package coppice.engine.query;

import coppice.api.KeyPattern;
import coppice.api.Range;
import coppice.engine.query.IndexMatch.InOrder;
import coppice.engine.query.Question.Order;
import coppice.engine.state.SpaceState;
import coppice.expression.Expression;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A way to get at rows, among which are all that count.
sealed interface Access {
    /// How many rows it gives, about.
    double rows();

    /// What it costs to get a part of them, in rows read one after another.
    double cost(double part);

    /// Whether rows come in the order of the answer.
    boolean isInOrder();

    /// What they come in the order of, where that is a part of the order of the answer.
    default Optional<Ties> ties() {
        return Optional.empty();
    }

    /// How many rows tie, about, where there are ties.
    default double tied() {
        return 0;
    }

    /// The conditions that are true of all of them.
    Set<Expression> met();

    /// What comes with rows without reading their documents.
    Coverage coverage();

    /// Whether documents come with rows.
    boolean hasDocuments();

    /// What gives the rows.
    ///
    /// @param after a place to go on behind; only for those that come in order, or where there are ties: then the
    ///     rows that tie with the place come as well
    Step step(Optional<Place> after);

    /// All rows of ranges of keys.
    ///
    /// @param ranges in the order of the answer where rows are to come in it, each in its direction
    record Scan(Question question, SpaceState state, List<Range> ranges, boolean isInOrder, String name, double rows)
            implements Access {
        @Override
        public double cost(double part) {
            return rows * part;
        }

        @Override
        public Set<Expression> met() {
            return Set.of();
        }

        @Override
        public Coverage coverage() {
            return Coverage.NONE;
        }

        @Override
        public boolean hasDocuments() {
            return true;
        }

        @Override
        public Step step(Optional<Place> after) {
            List<Range> left = after.map(place -> rest(place.key())).orElse(ranges);
            return new ScanStep(state, left, question.keys(), name, rows);
        }

        /// What of the ranges comes behind a key: of those before it nothing is left.
        private List<Range> rest(byte[] key) {
            return ranges.stream()
                    .map(range -> isBehind(range, key) ? range : range.after(key))
                    .toList();
        }

        private static boolean isBehind(Range range, byte[] key) {
            return range.isReversed()
                    ? range.upper().isPresent()
                            && Arrays.compareUnsigned(range.upper().get(), key) <= 0
                    : Arrays.compareUnsigned(range.lower(), key) > 0;
        }
    }

    /// The rows of entries of an index.
    ///
    /// @param order how they come in the order of the answer, if they do
    record ByIndex(Question question, SpaceState state, IndexMatch match, Optional<InOrder> order, double rows)
            implements Access {
        @Override
        public Coverage coverage() {
            return match.index().coverage();
        }

        @Override
        public double cost(double part) {
            return Cost.SEEK * Math.min(match.ranges().size(), 1 + rows * part) + Cost.ENTRY * rows * part;
        }

        @Override
        public boolean isInOrder() {
            return order.map(InOrder::isWhole).orElse(false);
        }

        @Override
        public Optional<Ties> ties() {
            return order.filter(how -> !how.isWhole()).map(match::ties);
        }

        @Override
        public double tied() {
            return order.filter(how -> !how.isWhole()).map(match::firstTied).orElse(0.0);
        }

        @Override
        public Set<Expression> met() {
            return match.met();
        }

        @Override
        public boolean hasDocuments() {
            return false;
        }

        @Override
        public Step step(Optional<Place> after) {
            List<Order> asked = question.effectiveOrder();
            boolean isDown = order.map(InOrder::isDown).orElse(question.isReversed());
            boolean isKeyDown = ties().isPresent() ? isDown : question.isReversed();
            Optional<EntryStep.Entry> place = after.map(at -> new EntryStep.Entry(
                    match.sortKey(at, asked, order.orElseThrow()),
                    isInOrder() ? Optional.of(at.key()) : Optional.empty()));
            KeyPattern keys = question.keys().equals(KeyPattern.all()) ? null : question.keys();
            return new EntryStep(state, match, keys, isDown, isKeyDown, place, rows);
        }
    }

    /// The keys that indexes have in common, or together; each once, in the order of keys.
    record ByKeys(
            Question question,
            SpaceState state,
            KeysStep.Kind kind,
            List<Access> inputs,
            boolean isInOrder,
            Set<Expression> met,
            double rows)
            implements Access {
        @Override
        public double cost(double part) {
            return inputs.stream()
                    .mapToDouble(input -> input.cost(1) + input.rows() * Cost.SORT)
                    .sum();
        }

        @Override
        public Coverage coverage() {
            return Coverage.NONE;
        }

        @Override
        public boolean hasDocuments() {
            return false;
        }

        @Override
        public Step step(Optional<Place> after) {
            List<Step> steps =
                    inputs.stream().map(input -> input.step(Optional.empty())).toList();
            Step keys = new KeysStep(state, kind, steps, question.isReversed(), rows);
            return after.isPresent()
                    ? new AfterStep(keys, Ordering.ofKeys(question), after.get().ofKey())
                    : keys;
        }
    }
}
