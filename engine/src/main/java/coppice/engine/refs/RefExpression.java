package coppice.engine.refs;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// A ref as people write it, taken apart: a name, where that was when, and steps to ancestors.
///
/// ```
/// ref  = (name [when] | when) *step   name = branch, tag, remote branch, HEAD, commit hash, or prefix of one
/// when = "@{" number "}"              so many moves ago
///      | "@{" time "}"                where it was then; see [RefTime]
/// step = "~" [number]                 that many first parents back, 1 when absent
///      | "^" [number]                 the n-th parent, the first when absent; "^0" is the commit itself
/// ```
///
/// @param name empty for the current branch
/// @param when what stands between the braces; empty when there are none
record RefExpression(String name, Optional<String> when, List<Step> steps) {
    private static final int DIGITS_MAX = 9;

    /// One way to go from a commit to an ancestor.
    sealed interface Step {}

    /// So many first parents back.
    record Back(int generations) implements Step {}

    /// The parent of this number, from 1; 0 is the commit itself.
    record Parent(int number) implements Step {}

    static RefExpression parse(String text) {
        int brace = text.indexOf("@{");
        int close = brace < 0 ? -1 : text.indexOf('}', brace);
        if (brace >= 0 && close < 0) {
            throw malformed(text, "has '@{' without '}'");
        }
        int end = brace >= 0 ? brace : firstStep(text);
        if (end == 0 && brace < 0) {
            throw malformed(text, "names nothing to start from");
        }
        Optional<String> when = brace < 0 ? Optional.empty() : Optional.of(text.substring(brace + 2, close));
        return new RefExpression(text.substring(0, end), when, steps(text, brace < 0 ? end : close + 1));
    }

    private static int firstStep(String text) {
        int end = 0;
        while (end < text.length() && text.charAt(end) != '~' && text.charAt(end) != '^') {
            end++;
        }
        return end;
    }

    private static List<Step> steps(String text, int from) {
        List<Step> steps = new ArrayList<>();
        int at = from;
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
        return steps;
    }

    static DatabaseException malformed(String text, String why) {
        return new DatabaseException.Incorrect(
                        ErrorCode.INVALID_REF,
                        "The ref '" + text + "' " + why + ": write a branch, a tag, a commit hash or a prefix of one,"
                                + " then @{n}, @{time}, ~n or ^n as needed")
                .with("ref", text);
    }

    /// How many moves ago, where [#when] says that.
    OptionalInt movesAgo() {
        return when.isPresent() && when.get().matches("[0-9]{1," + DIGITS_MAX + "}")
                ? OptionalInt.of(Integer.parseInt(when.get()))
                : OptionalInt.empty();
    }

    /// Whether the name could be a commit hash or the beginning of one.
    boolean mayBeHash() {
        return name.length() >= 4
                && name.length() <= 64
                && name.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
    }
}
