package coppice.expression;

import static java.nio.charset.StandardCharsets.UTF_8;

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
import coppice.expression.Expression.Item;
import coppice.expression.Expression.Like;
import coppice.expression.Expression.Member;
import coppice.expression.Expression.Negate;
import coppice.expression.Expression.Not;
import coppice.expression.Expression.Or;
import coppice.expression.Expression.Path;
import coppice.expression.Expression.RowKey;
import coppice.expression.Expression.Step;
import coppice.expression.Expression.When;
import coppice.testing.property.Choices;
import coppice.testing.property.Gen;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Values, expressions and documents of all kinds, from so few names that they often meet.
final class Samples {
    private static final List<String> NAMES = List.of("a", "b", "c\"\\", "é🚀");
    private static final List<String> LETTERS = List.of("a", "b", "%", "_", "é", "🚀", "\"", "\\", "\n", "\0", "'");
    private static final List<BigDecimal> NUMBERS = List.of(
            BigDecimal.ZERO,
            BigDecimal.ONE,
            new BigDecimal("-1"),
            new BigDecimal("2.5"),
            new BigDecimal("-0.001"),
            new BigDecimal("9223372036854775807"),
            new BigDecimal("-9223372036854775808"),
            new BigDecimal("1E+40"),
            new BigDecimal("-1E-999999999"));

    private Samples() {}

    static Gen<Value> values() {
        return choices -> value(choices, 3);
    }

    static Gen<Expression> expressions() {
        return choices -> expression(choices, 3);
    }

    private static boolean flip(Choices choices) {
        return choices.upTo(1) == 1;
    }

    private static <T> T one(Choices choices, List<T> of) {
        return of.get((int) choices.upTo(of.size() - 1));
    }

    private static String text(Choices choices) {
        StringBuilder text = new StringBuilder();
        for (long left = choices.upTo(4); left > 0; left--) {
            text.append(one(choices, LETTERS));
        }
        return text.toString();
    }

    static Value value(Choices choices, int depth) {
        return switch ((int) choices.upTo(depth > 0 ? 7 : 4)) {
            case 0 -> Value.Null.VALUE;
            case 1 -> Value.of(flip(choices));
            case 2 -> Value.of(choices.skewed(1000) - 500);
            case 3 -> Value.of(one(choices, NUMBERS));
            case 4 -> Value.of(text(choices));
            case 5 -> {
                List<Value> items = new ArrayList<>();
                for (long left = choices.upTo(3); left > 0; left--) {
                    items.add(value(choices, depth - 1));
                }
                yield new Value.Arr(items);
            }
            default -> {
                Map<Text, Value> members = new TreeMap<>();
                for (long left = choices.upTo(3); left > 0; left--) {
                    members.put(Text.of(one(choices, NAMES)), value(choices, depth - 1));
                }
                yield new Value.Obj(new TreeMap<>(members));
            }
        };
    }

    private static Path path(Choices choices) {
        List<Step> steps = new ArrayList<>();
        for (long left = choices.upTo(3); left > 0; left--) {
            steps.add(choices.upTo(3) > 0 ? new Member(one(choices, NAMES)) : new Item((int) choices.upTo(3)));
        }
        return new Path(steps);
    }

    private static Expression expression(Choices choices, int depth) {
        if (depth == 0 || choices.upTo(4) == 0) {
            return switch ((int) choices.upTo(4)) {
                case 0, 1, 2 -> path(choices);
                case 3 -> new Constant(value(choices, 1));
                default -> new RowKey();
            };
        }
        Expression first = expression(choices, depth - 1);
        return switch ((int) choices.upTo(13)) {
            case 0 -> new And(List.of(first, expression(choices, depth - 1), expression(choices, depth - 1)));
            case 1 -> new Or(List.of(first, expression(choices, depth - 1)));
            case 2 -> new Not(first);
            case 3, 4 -> new Compare(one(choices, List.of(Comparison.values())), first, expression(choices, depth - 1));
            case 5 -> new Between(first, expression(choices, depth - 1), expression(choices, depth - 1));
            case 6 -> new In(first, List.of(expression(choices, depth - 1), expression(choices, depth - 1)));
            case 7 ->
                like(
                        first,
                        flip(choices) ? new Constant(Value.of(text(choices))) : expression(choices, depth - 1),
                        flip(choices) ? "" : one(choices, LETTERS));
            case 8 -> new Contains(first, expression(choices, depth - 1));
            case 9 -> flip(choices) ? new IsNull(first) : new IsMissing(path(choices));
            case 10 ->
                flip(choices)
                        ? new Negate(first)
                        : new Binary(one(choices, List.of(Operator.values())), first, expression(choices, depth - 1));
            case 11 ->
                new Case(List.of(new When(first, expression(choices, depth - 1))), expression(choices, depth - 1));
            case 12 -> new Cast(first, one(choices, List.of(Type.BOOLEAN, Type.NUMBER, Type.TEXT)));
            default -> {
                Function function = one(choices, List.of(Function.values()));
                List<Expression> arguments = new ArrayList<>(List.of(first));
                while (!function.takes(arguments.size())) {
                    arguments.add(expression(choices, depth - 1));
                }
                yield new Call(function, arguments);
            }
        };
    }

