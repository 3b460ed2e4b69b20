package coppice.structure.collection;

import coppice.api.query.Query;
import coppice.structure.ground.Filter;
import coppice.structure.ground.ReadGround;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// What documents that are searched for must meet: all of some expressions.
record Conditions(List<UnaryOperator<Query>> all) {
    /// Where they leave less than one in so many, those that an index finds are all that is looked at.
    private static final int FEW = 20;

    static final Conditions NONE = new Conditions(List.of());

    /// With one more.
    ///
    /// @param query of the collection, which says at once what is wrong
    Conditions with(Query query, String expression, @Nullable Object... values) {
        query.where(expression, values);
        List<UnaryOperator<Query>> more = new ArrayList<>(all);
        more.add(one -> one.where(expression, values));
        return new Conditions(List.copyOf(more));
    }

    /// Which rows of a space of a ground meet them; nothing when all do.
    Optional<Filter> filter(ReadGround ground, String space) {
        if (all.isEmpty()) {
            return Optional.empty();
        }
        Query query = ground.query(space);
        for (UnaryOperator<Query> condition : all) {
            query = condition.apply(query);
        }
        return Optional.of(ground.filter(query));
    }

    /// The keys of those that meet them, where an index finds these and they are few.
    ///
    /// @param all how many documents there are
    static Optional<List<byte[]>> few(Filter filter, long all) {
        return filter.found(all / FEW);
    }
}
