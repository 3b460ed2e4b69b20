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
import coppice.expression.Expression.Parameter;
import coppice.expression.Expression.Path;
import coppice.expression.Expression.RowKey;
import coppice.expression.Expression.Step;
import coppice.expression.Expression.When;
import coppice.json.JsonException;
import coppice.json.JsonReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/// Reads expressions by recursive descent, one method a rule of the grammar in `docs/guide/expressions.md`; never
/// goes back. One text each.
final class Parser {
    /// How deep parentheses, calls and their like may nest.
    static final int DEPTH = 100;

    /// How many operators that nest to the left a text may have.
    static final int OPERATORS = 500;

    private final String text;
    private final List<Token> tokens;
    private final IdentityHashMap<Expression, Integer> places = new IdentityHashMap<>();
    private int at;
    private int depth;
    private int operators;
    private int parameters;

    Parser(String text) {
        this.text = text;
        this.tokens = Lexer.tokens(text);
    }

    /// Where each node of the tree that was read begins; of binary operators, where their sign stands.
    IdentityHashMap<Expression, Integer> places() {
        return places;
    }

    Expression whole() {
        Expression whole = next();
        if (token().kind() != Token.Kind.END) {
            throw unexpected("an operator or the end");
        }
        return whole;
    }

    /// The expression that begins here, as far as it goes.
    Expression next() {
        operators = 0;
        return or();
    }

    private Expression or() {
        return chain("OR", this::and, Or::new);
    }

    private Expression and() {
        return chain("AND", this::not, And::new);
    }

    private Expression chain(String word, Supplier<Expression> part, Function<List<Expression>, Expression> join) {
        int from = token().from();
        Expression first = part.get();
        if (!token().isWord(word)) {
            return first;
        }
        List<Expression> terms = new ArrayList<>(List.of(first));
        while (takeWord(word)) {
            terms.add(part.get());
        }
        return placed(join.apply(terms), from);
    }

    private Expression not() {
        int from = token().from();
        if (!takeWord("NOT")) {
            return predicate();
        }
        return placed(new Not(nested(this::not)), from);
    }

    private Expression predicate() {
        Expression left = concatenation();
        int from = token().from();
        int start = at;
        Expression result = suffix(left);
        if (at > start) {
            placed(result, from);
            if (!(result instanceof Not) && isSuffix()) {
                throw unexpected("AND, OR or the end; put the first comparison in parentheses to compare its result");
            }
        }
        return result;
    }

    private boolean isSuffix() {
        Token token = token();
        return Arrays.stream(Comparison.values()).anyMatch(comparison -> token.is(comparison.sign()))
                || (token.kind() == Token.Kind.WORD
                        && List.of("IS", "BETWEEN", "IN", "LIKE", "CONTAINS").contains(token.upper()));
    }

    private Expression suffix(Expression left) {
        for (Comparison comparison : Comparison.values()) {
            if (takeSign(comparison.sign())) {
                return new Compare(comparison, left, concatenation());
            }
        }
        if (takeWord("IS")) {
            return is(left);
        }
        int from = token().from();
        boolean isNot = takeWord("NOT");
        int start = at;
        Expression result = matching(left);
        if (isNot && at == start) {
            throw unexpected("BETWEEN, IN, LIKE or CONTAINS after NOT");
        }
        return isNot ? new Not(placed(result, from)) : result;
    }

    private Expression matching(Expression left) {
        if (takeWord("BETWEEN")) {
            Expression low = concatenation();
            expectWord("AND");
            return new Between(left, low, concatenation());
        }
        if (takeWord("IN")) {
            expectSign("(");
            return new In(left, list());
        }
        if (takeWord("LIKE")) {
            return like(left);
        }
        return takeWord("CONTAINS") ? new Contains(left, concatenation()) : left;
    }

    private Expression like(Expression left) {
        int from = token().from();
        Expression pattern = concatenation();
        String escape = takeWord("ESCAPE") ? escape() : "";
        if (pattern instanceof Constant(Value constant)
                && constant instanceof Text text
                && LikePattern.of(text, escape).isEmpty()) {
            throw wrong(
                    "a LIKE pattern has at most 1,000 characters, and another one after each escape character", from);
        }
        return new Like(left, pattern, escape);
    }

