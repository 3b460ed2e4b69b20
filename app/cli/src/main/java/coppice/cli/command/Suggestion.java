package coppice.cli.command;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What somebody may have meant who mistyped a name: the nearest of those there are, and the whole line with it.
final class Suggestion {
    private Suggestion() {}

    /// The nearest name, if one is near enough: one letter in three may be wrong, two in a short word.
    static Optional<String> nearest(String word, Collection<String> names) {
        int limit = Math.max(2, word.length() / 3);
        return names.stream()
                .filter(name -> !name.equals(word))
                .filter(name -> distance(name, word) <= Math.min(limit, Math.max(name.length(), word.length()) - 1))
                .min(Comparator.comparingInt((String name) -> distance(name, word))
                        .thenComparing(Function.identity()));
    }

    /// The command line with the nearest name in place of the mistyped word, as `; did you mean: coppice log main`.
    /// Nothing when no name is near.
    ///
    /// @param line the words of the command line, without the program
    static String instead(List<String> line, String word, Collection<String> names) {
        return nearest(word, names)
                .map(name -> "; did you mean: coppice "
                        + line.stream()
                                .map(given -> quoted(replaced(given, word, name)))
                                .collect(Collectors.joining(" ")))
                .orElse("");
    }

    /// A word of the line may hold the name as a part: `mian~2`, `v1..mian`, `--branch=mian`.
    private static String replaced(String given, String word, String name) {
        int at = given.indexOf(word);
        if (word.isEmpty() || at < 0 || !isEdge(given, at - 1) || !isEdge(given, at + word.length())) {
            return given;
        }
        return given.substring(0, at) + name + given.substring(at + word.length());
    }

    private static boolean isEdge(String text, int at) {
        return at < 0 || at >= text.length() || "~^@.=/".indexOf(text.charAt(at)) >= 0;
    }

    /// As a shell takes it.
    private static String quoted(String word) {
        return word.matches("[\\w@%+=:,./~^-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    /// How many letters have to be added, removed, replaced or exchanged with their neighbour to make one word of the
    /// other: the optimal string alignment distance (Damerau 1964, Levenshtein 1966).
    static int distance(String one, String other) {
        int[][] rows = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int k = 0; k <= other.length(); k++) {
                if (i == 0 || k == 0) {
                    rows[i][k] = i + k;
                    continue;
                }
                boolean same = one.charAt(i - 1) == other.charAt(k - 1);
                int least = Math.min(rows[i - 1][k], rows[i][k - 1]) + 1;
                least = Math.min(least, rows[i - 1][k - 1] + (same ? 0 : 1));
                boolean exchanged = i > 1
                        && k > 1
                        && one.charAt(i - 1) == other.charAt(k - 2)
                        && one.charAt(i - 2) == other.charAt(k - 1);
                rows[i][k] = exchanged ? Math.min(least, rows[i - 2][k - 2] + 1) : least;
            }
        }
        return rows[one.length()][other.length()];
    }
}
