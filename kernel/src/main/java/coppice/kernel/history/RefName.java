package coppice.kernel.history;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Which names a ref may have: nearly the rules of `git check-ref-format`, so that names travel to git hosts,
/// file systems and URLs. Pure functions.
public final class RefName {
    /// The longest name, in bytes of UTF-8.
    public static final int BYTES_MAX = 255;

    private static final String FORBIDDEN = " ~^:?*[\\";

    private RefName() {}

    /// Why a name is refused.
    public enum Problem {
        /// The name has no character.
        EMPTY("is empty"),
        /// The name is longer than [RefName#BYTES_MAX].
        TOO_LONG("is longer than " + BYTES_MAX + " bytes of UTF-8"),
        /// The name holds half of a surrogate pair.
        NOT_TEXT("holds half of a surrogate pair"),
        /// The name holds a control character.
        CONTROL("holds a control character"),
        /// The name holds a space or a character that has a meaning in revision expressions and file patterns.
        FORBIDDEN_CHARACTER("holds a space or one of ~ ^ : ? * [ \\"),
        /// Two dots mean a range of revisions.
        TWO_DOTS("holds '..', which means a range"),
        /// `@{` begins a revision expression.
        AT_BRACE("holds '@{', which begins a revision expression"),
        /// `@` alone means the current head.
        LONE_AT("is '@', which means the current head"),
        /// A leading dash reads as an option.
        LEADING_DASH("begins with '-', which reads as an option"),
        /// The name begins or ends with a slash, or holds two in a row.
        EMPTY_PART("has an empty part: it begins or ends with '/' or holds '//'"),
        /// A part between slashes begins with a dot.
        LEADING_DOT("has a part that begins with '.'"),
        /// The name ends with a dot.
        TRAILING_DOT("ends with '.'"),
        /// A part between slashes ends with `.lock`.
        LOCK_SUFFIX("has a part that ends with '.lock'"),
        /// The name could be taken for an abbreviated or whole commit hash.
        LOOKS_LIKE_HASH("is 64 hexadecimal digits, which names a commit");

        private final String reason;

        Problem(String reason) {
            this.reason = reason;
        }

        /// What is wrong, to follow the name in a sentence.
        public String reason() {
            return reason;
        }
    }

    /// What is wrong with a name; empty when nothing is.
    public static Optional<Problem> problem(String name) {
        if (name.isEmpty()) {
            return Optional.of(Problem.EMPTY);
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(name)) {
            return Optional.of(Problem.NOT_TEXT);
        }
        if (name.getBytes(StandardCharsets.UTF_8).length > BYTES_MAX) {
            return Optional.of(Problem.TOO_LONG);
        }
        if (name.chars().anyMatch(Character::isISOControl)) {
            return Optional.of(Problem.CONTROL);
        }
        if (name.chars().anyMatch(character -> FORBIDDEN.indexOf(character) >= 0)) {
            return Optional.of(Problem.FORBIDDEN_CHARACTER);
        }
        return wholeProblem(name).or(() -> partProblem(name));
    }

    private static Optional<Problem> wholeProblem(String name) {
        if (name.equals("@")) {
            return Optional.of(Problem.LONE_AT);
        }
        if (name.contains("..")) {
            return Optional.of(Problem.TWO_DOTS);
        }
        if (name.contains("@{")) {
            return Optional.of(Problem.AT_BRACE);
        }
        if (name.startsWith("-")) {
            return Optional.of(Problem.LEADING_DASH);
        }
        if (name.endsWith(".")) {
            return Optional.of(Problem.TRAILING_DOT);
        }
        if (name.length() == 64 && name.chars().allMatch(character -> Character.digit(character, 16) >= 0)) {
            return Optional.of(Problem.LOOKS_LIKE_HASH);
        }
        return Optional.empty();
    }

    private static Optional<Problem> partProblem(String name) {
        int start = 0;
        while (start <= name.length()) {
            int slash = name.indexOf('/', start);
            int end = slash < 0 ? name.length() : slash;
            if (start == end) {
                return Optional.of(Problem.EMPTY_PART);
            }
            if (name.charAt(start) == '.') {
                return Optional.of(Problem.LEADING_DOT);
            }
            if (name.substring(start, end).endsWith(".lock")) {
                return Optional.of(Problem.LOCK_SUFFIX);
            }
            start = end + 1;
        }
        return Optional.empty();
    }

    /// Gives the name back when nothing is wrong with it.
    ///
    /// @throws IllegalArgumentException that says the name, what is wrong, and what to do
    public static String require(String name) {
        Optional<Problem> problem = problem(name);
        if (problem.isPresent()) {
            throw new IllegalArgumentException(
                    "The ref name '" + name + "' " + problem.get().reason() + ": choose another name");
        }
        return name;
    }
}