    private Expression is(Expression left) {
        int from = token().from();
        boolean isNot = takeWord("NOT");
        Expression result;
        if (takeWord("MISSING")) {
            if (!(left instanceof Path path)) {
                throw wrong("only a path can be missing: write IS NULL", from);
            }
            result = new IsMissing(path);
        } else if (takeWord("NULL")) {
            result = new IsNull(left);
        } else {
            throw unexpected("NULL or MISSING (compare other values with =)");
        }
        return isNot ? new Not(placed(result, from)) : result;
    }

    private String escape() {
        Token token = token();
        String content = token.content();
        if (token.kind() != Token.Kind.STRING || content.codePointCount(0, content.length()) != 1) {
            throw unexpected("one character in quotes, such as '!'");
        }
        at++;
        return content;
    }

    private Expression concatenation() {
        return operators(this::sum, Operator.CONCATENATE);
    }

    private Expression sum() {
        return operators(this::product, Operator.PLUS, Operator.MINUS);
    }

    private Expression product() {
        return operators(this::unary, Operator.TIMES, Operator.DIVIDE, Operator.REMAINDER);
    }

    private Expression operators(Supplier<Expression> part, Operator... choice) {
        Expression left = part.get();
        while (true) {
            int from = token().from();
            Operator operator = null;
            for (Operator candidate : choice) {
                operator = token().is(candidate.sign()) ? candidate : operator;
            }
            if (operator == null) {
                return left;
            }
            if (++operators > OPERATORS) {
                throw wrong("an expression has at most 500 operators: divide it", from);
            }
            at++;
            left = placed(new Binary(operator, left, part.get()), from);
        }
    }

    private Expression unary() {
        int from = token().from();
        if (!takeSign("-")) {
            return primary();
        }
        if (token().kind() == Token.Kind.NUMBER) {
            Token number = tokens.get(at++);
            return placed(new Constant(number(number, "-")), from);
        }
        return placed(new Negate(nested(this::unary)), from);
    }

    private Expression primary() {
        Token token = tokens.get(at++);
        Expression result = switch (token.kind()) {
            case STRING -> new Constant(Value.of(token.content()));
            case NUMBER -> new Constant(number(token, ""));
            case PARAMETER -> new Parameter(token.content());
            case NAME -> path(new ArrayList<>(List.of(new Member(token.content()))));
            case SPECIAL -> special(token);
            case WORD -> word(token);
            case SIGN -> sign(token);
            case END -> throw unexpectedBefore("a value");
        };
        return token.is("(") ? result : placed(result, token.from());
    }

    private Value number(Token token, String sign) {
        if (Num.parse(sign + token.content()) instanceof Num number) {
            return number;
        }
        throw wrong("a number has at most 1,000 digits and an exponent of at most 9 digits", token.from());
    }

    private Expression special(Token token) {
        return switch (token.upper()) {
            case "KEY" -> new RowKey();
            case "VALUE" -> path(new ArrayList<>());
            default -> throw wrong("there is no $" + token.content() + ": write $key or $value", token.from());
        };
    }

    private Expression sign(Token token) {
        if (token.is("(")) {
            Expression inner = nested(this::or);
            expectSign(")");
            return inner;
        }
        if (token.is("?")) {
            if (token().kind() == Token.Kind.NUMBER && token().from() == token.to()) {
                Token number = tokens.get(at++);
                if (!number.content().matches("[1-9][0-9]{0,4}")) {
                    throw wrong("parameters are counted ?1, ?2 ... up to ?99999", token.from());
                }
                return new Parameter(number.content());
            }
            return new Parameter(Integer.toString(++parameters));
        }
        throw unexpectedBefore("a value");
    }

    private Expression word(Token token) {
        return switch (token.upper()) {
            case "NULL" -> new Constant(Value.Null.VALUE);
            case "TRUE", "FALSE" -> new Constant(Value.of(token.isWord("TRUE")));
            case "CASE" -> nested(this::cases);
            case "CAST" -> nested(this::cast);
            default -> {
                if (Names.isReserved(token.content())) {
                    throw unexpectedBefore("a value (to name a field so, write \"" + token.content() + "\")");
                }
                if (token.isWord("JSON") && token().kind() == Token.Kind.STRING) {
                    yield new Constant(json());
                }
                yield token().is("(") ? call(token) : path(new ArrayList<>(List.of(new Member(token.content()))));
            }
        };
    }

    private Value json() {
        Token token = tokens.get(at++);
        try {
            return Value.of(JsonReader.parse(token.content().getBytes(UTF_8)));
        } catch (JsonException wrong) {
            throw wrong(
                    "this is no JSON: " + wrong.getMessage() + " (character " + wrong.column() + "): write it as in "
                            + "JSON '{\"a\": [1, 2]}'",
                    token.from());
        }
    }

