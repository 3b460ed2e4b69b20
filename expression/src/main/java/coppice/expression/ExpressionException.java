package coppice.expression;

import java.util.regex.Pattern;

/// Text that is no expression, or one that cannot mean anything. The message says what is wrong and what to do, and
/// shows the line with a caret under the place.
public final class ExpressionException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 60;
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
    private final String problem;
    private final int offset;
    private final int line;
    private final int column;

    ExpressionException(String problem, String text, int offset) {
        super(line(problem) + '\n' + shown(text, offset));
        this.problem = line(problem);
        this.offset = offset;
        int begin = lineBegin(text, offset);
        this.line = 1
                + (int) text.substring(0, begin).chars().filter(c -> c == '\n').count();
        this.column = 1 + text.codePointCount(begin, offset);
    }

    /// What is wrong and what to do, in one line.
    public String problem() {
        return problem;
    }

    /// Where, in `char`s from 0.
    public int offset() {
        return offset;
    }

    /// The line, from 1.
    public int line() {
        return line;
    }

    /// The column, in characters from 1.
    public int column() {
        return column;
    }

    /// In one line, whatever the names and texts in it hold.
    private static String line(String problem) {
        return CONTROL.matcher(problem).replaceAll(" ");
    }

    private static int lineBegin(String text, int offset) {
        return text.lastIndexOf('\n', offset - 1) + 1;
    }

    private static String shown(String text, int offset) {
        int begin = Math.max(lineBegin(text, offset), offset - SHOWN);
        int end = text.indexOf('\n', offset);
        end = Math.min(end < 0 ? text.length() : end, offset + SHOWN);
        String line = text.substring(begin, end).replace('\t', ' ').replace('\r', ' ');
        return "  " + line + "\n  " + " ".repeat(text.codePointCount(begin, offset)) + '^';
    }
}
