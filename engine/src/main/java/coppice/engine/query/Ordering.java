package coppice.engine.query;

import coppice.engine.query.Question.Order;
import coppice.expression.JointEvaluator;
import coppice.expression.SortKeyWriter;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// The order of an answer: by what it is ordered by, then by keys. Immutable.
final class Ordering implements Comparator<Found> {
    private final List<Order> order;
    private final boolean isKeyDescending;
    private final Sight values;

    Ordering(Question question, Coverage coverage) {
        this.order = question.effectiveOrder();
        this.isKeyDescending = question.isReversed();
        this.values = new Sight(order.stream().map(Order::by).toList(), coverage);
    }

    /// The order of keys alone.
    static Ordering ofKeys(Question question) {
        return new Ordering(question.order(List.of()), Coverage.NONE);
    }

    /// Works out what a row is ordered by, and keeps it there.
    Found ordered(Found found) {
        if (!order.isEmpty()) {
            JointEvaluator.Values of = values.of(found);
            SortKeyWriter key = new SortKeyWriter();
            for (int i = 0; i < order.size(); i++) {
                key.add(of.value(i), order.get(i).direction());
            }
            found.order(key.bytes());
        }
        return found;
    }

    @Override
    public int compare(Found one, Found other) {
        return compare(one, other.order(), other.key());
    }

    /// The order of a row and a place.
    int compare(Found found, byte[] sortKey, byte[] key) {
        int order = Arrays.compareUnsigned(found.order(), sortKey);
        if (order != 0) {
            return order;
        }
        int byKey = Arrays.compareUnsigned(found.key(), key);
        return isKeyDescending ? -byKey : byKey;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        order.forEach(one -> text.append(one).append(", "));
        return text.append("$key").append(isKeyDescending ? " DESC" : "").toString();
    }
}
