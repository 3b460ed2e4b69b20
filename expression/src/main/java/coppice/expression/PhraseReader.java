package coppice.expression;

import java.util.Collection;
import java.util.List;
import java.util.Set;

/// Reads text of a grammar of its own that has expressions in it, such as `FROM people WHERE age > 18 INDEX BY
/// name`: word by word, and each expression as far as it goes. So expressions are the same in it as anywhere, and
/// so are names, texts and errors. Never goes back. One text, one thread.
///
/// Keywords are words in any case; a name in double quotes is none.
public final class PhraseReader {
    private static final List<String> BEGINNINGS = List.of("(", "-", "?");

    private final Parser parser;

    /// A reader of a text of at most 65,536 characters.
    ///
    /// @throws ExpressionException when it is longer, or holds what no expression can hold
    public PhraseReader(String text) {
        this.parser = new Parser(text);
    }

    /// Where the next word begins, in `char`s from 0; the length of the text at its end.
    public int position() {
        return parser.token().from();
    }

    /// Whether nothing follows.
    public boolean isAtEnd() {
        return parser.token().kind() == Token.Kind.END;
    }

    /// Whether a keyword follows.
    public boolean isWord(String keyword) {
        return parser.token().isWord(keyword);
    }

    /// Goes past a keyword, if it follows.
    public boolean takeWord(String keyword) {
        return parser.takeWord(keyword);
    }

    /// Goes past a keyword, if it follows and has an expression behind it. Where it has not, it is a name itself.
    public boolean takeWordBeforeExpression(String keyword) {
        Token after = parser.tokenAfter();
        boolean isBeginning = switch (after.kind()) {
            case WORD, NAME, STRING, NUMBER, PARAMETER, SPECIAL -> true;
            case SIGN -> BEGINNINGS.contains(after.content());
            case END -> false;
        };
        return isBeginning && parser.takeWord(keyword);
    }

    /// Goes past a sign, if it follows.
    public boolean takeSign(String sign) {
        return parser.takeSign(sign);
    }

    /// Goes past a keyword.
    ///
    /// @throws ExpressionException when something else follows
    public void expectWord(String keyword) {
        parser.expectWord(keyword);
    }

    /// Goes past a sign.
    ///
    /// @throws ExpressionException when something else follows
    public void expectSign(String sign) {
        parser.expectSign(sign);
    }

    /// Goes past a name: any word but a keyword, or anything in double quotes.
    ///
    /// @param expected what it names, for the error
    /// @param keywords in capitals
    /// @throws ExpressionException when something else follows
    public String name(String expected, Set<String> keywords) {
        Token token = parser.token();
        if (token.kind() == Token.Kind.WORD && keywords.contains(token.upper())) {
            throw parser.unexpected(expected + " (if this is it, write \"" + token.content() + "\")");
        }
        if (token.kind() != Token.Kind.WORD && token.kind() != Token.Kind.NAME) {
            throw parser.unexpected(expected + " (unusual ones in double quotes)");
        }
        return parser.take().content();
    }

    /// Goes past one of some words.
    ///
    /// @param expected what it is, for the error
    /// @param words in capitals
    /// @return the word, in capitals
    /// @throws ExpressionException when something else follows: says which was meant
    public String oneOf(String expected, Collection<String> words) {
        Token token = parser.token();
        if (token.kind() != Token.Kind.WORD || !words.contains(token.upper())) {
            throw unexpected(expected + ' ' + String.join(", ", words), words);
        }
        return parser.take().upper();
    }

    /// Goes past a text in single quotes.
    ///
    /// @param expected what it is, for the error
    /// @throws ExpressionException when something else follows
    public String text(String expected) {
        if (parser.token().kind() != Token.Kind.STRING) {
            throw parser.unexpected(expected);
        }
        return parser.take().content();
    }

    /// Goes past an expression, which ends where a word or sign follows that cannot go on with it.
    ///
    /// @throws ExpressionException when none follows
    public Expression expression() {
        return parser.next();
    }

    /// The error that something else was expected than what follows.
    ///
    /// @param words one of which may have been meant
    public ExpressionException unexpected(String expected, Collection<String> words) {
        Token token = parser.token();
        String meant = token.kind() != Token.Kind.WORD
                ? ""
                : Names.nearest(token.content(), words)
                        .filter(word -> !token.isWord(word))
                        .map(word -> ": did you mean " + word + "?")
                        .orElse("");
        return parser.wrong("expected " + expected + ", found " + token.shown() + meant, token.from());
    }

    /// The error that something is wrong.
    ///
    /// @param problem what is wrong and what to do
    /// @param position where, as [#position] said it
    public ExpressionException wrong(String problem, int position) {
        return parser.wrong(problem, position);
    }

    /// A name as it must be written: in double quotes unless it is a word and none that means something.
    ///
    /// @param keywords in capitals, besides those of expressions
    public static String written(String name, Set<String> keywords) {
        String written = Names.written(name, true);
        return keywords.contains(name.toUpperCase(java.util.Locale.ROOT)) ? '"' + name + '"' : written;
    }
}
