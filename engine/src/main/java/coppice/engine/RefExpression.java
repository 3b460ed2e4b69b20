package coppice.engine;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import java.util.ArrayList;
import java.util.List;

/// A ref as people write it, taken apart: a base name and steps to ancestors.
///
/// ```
/// ref  = base *step          base = branch name | commit hash | prefix of one, 4 digits or more
/// step = "~" [number]        that many first parents back, 1 when absent
///      | "^" [number]        the n-th parent, the first when absent; "^0" is the commit itself
/// ```
record RefExpression(String base, List<Step> steps) {
    private static final int DIGITS_MAX = 9;

    /// One way to go from a commit to an ancestor.
    sealed interface Step {}

    /// So many first parents back.
    record Back(int generations) implements Step {}

    /// The parent of this number, from 1; 0 is the commit itself.
    record Parent(int number) implements Step {}

    static RefExpression parse(String text) {
        int end = 0;
        while (end < text.length() && text.charAt(end) != '~' && text.charAt(end) != '^') {
            end++;
        }
        if (end == 0) {
            throw malformed(text, "names nothing to start from");
        }
        List<Step> steps = new ArrayList<>();
        int at = end;
        while (at < text.length()) {
            char kind = text.charAt(at++);
            int digits = at;
            while (digits < text.length() && Character.digit(text.charAt(digits), 10) >= 0) {
                digits++;
            }
            if ((kind != '~' && kind != '^') || digits - at > DIGITS_MAX) {
                throw malformed(text, "has something unknown at position " + (at - 1));
            }
            int number = digits == at ? 1 : Integer.parseInt(text, at, digits, 10);
            steps.add(kind == '~' ? new Back(number) : new Parent(number));
            at = digits;
        }
        return new RefExpression(text.substring(0, end), steps);
    }

    private static DatabaseException malformed(String text, String why) {
        return new DatabaseException.Incorrect(
                        ErrorCode.INVALID_REF,
                        "The ref '" + text + "' " + why
                                + ": write a branch, a commit hash or a prefix of one, then ~n or ^n as needed")
                .with("ref", text);
    }

    /// Whether the base could be a commit hash or the beginning of one.
    boolean mayBeHash() {
        return base.length() >= 4
                && base.length() <= 64
                && base.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
    }
}