    private Expression path(List<Step> steps) {
        while (true) {
            if (takeSign(".")) {
                Token name = token();
                if (name.kind() != Token.Kind.WORD && name.kind() != Token.Kind.NAME) {
                    throw unexpected("a name after the point (unusual ones in double quotes)");
                }
                at++;
                steps.add(new Member(name.content()));
            } else if (takeSign("[")) {
                if (token().kind() != Token.Kind.NUMBER || !token().content().matches("[0-9]{1,9}")) {
                    throw unexpected("the number of an item, from 0 (members are named after a point)");
                }
                steps.add(new Item(Integer.parseInt(tokens.get(at++).content())));
                expectSign("]");
            } else {
                return new Path(steps);
            }
        }
    }

    private Expression call(Token name) {
        coppice.expression.Function function = coppice.expression.Function.named(name.content())
                .orElseThrow(
                        () -> wrong("there is no function " + name.content() + meant(name.content()), name.from()));
        at++;
        List<Expression> arguments = takeSign(")") ? List.of() : list();
        if (!function.takes(arguments.size())) {
            throw wrong(function.arity(arguments.size()), name.from());
        }
        return new Call(function, arguments);
    }

    private static String meant(String name) {
        List<String> known = Arrays.stream(coppice.expression.Function.values())
                .map(coppice.expression.Function::text)
                .toList();
        return Names.nearest(name, known)
                .map(near -> ": did you mean " + near + "?")
                .orElse("; there are " + String.join(", ", known));
    }

    /// What follows an opening parenthesis.
    private List<Expression> list() {
        List<Expression> items = new ArrayList<>();
        do {
            items.add(nested(this::or));
        } while (takeSign(","));
        if (!takeSign(")")) {
            throw unexpected("a comma or )");
        }
        return items;
    }

    private Expression cases() {
        if (!token().isWord("WHEN")) {
            throw unexpected("WHEN (instead of CASE a WHEN 1, write CASE WHEN a = 1)");
        }
        List<When> branches = new ArrayList<>();
        while (takeWord("WHEN")) {
            Expression condition = or();
            expectWord("THEN");
            branches.add(new When(condition, or()));
        }
        Expression otherwise = takeWord("ELSE") ? or() : new Constant(Value.Null.VALUE);
        expectWord("END");
        return new Case(branches, otherwise);
    }

    private Expression cast() {
        expectSign("(");
        Expression operand = or();
        expectWord("AS");
        for (Type type : List.of(Type.BOOLEAN, Type.NUMBER, Type.TEXT)) {
            if (takeWord(type.name())) {
                expectSign(")");
                return new Cast(operand, type);
            }
        }
        throw unexpected("BOOLEAN, NUMBER or TEXT");
    }

    private Expression nested(Supplier<Expression> rule) {
        if (++depth > DEPTH) {
            throw wrong("this is nested more than 100 levels deep: divide it", token().from());
        }
        Expression inner = rule.get();
        depth--;
        return inner;
    }

    Token token() {
        return tokens.get(at);
    }

    /// The token after that; the end again after the end.
    Token tokenAfter() {
        return tokens.get(Math.min(at + 1, tokens.size() - 1));
    }

    /// Goes past any token.
    Token take() {
        return tokens.get(at++);
    }

    boolean takeWord(String keyword) {
        boolean is = token().isWord(keyword);
        at += is ? 1 : 0;
        return is;
    }

    boolean takeSign(String sign) {
        boolean is = token().is(sign);
        at += is ? 1 : 0;
        return is;
    }

    void expectWord(String keyword) {
        if (!takeWord(keyword)) {
            throw unexpected(keyword);
        }
    }

    void expectSign(String sign) {
        if (!takeSign(sign)) {
            throw unexpected("`" + sign + "`");
        }
    }

    private <E extends Expression> E placed(E expression, int place) {
        places.putIfAbsent(expression, place);
        return expression;
    }

    private ExpressionException unexpectedBefore(String expected) {
        at--;
        return unexpected(expected);
    }

    ExpressionException unexpected(String expected) {
        return wrong("expected " + expected + ", found " + token().shown(), token().from());
    }

    ExpressionException wrong(String problem, int offset) {
        return new ExpressionException(problem, text, offset);
    }
}
