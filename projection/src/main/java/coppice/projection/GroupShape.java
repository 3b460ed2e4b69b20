package coppice.projection;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.projection.ProjectionDefinition.Function;
import coppice.api.projection.ProjectionDefinition.Groups;
import coppice.api.projection.ProjectionDefinition.Measure;
import coppice.api.projection.ProjectionDefinition.Named;
import coppice.expression.Expression;
import coppice.expression.JointEvaluator;
import coppice.expression.Num;
import coppice.expression.Value;
import coppice.json.Json;
import coppice.json.JsonReader;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/// Rows in groups, of which something is measured. Immutable; for any number of threads.
///
/// What groups amount to is gathered in entries that add up: rows give [#entries], which are added to those that
/// are there, or taken away with [Tally#negated]. Each group has an entry of its own, of which [#token] names the
/// group, and for [Function#MIN], [Function#MAX] and [Function#COUNT_DISTINCT] one for each different value.
/// [#document] is what a group looks like. `docs/format/projection.md` has the keys.
public final class GroupShape implements Shape {
    /// What the tokens of groups begin with that are named by a digest, and no others.
    public static final byte DIGEST = GroupToken.DIGEST;

    /// The most measures; the number of one is a byte.
    private static final int MEASURES = 255;

    /// Numbers whose first digit is further from the point are not added up: the sum could not be kept exact.
    private static final int EXPONENT = 1_000;

    private final List<NamedExpression> by;
    private final List<GroupMeasure> measures;
    private final Optional<Expression> filter;
    private final JointEvaluator evaluator;

    private GroupShape(List<NamedExpression> by, List<GroupMeasure> measures, Optional<Expression> filter) {
        this.by = List.copyOf(by);
        this.measures = List.copyOf(measures);
        this.filter = filter;
        List<Expression> all = new ArrayList<>();
        by.forEach(member -> all.add(member.expression()));
        measures.forEach(measure -> measure.expression().ifPresent(all::add));
        filter.ifPresent(all::add);
        this.evaluator = JointEvaluator.of(all);
    }

    static GroupShape of(Expressions expressions, Groups groups, Optional<Expression> filter) {
        List<String> names =
                new ArrayList<>(groups.by().stream().map(Named::name).toList());
        groups.measures().forEach(measure -> names.add(measure.name()));
        if (names.isEmpty()) {
            throw expressions.wrong("the groups", "they have nothing in common and no measure: give them one");
        }
        if (groups.measures().size() > MEASURES) {
            throw expressions.wrong("the groups", "they have more than 255 measures: divide them");
        }
        expressions.distinct("member", names);
        List<GroupMeasure> measures = new ArrayList<>();
        for (Measure measure : groups.measures()) {
            String place = "measure '" + measure.name() + "'";
            boolean isOfRows = measure.expression().isBlank();
            if (isOfRows && measure.function() != Function.COUNT) {
                throw expressions.wrong(place, measure.function() + " is about values: say of which expression");
            }
            measures.add(new GroupMeasure(
                    measure.name(),
                    measure.function(),
                    isOfRows ? Optional.empty() : Optional.of(expressions.read(place, measure.expression()))));
        }
        return new GroupShape(expressions.named("group member", groups.by()), measures, filter);
    }

    /// What all rows of a group have in common.
    public List<NamedExpression> by() {
        return by;
    }

    /// What is measured of a group.
    List<GroupMeasure> measures() {
        return measures;
    }

    /// The condition on which rows count, about the documents of the source.
    Optional<Expression> filter() {
        return filter;
    }

    /// Tells of what a row adds to the entries: none where the filter is not true. Costs one pass over the
    /// document.
    ///
    /// @param sink takes keys of entries, and what is added to each
    public void entries(byte[] key, byte[] document, BiConsumer<byte[], Tally> sink) {
        JointEvaluator.Values values = evaluator.values(key, document);
        int number = by.size();
        List<Value> found = new ArrayList<>(measures.size());
        for (GroupMeasure measure : measures) {
            found.add(measure.expression().isPresent() ? values.value(number++) : Value.Null.VALUE);
        }
        if (filter.isPresent() && !values.holds(number)) {
            return;
        }
        byte[] sortKey = GroupToken.sortKey(values.first(by.size()));
        byte[] token = GroupToken.of(sortKey);
        List<Tally.Sum> sums = new ArrayList<>();
        for (int i = 0; i < measures.size(); i++) {
            if (measures.get(i).isSummed()) {
                sums.add(sum(measures.get(i).function(), found.get(i)));
            } else if (found.get(i) != Value.Null.VALUE) {
                byte[] value = ValueEntries.sortKey(found.get(i));
                sink.accept(
                        ValueEntries.key(ValueEntries.prefix(token, i), value),
                        new Tally(1, List.of(), ValueEntries.kept(value)));
            }
        }
        sink.accept(key(token), new Tally(1, sums, GroupToken.kept(sortKey)));
    }

