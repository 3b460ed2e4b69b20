package coppice.expression;

import java.util.ArrayList;
import java.util.List;

/// Cuts a text into tokens; the last is always [Token.Kind#END]. Time is linear in the length.
final class Lexer {
    /// The longest text of an expression, in `char`s.
    static final int LENGTH = 65_536;

    private static final String SIGNS = "+-*/%(),[].=<>?";
    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private Lexer(String text) {
        this.text = text;
    }

    static List<Token> tokens(String text) {
        if (text.length() > LENGTH) {
            throw new ExpressionException(
                    "an expression has at most 65,536 characters, this one has " + text.length()
                            + ": use parameters for long values",
                    text.substring(0, 100),
                    0);
        }
        Lexer lexer = new Lexer(text);
        while (lexer.space() < text.length()) {
            lexer.next();
        }
        lexer.add(Token.Kind.END, "", lexer.at);
        return lexer.tokens;
    }

    private int space() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private void add(Token.Kind kind, String content, int from) {
        tokens.add(new Token(kind, content, from, at));
    }

    private void next() {
        char c = text.charAt(at);
        if (c == '\'' || c == '"') {
            quoted(c);
        } else if (isDigit(at)) {
            number();
        } else if (Names.isStart(text.codePointAt(at))) {
            int from = at;
            word();
            add(Token.Kind.WORD, text.substring(from, at), from);
        } else if (c == '$' || c == ':') {
            named(c);
        } else {
            sign();
        }
    }

    private boolean isDigit(int place) {
        return place < text.length() && text.charAt(place) >= '0' && text.charAt(place) <= '9';
    }

    private void word() {
        while (at < text.length()) {
            int point = text.codePointAt(at);
            if (!Names.isPart(point)) {
                return;
            }
            at += Character.charCount(point);
        }
    }

    private void named(char mark) {
        int from = at++;
        word();
        String name = text.substring(from + 1, at);
        if (!Names.isWord(name)) {
            throw wrong(
                    mark == ':'
                            ? "a name was expected after ':': write :name, or ? for a parameter by position"
                            : "a name was expected after '$': write $key for the row's key or $value for the document",
                    from);
        }
        add(mark == ':' ? Token.Kind.PARAMETER : Token.Kind.SPECIAL, name, from);
    }

    private void quoted(char quote) {
        int from = at++;
        StringBuilder content = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c != quote) {
                content.append(c);
            } else if (at < text.length() && text.charAt(at) == quote) {
                content.append(quote);
                at++;
            } else {
                add(quote == '"' ? Token.Kind.NAME : Token.Kind.STRING, content.toString(), from);
                return;
            }
        }
        throw wrong(
                quote == '"'
                        ? "this name has no end: close it with \", and write \"\" for a \" inside"
                        : "this text has no end: close it with ', and write '' for a ' inside",
                from);
    }

    private void number() {
        int from = at;
        digits();
        if (at < text.length() && text.charAt(at) == '.' && isDigit(at + 1)) {
            at++;
            digits();
        }
        if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            int sign = at + 1;
            if (sign < text.length() && (text.charAt(sign) == '+' || text.charAt(sign) == '-')) {
                sign++;
            }
            if (isDigit(sign)) {
                at = sign;
                digits();
            }
        }
        int end = at;
        word();
        if (at > end) {
            throw wrong("a number cannot go on with letters: put a space or an operator between them", end);
        }
        add(Token.Kind.NUMBER, text.substring(from, at), from);
    }

    private void digits() {
        while (isDigit(at)) {
            at++;
        }
    }

    private void sign() {
        int from = at;
        char c = text.charAt(at++);
        char d = at < text.length() ? text.charAt(at) : ' ';
        String pair = "" + c + d;
        switch (pair) {
            case "<>", "<=", ">=", "!=", "||" -> {
                at++;
                add(Token.Kind.SIGN, pair.equals("!=") ? "<>" : pair, from);
            }
            case "==" -> throw wrong("equality is written with one =: write = instead of ==", from);
            case "&&" -> throw wrong("write AND instead of &&", from);
            default -> {
                if (SIGNS.indexOf(c) < 0) {
                    throw wrong(stray(c, text.codePointAt(from)), from);
                }
                add(Token.Kind.SIGN, String.valueOf(c), from);
            }
        }
    }

    private static String stray(char c, int point) {
        return switch (c) {
            case '!' -> "write NOT instead of !, or <> for unequal";
            case '|' -> "write || to join texts, or OR for alternatives";
            case '&' -> "write AND instead of &";
            case ';' -> "an expression is no statement: leave out the ;";
            case '`', '\u2018', '\u2019' -> "texts stand in straight quotes: 'text', and names in \"name\"";
            case '\u201C', '\u201D' -> "names stand in straight quotes: \"name\", and texts in 'text'";
            default ->
                "the character " + (point > ' ' ? "'" + Character.toString(point) + "' " : "")
                        + String.format(java.util.Locale.ROOT, "(U+%04X)", point)
                        + " has no meaning here: texts stand in '...', unusual names in \"...\"";
        };
    }

    private ExpressionException wrong(String problem, int offset) {
        return new ExpressionException(problem, text, offset);
    }
}
