package coppice.engine.query;

import coppice.api.Range;
import coppice.engine.query.Conditions.About;
import coppice.engine.query.Question.Order;
import coppice.engine.state.SpaceState;
import coppice.expression.Direction;
import coppice.expression.Expression;
import coppice.expression.Expression.Constant;
import coppice.expression.KeyRange;
import coppice.expression.SortKeyReader;
import coppice.expression.SortKeyWriter;
import coppice.expression.Value;
import coppice.projection.IndexColumn;
import coppice.projection.IndexEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// How an index serves conditions: all rows for which they are true have entries in ranges of it. Immutable.
///
/// @param state the entries
/// @param ranges in order and disjoint
/// @param fixed how many of the first columns have one value each
/// @param mayRepeat whether a row may have several entries in the ranges
/// @param of the conditions that the ranges come from
/// @param counted the conditions of which the number of entries tells how many rows they leave
/// @param met the conditions that are true of all rows with entries there
/// @param hasLong whether the index has long entries
/// @param few the entries, where they are few
/// @param estimate about how many entries there are
record IndexMatch(
        IndexTraits index,
        SpaceState state,
        List<KeyRange> ranges,
        int fixed,
        boolean mayRepeat,
        Set<Expression> of,
        Set<Expression> counted,
        Set<Expression> met,
        boolean hasLong,
        Optional<Entries> few,
        double estimate) {
    /// How many ranges are worth it.
    private static final int RANGES = 10_000;

    /// How an index gives the order that is asked for.
    ///
    /// @param isDown whether from its end
    /// @param terms for the columns after the fixed ones, as far as they go, which of the question's each is
    /// @param isWhole whether that is all of the order, keys too; else there are ties
    record InOrder(boolean isDown, List<Integer> terms, boolean isWhole) {}

    /// What is asked about an index before it is looked at.
    interface Looks {
        /// Whether it may help although no condition says anything about it.
        boolean servesOtherwise(IndexTraits index);

        /// Whether its entries are there soon enough.
        boolean isReady(OrderedIndex index);
    }

    /// How an index serves; nothing when rows for which the conditions are true may not be in it.
    static Optional<IndexMatch> of(OrderedIndex index, Conditions conditions, Looks looks) {
        IndexTraits traits = index.traits();
        for (Condition condition : traits.filter()) {
            if (!conditions.imply(condition)) {
                return Optional.empty();
            }
        }
        boolean isServing = !traits.filter().isEmpty()
                || conditions.about(traits.shape().columns().getFirst()) != null
                || looks.servesOtherwise(traits);
        Narrowing narrowing = new Narrowing(traits.shape().columns());
        if (!isServing || narrowing.leavesEach(conditions) || !looks.isReady(index)) {
            return Optional.empty();
        }
        Set<Expression> counted = new LinkedHashSet<>(narrowing.of);
        for (Condition condition : traits.filter()) {
            narrowing.met.add(condition.expression());
            counted.addAll(conditions.implying(condition));
        }
        SpaceState state = index.entries().get();
        List<KeyRange> ranges = narrowing.ranges();
        boolean hasLong = Entries.hasLong(state);
        Optional<Entries> few = narrowing.isPoint() && !hasLong
                ? Entries.few(state, traits.shape(), ranges.getFirst())
                : Optional.empty();
        double estimate =
                few.isPresent() ? few.get().count() : (hasLong ? Entries.longOnes(state) : 0) + estimate(state, ranges);
        return Optional.of(new IndexMatch(
                traits,
                state,
                ranges,
                narrowing.fixed,
                narrowing.mayRepeat,
                narrowing.of,
                counted,
                narrowing.met,
                hasLong,
                few,
                estimate));
    }

    private static double estimate(SpaceState state, List<KeyRange> ranges) {
        double all = 0;
        for (KeyRange range : ranges) {
            all += state.estimate(Range.between(range.from(), range.to()));
        }
        return all;
    }

    /// Goes along the columns as far as conditions say something about each.
    private static final class Narrowing {
        private final List<IndexColumn> columns;
        private final Set<Expression> of = new LinkedHashSet<>();
        private final Set<Expression> met = new LinkedHashSet<>();
        private List<byte[]> prefixes = List.of(new byte[0]);
        private List<KeyRange> ranges = List.of();
        private int fixed;
        private int used;
        private boolean isOpen = true;
        private boolean mayRepeat;

        Narrowing(List<IndexColumn> columns) {
            this.columns = columns;
        }

        private void narrow(Conditions conditions) {
            while (isOpen && used < columns.size()) {
                IndexColumn column = columns.get(used);
                About about = conditions.about(column);
                if (about == null || (long) about.ranges().size() * prefixes.size() > RANGES) {
                    return;
                }
                of.addAll(about.of());
                met.addAll(about.exact());
                fixed += about.isOneValue() && fixed == used ? 1 : 0;
                mayRepeat |= column.isEach() && !about.isOneValue();
                used++;
                isOpen = about.isOfValues();
                add(about.ranges(), column.direction());
            }
        }

        private void add(List<KeyRange> next, Direction direction) {
            List<byte[]> longer = new ArrayList<>();
            List<KeyRange> last = new ArrayList<>();
            for (byte[] prefix : prefixes) {
                for (KeyRange range : next) {
                    if (isOpen) {
                        longer.add(Entries.joined(prefix, directed(range.from(), direction)));
                    } else {
                        KeyRange directed = direction == Direction.DESCENDING ? range.descending() : range;
                        last.add(new KeyRange(
                                Entries.joined(prefix, directed.from()), Entries.joined(prefix, directed.to())));
                    }
                }
            }
            prefixes = longer;
            ranges = last;
        }

        private static byte[] directed(byte[] sortKey, Direction direction) {
            byte[] directed = sortKey.clone();
            for (int i = 0; direction == Direction.DESCENDING && i < directed.length; i++) {
                directed[i] = (byte) ~directed[i];
            }
            return directed;
        }

        /// Goes along the columns. Says whether rows may be missing then as they have no item.
        boolean leavesEach(Conditions conditions) {
            narrow(conditions);
            for (int column = used; column < columns.size(); column++) {
                if (columns.get(column).isEach()) {
                    return true;
                }
            }
            return false;
        }

        /// Whether one value is sought, of one column or of several.
        boolean isPoint() {
            return used > 0 && isOpen && prefixes.size() == 1;
        }

        List<KeyRange> ranges() {
            if (used == 0) {
                return Entries.everything();
            }
            if (isPoint()) {
                return List.of(KeyRange.beginningWith(prefixes.getFirst()));
            }
            List<KeyRange> all =
                    isOpen ? prefixes.stream().map(KeyRange::beginningWith).toList() : ranges;
            return all.stream()
                    .sorted(Comparator.comparing(KeyRange::from, Arrays::compareUnsigned))
                    .toList();
        }
    }

    Entries entries() {
        return few.orElseGet(() -> Entries.of(state, index.shape(), ranges, hasLong));
    }

    /// How the entries come in the order that is asked for, or in that of the first of its terms, if they do.
    ///
    /// @param isKeyDown whether rows of equal order come from the highest key
    Optional<InOrder> inOrder(List<Order> order, Conditions conditions, boolean isKeyDown) {
        List<IndexColumn> columns = index.shape().columns();
        List<Integer> terms = new ArrayList<>();
        Boolean isDown = null;
        int term = 0;
        for (; term < order.size(); term++) {
            Order one = order.get(term);
            if (isSettled(order, term, conditions)) {
                continue;
            }
            int column = fixed + terms.size();
            if (column == columns.size()
                    || columns.get(column).isEach()
                    || !columns.get(column).expression().equals(one.by())) {
                break;
            }
            boolean isOpposite = columns.get(column).direction() != one.direction();
            if (isDown != null && isDown != isOpposite) {
                break;
            }
            isDown = isOpposite;
            terms.add(term);
        }
        boolean isWhole = term == order.size() && fixed + terms.size() == columns.size();
        return mayRepeat || (!isWhole && terms.isEmpty())
                ? Optional.empty()
                : Optional.of(new InOrder(isDown == null ? isKeyDown : isDown, terms, isWhole));
    }

    /// What the rows come in the order of, where that is not all of it.
    Ties ties(InOrder order) {
        return new Ties(index.shape().columns().subList(0, fixed + order.terms().size()));
    }

    /// How many entries there are about that have the same values as the first.
    double firstTied(InOrder order) {
        IndexEntry first = entries().walk(order.isDown()).next();
        return first == null
                ? 0
                : estimate(state, List.of(KeyRange.beginningWith(ties(order).values(first.sortKey()))));
    }

    /// Whether a term orders nothing: all rows have the same value, or it came before.
    static boolean isSettled(List<Order> order, int term, Conditions conditions) {
        Expression by = order.get(term).by();
        return by instanceof Constant
                || conditions.fix(by)
                || order.subList(0, term).stream().anyMatch(other -> other.by().equals(by));
    }

    /// The values of the columns that have the order, at a place in the answer, as this index has them.
    byte[] sortKey(Place place, List<Order> order, InOrder how) {
        SortKeyReader reader = new SortKeyReader(place.order(), 0);
        List<Value> values =
                order.stream().map(one -> reader.next(one.direction())).toList();
        SortKeyWriter key = new SortKeyWriter();
        List<IndexColumn> columns = index.shape().columns();
        SortKeyReader first = new SortKeyReader(
                ranges.isEmpty() ? new byte[0] : ranges.getFirst().from(), 0);
        for (int i = 0; i < fixed + how.terms().size(); i++) {
            Direction direction = columns.get(i).direction();
            key.add(i < fixed ? first.next(direction) : values.get(how.terms().get(i - fixed)), direction);
        }
        return key.bytes();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(index.name());
        String between = " ";
        for (Expression condition : of) {
            text.append(between).append(condition instanceof Expression.Or ? "(" + condition + ")" : condition);
            between = " AND ";
        }
        return text.toString();
    }
}
