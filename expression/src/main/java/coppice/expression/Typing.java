package coppice.expression;

import coppice.expression.Expression.And;
import coppice.expression.Expression.Between;
import coppice.expression.Expression.Binary;
import coppice.expression.Expression.Call;
import coppice.expression.Expression.Case;
import coppice.expression.Expression.Cast;
import coppice.expression.Expression.Compare;
import coppice.expression.Expression.Constant;
import coppice.expression.Expression.Contains;
import coppice.expression.Expression.In;
import coppice.expression.Expression.IsMissing;
import coppice.expression.Expression.IsNull;
import coppice.expression.Expression.Like;
import coppice.expression.Expression.Member;
import coppice.expression.Expression.Negate;
import coppice.expression.Expression.Not;
import coppice.expression.Expression.Or;
import coppice.expression.Expression.Parameter;
import coppice.expression.Expression.Path;
import coppice.expression.Expression.RowKey;
import coppice.expression.Expression.When;
import java.util.Collections;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Finds out what types parts of an expression can have, and refuses what can only be NULL or FALSE because of
/// them.
final class Typing {
    private static final Set<Type> BOOLEAN = EnumSet.of(Type.BOOLEAN);
    private static final Set<Type> NUMBER = EnumSet.of(Type.NUMBER);
    private static final Set<Type> TEXT = EnumSet.of(Type.TEXT);
    private static final Set<Type> ARRAY = EnumSet.of(Type.ARRAY);
    private static final Set<Type> SCALAR = EnumSet.of(Type.TEXT, Type.NUMBER, Type.BOOLEAN);
    private static final Set<Type> ANY = EnumSet.allOf(Type.class);
    private static final int SHOWN = 40;

    private final String text;
    private final IdentityHashMap<Expression, Integer> places;
    private final Declared declared;
    private final IdentityHashMap<Expression, Set<Type>> known = new IdentityHashMap<>();

    Typing(String text, IdentityHashMap<Expression, Integer> places, Declared declared) {
        this.text = text;
        this.places = places;
        this.declared = declared;
    }

    /// The types that the values of an expression can have besides NULL.
    Set<Type> types(Expression expression) {
        Set<Type> types = known.get(expression);
        if (types == null) {
            types = found(expression);
            known.put(expression, types);
        }
        return types;
    }

    private Set<Type> found(Expression expression) {
        return switch (expression) {
            case Constant(Value value) ->
                value.type().<Set<Type>>map(EnumSet::of).orElse(Set.of());
            case Path path -> path(path);
            case RowKey() -> TEXT;
            case Parameter _ -> ANY;
            case And(List<Expression> terms) -> logic("AND", terms);
            case Or(List<Expression> terms) -> logic("OR", terms);
            case Not(Expression operand) -> logic("NOT", List.of(operand));
            case Compare _, Between _, In _, Like _, Contains _, IsNull _ -> {
                predicate(expression);
                yield BOOLEAN;
            }
            case IsMissing(Path path) -> {
                types(path);
                yield BOOLEAN;
            }
            case Binary(Operator by, Expression left, Expression right) -> {
                boolean isText = by == Operator.CONCATENATE;
                want(by.sign(), isText ? SCALAR : NUMBER, left);
                want(by.sign(), isText ? SCALAR : NUMBER, right);
                yield isText ? TEXT : NUMBER;
            }
            case Negate(Expression operand) -> {
                want("-", NUMBER, operand);
                yield NUMBER;
            }
            case Case(List<When> branches, Expression otherwise) -> {
                Set<Type> all = EnumSet.noneOf(Type.class);
                for (When branch : branches) {
                    want("WHEN", BOOLEAN, branch.condition());
                    all.addAll(types(branch.result()));
                }
                all.addAll(types(otherwise));
                yield all;
            }
            case Cast(Expression operand, Type type) -> {
                want("CAST", SCALAR, operand);
                yield EnumSet.of(type);
            }
            case Call call -> call(call);
        };
    }

    private Set<Type> path(Path path) {
        Set<Type> types = declared.types(path);
        if (types.isEmpty()) {
            String last = path.steps().getLast() instanceof Member(String name) ? name : "";
            String meant = Names.nearest(last, declared.names(path))
                    .map(name ->
                            "did you mean " + Names.written(name, path.steps().size() == 1) + "?")
                    .orElse("use what the type declares, or declare it");
            throw wrong("no document can have " + shown(path) + ": " + meant, path);
        }
        return types;
    }

    private void predicate(Expression expression) {
        switch (expression) {
            case Compare(Comparison by, Expression left, Expression right) -> comparison(by.sign(), left, right);
            case Between(Expression subject, Expression low, Expression high) -> {
                comparison("BETWEEN", subject, low);
                comparison("BETWEEN", subject, high);
            }
            case In(Expression subject, List<Expression> options) ->
                options.forEach(option -> comparison("IN", subject, option));
            case Like(Expression subject, Expression pattern, String _) -> {
                want("LIKE", TEXT, subject);
                want("LIKE", TEXT, pattern);
            }
            case Contains(Expression array, Expression item) -> {
                want("CONTAINS", ARRAY, array);
                types(item);
            }
            case IsNull(Expression operand) -> types(operand);
            default -> throw new AssertionError(expression.getClass());
        }
    }

    private Set<Type> logic(String by, List<Expression> terms) {
        terms.forEach(term -> want(by, BOOLEAN, term));
        return BOOLEAN;
    }

    private Set<Type> call(Call call) {
        Set<Type> all = EnumSet.noneOf(Type.class);
        for (int i = 0; i < call.arguments().size(); i++) {
            want(
                    call.function().text(),
                    call.function().signature().parameter(i),
                    call.arguments().get(i));
            all.addAll(types(call.arguments().get(i)));
        }
        return switch (call.function()) {
            case COALESCE, NULLIF, LEAST, GREATEST -> all;
            default -> call.function().signature().result();
        };
    }

    private void comparison(String by, Expression left, Expression right) {
        Set<Type> first = types(left);
        Set<Type> second = types(right);
        if (!first.isEmpty() && !second.isEmpty() && Collections.disjoint(first, second)) {
            throw wrong(
                    by + " compares values of one type, and " + shown(left) + " is " + nouns(first) + ", "
                            + shown(right) + " " + nouns(second) + ": compare it with " + nouns(first)
                            + ", or convert one with CAST",
                    right);
        }
    }

    /// Refuses a part that is of no type that is wanted.
    void want(String by, Set<Type> wanted, Expression part) {
        Set<Type> types = types(part);
        if (!types.isEmpty() && Collections.disjoint(types, wanted)) {
            throw wrong(
                    by + " takes " + nouns(wanted) + ", and " + shown(part) + " is " + nouns(types)
                            + ": give it another operand, or convert this one with CAST",
                    part);
        }
    }

    private static String nouns(Set<Type> types) {
        return types.stream().sorted().map(Type::noun).collect(Collectors.joining(" or "));
    }

    private static String shown(Expression part) {
        String shown = part.toString();
        return shown.length() > SHOWN ? shown.substring(0, SHOWN) + "..." : shown;
    }

    private ExpressionException wrong(String problem, Expression part) {
        return new ExpressionException(problem, text, places.getOrDefault(part, 0));
    }
}