    private static Tally.Sum sum(Function function, Value value) {
        if (function == Function.COUNT) {
            return value == Value.Null.VALUE ? Tally.Sum.ZERO : new Tally.Sum(1, BigDecimal.ZERO, 0);
        }
        if (!(value instanceof Num number)) {
            return Tally.Sum.ZERO;
        }
        return Math.abs(number.exponent()) > EXPONENT
                ? new Tally.Sum(1, BigDecimal.ZERO, 1)
                : new Tally.Sum(1, number.decimal(), 0);
    }

    /// The token of the group that an entry is about: the key of its row, in a form that sorts but for long ones.
    ///
    /// @throws IllegalArgumentException when the key is of no entry of these groups
    public byte[] token(byte[] entryKey) {
        return GroupToken.in(entryKey, by.size());
    }

    /// The sort keys of what the rows of a group have in common.
    ///
    /// @param document what [#document] gives
    public byte[] sortKey(byte[] token, byte[] document) {
        if (!GroupToken.isDigest(token)) {
            return token;
        }
        Json.Obj members = (Json.Obj) JsonReader.parse(document);
        return GroupToken.sortKey(by.stream()
                .map(member -> Value.of(members.members().getOrDefault(member.name(), Json.Null.VALUE)))
                .toList());
    }

    /// The key of the entry of a group, which is there as long as it has rows.
    public byte[] key(byte[] token) {
        return Arrays.copyOf(token, token.length + 1);
    }

    /// What a group looks like: a JSON object of what its rows have in common, and of the measures.
    ///
    /// @param tally its entry
    /// @param all the entries of all groups, looked into for what needs the values themselves
    /// @throws IllegalArgumentException when the entries are not those of these groups
    public byte[] document(byte[] token, Tally tally, GroupValues all) {
        Map<String, Json> members = new LinkedHashMap<>();
        byte[] sortKey = GroupToken.isDigest(token) ? tally.sortKey() : token;
        List<Value> common = GroupToken.values(sortKey, by.size());
        for (int i = 0; i < by.size(); i++) {
            members.put(by.get(i).name(), common.get(i).json());
        }
        if (tally.sums().size()
                != measures.stream().filter(GroupMeasure::isSummed).count()) {
            throw new IllegalArgumentException("A tally of " + tally.sums().size() + " sums is not of these groups");
        }
        Iterator<Tally.Sum> sums = tally.sums().iterator();
        for (int i = 0; i < measures.size(); i++) {
            GroupMeasure measure = measures.get(i);
            Value value = measure.isSummed()
                    ? summed(measure.function(), sums.next())
                    : ofValues(measure, tally, new ValueEntries(all, ValueEntries.prefix(token, i)));
            members.put(measure.name(), value.json());
        }
        return new Json.Obj(members).text().getBytes(UTF_8);
    }

    private static Value summed(Function function, Tally.Sum sum) {
        if (function == Function.COUNT) {
            return Value.of(sum.values());
        }
        if (sum.values() == 0 || sum.beyond() > 0) {
            return Value.Null.VALUE;
        }
        return Num.tryOf(
                function == Function.SUM
                        ? sum.total()
                        : sum.total().divide(BigDecimal.valueOf(sum.values()), MathContext.DECIMAL128));
    }

    private static Value ofValues(GroupMeasure measure, Tally tally, ValueEntries values) {
        return switch (measure.function()) {
            case COUNT -> Value.of(tally.rows());
            case COUNT_DISTINCT -> Value.of(values.count());
            case MIN -> values.least();
            case MAX -> values.greatest();
            case SUM, AVG -> throw new AssertionError(measure);
        };
    }
}