    /// With the escape only where the pattern may have it.
    private static Like like(Expression subject, Expression pattern, String escape) {
        boolean isWrong = pattern instanceof Constant(Value value)
                && value instanceof Text text
                && LikePattern.of(text, escape).isEmpty();
        return new Like(subject, pattern, isWrong ? "" : escape);
    }

    /// Conditions of a path and constants, some of them joined.
    static Gen<Expression> conditions() {
        return choices -> {
            Expression operand = choices.upTo(3) > 0 ? path(choices) : new Call(Function.LOWER, List.of(path(choices)));
            Expression first = condition(choices, operand);
            return switch ((int) choices.upTo(3)) {
                case 0 -> new And(List.of(first, condition(choices, operand)));
                case 1 -> new Or(List.of(first, condition(choices, operand)));
                default -> first;
            };
        };
    }

    private static Expression condition(Choices choices, Expression operand) {
        Constant one = new Constant(value(choices, 1));
        Constant other = new Constant(value(choices, 1));
        return switch ((int) choices.upTo(7)) {
            case 0 -> new Compare(one(choices, List.of(Comparison.values())), operand, one);
            case 1 -> new Compare(one(choices, List.of(Comparison.values())), one, operand);
            case 2 -> new Between(operand, one, other);
            case 3 -> new In(operand, List.of(one, other, new Constant(value(choices, 0))));
            case 4 -> like(operand, new Constant(Value.of(text(choices))), flip(choices) ? "" : one(choices, LETTERS));
            case 5 -> new Contains(operand, one);
            case 6 -> flip(choices) ? new IsNull(operand) : new Not(new IsNull(operand));
            default -> new Not(new Compare(one(choices, List.of(Comparison.values())), operand, one));
        };
    }

    /// A document as it may stand in a row: any spaces, any escapes, members that come again.
    record Document(Value value, String text) {
        byte[] bytes() {
            return text.getBytes(UTF_8);
        }
    }

    static Gen<Document> documents() {
        return choices -> {
            Value value = value(choices, 3);
            StringBuilder text = new StringBuilder();
            write(choices, value, text);
            return new Document(value, text.toString());
        };
    }

    private static void space(Choices choices, StringBuilder out) {
        out.append(one(choices, List.of("", "", "", "", " ", "\n\t", "\r")));
    }

    private static void write(Choices choices, Value value, StringBuilder out) {
        space(choices, out);
        switch (value) {
            case Text text -> quote(choices, text.toString(), out);
            case Value.Arr(List<Value> items) -> {
                out.append('[');
                String comma = "";
                for (Value item : items) {
                    out.append(comma);
                    write(choices, item, out);
                    comma = ",";
                }
                space(choices, out);
                out.append(']');
            }
            case Value.Obj object -> {
                out.append('{');
                String comma = "";
                for (Map.Entry<Text, Value> member : object.members().entrySet()) {
                    for (boolean isLast = false; !isLast; comma = ",") {
                        isLast = choices.upTo(5) > 0;
                        out.append(comma);
                        space(choices, out);
                        quote(choices, member.getKey().toString(), out);
                        space(choices, out);
                        out.append(':');
                        write(choices, isLast ? member.getValue() : value(choices, 2), out);
                    }
                }
                space(choices, out);
                out.append('}');
            }
            case Num number
            when number.decimal().scale() > -50 && number.decimal().scale() < 50 && flip(choices) ->
                out.append(number.decimal().setScale(50).toPlainString()).append("E+0");
            default -> out.append(value.json().text());
        }
        space(choices, out);
    }

    private static void quote(Choices choices, String text, StringBuilder out) {
        out.append('"');
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            boolean isPair = Character.isSurrogate(c);
            if (!isPair && (c < ' ' || c == '"' || c == '\\' || choices.upTo(4) == 0)) {
                out.append(String.format("\\u%04x", (int) c));
            } else if (isPair && choices.upTo(1) == 0) {
                out.append(String.format("\\u%04X\\u%04x", (int) c, (int) text.charAt(++at)));
            } else {
                out.append(c);
                out.append(isPair ? String.valueOf(text.charAt(++at)) : "");
            }
        }
        out.append('"');
    }
}
