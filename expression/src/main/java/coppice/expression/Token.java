package coppice.expression;

import java.util.Locale;

/// A word of an expression.
///
/// @param content what it says: of texts and names without quotes
/// @param from where it begins
/// @param to where it ends
record Token(Kind kind, String content, int from, int to) {
    enum Kind {
        WORD,
        /// A word in double quotes: always a name.
        NAME,
        STRING,
        NUMBER,
        /// `:name`.
        PARAMETER,
        /// `$name`.
        SPECIAL,
        SIGN,
        END
    }

    boolean is(String sign) {
        return kind == Kind.SIGN && content.equals(sign);
    }

    boolean isWord(String keyword) {
        return kind == Kind.WORD && content.equalsIgnoreCase(keyword);
    }

    String upper() {
        return content.toUpperCase(Locale.ROOT);
    }

    /// For messages: as it stood there.
    String shown() {
        String shown = content.length() > 40 ? content.substring(0, 40) + "..." : content;
        return switch (kind) {
            case END -> "the end";
            case STRING -> "the text '" + shown + "'";
            case NUMBER -> "the number " + shown;
            case NAME -> "the name \"" + shown + '"';
            case PARAMETER -> ':' + shown;
            case SPECIAL -> '$' + shown;
            case WORD, SIGN -> "`" + shown + '`';
        };
    }
}
